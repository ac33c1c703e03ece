import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type RunningSandbox, runSandbox } from "../../testing/running.ts";
import { top } from "../../testing/top-client.ts";

let sandbox: RunningSandbox;
beforeAll(async () => {
	sandbox = await runSandbox();
});
afterAll(() => sandbox.end());
beforeEach(async () => {
	await sandbox.control("POST", "reset", { seed: "shipping" });
});

const sf = { company_code: "SF", out_sid: "SF1234567890123" };
const ship = (tid: string, params: Record<string, string> = {}) =>
	top(sandbox.url, "taobao.logistics.offline.send", { tid, ...sf, ...params });
const done = { root: "logistics_offline_send_response", body: { shipping: { is_success: true } } };
const refused = (code: string) => ({
	root: "error_response",
	body: { code: 15, sub_code: `isv.logistics-offline-service-error:${code}` },
});
const truthOf = async () => (await sandbox.truth("kind=orders"))[0];

describe("logistics.offline.send", () => {
	it("ships the whole order, once", async () => {
		const [tid = ""] = await sandbox.place({ count: 1, lines: 2 });
		expect(await ship(tid)).toMatchObject(done);
		expect(await ship(tid)).toMatchObject(refused("B04"));
		const row = await truthOf();
		expect(row).toMatchObject({ status: "SHIPPED", shipped: [{ carrier: "SF", trackingNo: sf.out_sid }] });
		expect(row?.shipped[0]?.lines).toEqual(row?.lines.map(({ lineId }) => lineId));
	});

	it("ships line by line, and is only partly shipped until the last", async () => {
		const [tid = ""] = await sandbox.place({ count: 1, lines: 3 });
		const [a = "", b = "", c = ""] = (await truthOf())?.lines.map(({ lineId }) => lineId) ?? [];
		expect(await ship(tid, { is_split: "1", sub_tid: a })).toMatchObject(done);
		expect((await truthOf())?.status).toBe("PART_SHIPPED");
		const { body } = await top<{ trade: { status: string; orders: { order: { status: string }[] } } }>(
			sandbox.url,
			"taobao.trade.get",
			{ tid, fields: "status,orders.status" },
		);
		expect(body.trade.status).toBe("SELLER_CONSIGNED_PART");
		expect(body.trade.orders.order.map(({ status }) => status)).toEqual([
			"WAIT_BUYER_CONFIRM_GOODS",
			"WAIT_SELLER_SEND_GOODS",
			"WAIT_SELLER_SEND_GOODS",
		]);
		expect(await ship(tid, { is_split: "1", sub_tid: a })).toMatchObject(refused("B04"));
		expect(await ship(tid, { is_split: "1", sub_tid: `${b},${c}`, out_sid: "SF1234567890124" })).toMatchObject(done);
		expect((await truthOf())?.status).toBe("SHIPPED");
		expect((await truthOf())?.shipped.map(({ lines }) => lines)).toEqual([[a], [b, c]]);
	});

	it.each<[string, Record<string, string>, string]>([
		["an unknown carrier", { company_code: "PIGEON" }, "B60"],
		["a number that carrier does not have", { out_sid: "123" }, "B150"],
		["a line of another order", { is_split: "1", sub_tid: "1" }, "B05"],
	])("refuses %s", async (_, params, code) => {
		const [tid = ""] = await sandbox.place({ count: 1, lines: 2 });
		expect(await ship(tid, params)).toMatchObject(refused(code));
		expect((await truthOf())?.shipped).toEqual([]);
	});

	it.each<[string, Record<string, string>, number, string]>([
		["no tracking number", { out_sid: "" }, 40, "isv.missing-parameter:out_sid"],
		["a split without lines", { is_split: "1" }, 40, "isv.missing-parameter:sub_tid"],
		["lines without a split", { sub_tid: "1" }, 41, "isv.invalid-parameter:sub_tid"],
	])("refuses %s", async (_, params, code, subCode) => {
		const [tid = ""] = await sandbox.place({ count: 1 });
		expect((await ship(tid, params)).body).toMatchObject({ code, sub_code: subCode });
	});

	it("refuses an order that is not paid, or closed", async () => {
		const [tid = ""] = await sandbox.place({ count: 1, paid: false });
		expect(await ship(tid)).toMatchObject(refused("B01"));
		await sandbox.act(tid, { action: "close" });
		expect(await ship(tid)).toMatchObject(refused("B02"));
	});

	it("refuses while a refund waits for the seller, and not once it is withdrawn", async () => {
		const [tid = ""] = await sandbox.place({ count: 1, lines: 2 });
		const lineId = (await truthOf())?.lines[1]?.lineId;
		await sandbox.act(tid, { action: "request-refund", lines: [lineId] });
		expect(await ship(tid)).toMatchObject(refused("B27"));
		await sandbox.act(tid, { action: "cancel-refund" });
		expect(await ship(tid)).toMatchObject(done);
	});
});

describe("the other shipping calls", () => {
	it("correct a parcel in place, once there is one", async () => {
		const [tid = ""] = await sandbox.place({ count: 1 });
		const resend = () =>
			top(sandbox.url, "taobao.logistics.consign.resend", { tid, company_code: "YTO", out_sid: "YT0000000000001" });
		expect(await resend()).toMatchObject(refused("B06"));
		await ship(tid);
		expect((await resend()).root).toBe("logistics_consign_resend_response");
		expect((await truthOf())?.shipped).toMatchObject([{ carrier: "YTO", trackingNo: "YT0000000000001" }]);
	});

	it("ship what needs no parcel", async () => {
		const [tid = ""] = await sandbox.place({ count: 1 });
		expect((await top(sandbox.url, "taobao.logistics.dummy.send", { tid })).root).toBe("logistics_dummy_send_response");
		expect((await truthOf())?.status).toBe("SHIPPED");
	});

	it("list the carriers, for whom no session is needed, and the seller's addresses", async () => {
		const companies = await top<{ logistics_companies: { logistics_company: object[] } }>(
			sandbox.url,
			"taobao.logistics.companies.get",
			{ fields: "code,name", session: "" },
		);
		expect(companies.body.logistics_companies.logistics_company).toContainEqual({ code: "SF", name: "顺丰速运" });
		const { root } = await top(sandbox.url, "taobao.logistics.address.search", { rdef: "get_def" });
		expect(root).toBe("logistics_address_search_response");
	});
});

describe("after-sales", () => {
	it("goes from the buyer's wish over the seller's yes to a closed line", async () => {
		const [tid = ""] = await sandbox.place({ count: 1, lines: 2 });
		const line = (await truthOf())?.lines[0];
		await sandbox.act(tid, { action: "request-refund", type: "REFUND_BEFORE_SHIP", lines: [line?.lineId ?? ""] });
		const fields = "refund_id,tid,oid,status,refund_fee,refund_version,dispute_type";
		type Refund = Record<string, string | bigint | number>;
		const { body } = await top<{ refunds: { refund: Refund[] } }>(sandbox.url, "taobao.refunds.receive.get", {
			fields,
		});
		const [refund] = body.refunds.refund;
		expect(refund).toMatchObject({ status: "WAIT_SELLER_AGREE", dispute_type: "REFUND" });
		const agree = (version: unknown) =>
			top(sandbox.url, "taobao.rp.refunds.agree", {
				refund_infos: `${refund?.refund_id}|${line?.paidFen}|${version}|onsale`,
			});
		expect((await agree(1)).body).toMatchObject({ succ: false, msg_code: "OP_FAILURE_UE" });
		expect((await agree(refund?.refund_version)).body).toMatchObject({ succ: true, msg_code: "OP_SUCC" });
		expect(await sandbox.truth("kind=aftersales")).toMatchObject([
			{ platformOrderId: tid, type: "REFUND_BEFORE_SHIP", status: "DONE", refundFen: line?.paidFen },
		]);
		expect(await ship(tid)).toMatchObject(done); // the other line only
		expect((await truthOf())?.shipped[0]?.lines).toHaveLength(1);
	});

	it("sends goods back after the seller agreed to it", async () => {
		const [tid = ""] = await sandbox.place({ count: 1, lines: 1 });
		await ship(tid);
		await sandbox.act(tid, { action: "request-refund", type: "RETURN_REFUND" });
		const { body } = await top<{ refunds: { refund: { refund_id: string }[] } }>(
			sandbox.url,
			"taobao.refunds.receive.get",
			{ fields: "refund_id" },
		);
		const refund_id = body.refunds.refund[0]?.refund_id ?? "";
		await expect(sandbox.act(tid, { action: "return-goods" })).rejects.toThrow("422");
		await top(sandbox.url, "taobao.rp.returngoods.agree", { refund_id, seller_address_id: "1000001" });
		await sandbox.act(tid, { action: "return-goods", carrier: "SF", trackingNo: "SF0000000000001" });
		const { body: detail } = await top<{ refund: object }>(sandbox.url, "taobao.refund.get", {
			refund_id,
			fields: "status,sid,company_name,good_status",
		});
		expect(detail.refund).toEqual({
			status: "WAIT_SELLER_CONFIRM_GOODS",
			sid: "SF0000000000001",
			company_name: "顺丰速运",
			good_status: "BUYER_RETURNED_GOODS",
		});
	});

	it.each<[string, Record<string, string>]>([
		["an address that is not the seller's", { seller_address_id: "7" }],
		["an old version", { seller_address_id: "1000002", refund_version: "1" }],
	])("are not answered with %s", async (_, params) => {
		const [tid = ""] = await sandbox.place({ count: 1, lines: 1 });
		await ship(tid);
		await sandbox.act(tid, { action: "request-refund", type: "RETURN_REFUND" });
		const [row] = await sandbox.truth<{ platformAftersaleId: string }>("kind=aftersales");
		const refund_id = row?.platformAftersaleId ?? "";
		expect((await top(sandbox.url, "taobao.rp.returngoods.agree", { refund_id, ...params })).root).toBe(
			"error_response",
		);
		expect(await sandbox.truth("kind=aftersales")).toMatchObject([{ status: "APPLIED" }]);
	});

	it("are refused with a reason the platform has for them", async () => {
		const [tid = ""] = await sandbox.place({ count: 1, lines: 1 });
		await sandbox.act(tid, { action: "request-refund" });
		const [row] = await sandbox.truth<{ platformAftersaleId: string }>("kind=aftersales");
		const named = { refund_id: row?.platformAftersaleId ?? "", refund_phase: "onsale" };
		type Reasons = { reasons: { reason: { reason_id: number }[] } };
		const { body } = await top<Reasons>(sandbox.url, "taobao.refund.refusereason.get", {
			...named,
			fields: "reason_id",
		});
		const refuse = (refuse_reason_id: string) =>
			top(sandbox.url, "taobao.refund.refuse", { ...named, refuse_message: "商品已发出", refuse_reason_id });
		expect((await refuse("7")).root).toBe("error_response");
		expect((await refuse(String(body.reasons.reason[0]?.reason_id))).root).toBe("refund_refuse_response");
		expect(await sandbox.truth("kind=aftersales")).toMatchObject([{ status: "REFUSED" }]);
	});
});
