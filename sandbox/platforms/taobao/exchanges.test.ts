import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type RunningSandbox, runSandbox } from "../../testing/running.ts";
import { inSeconds, top } from "../../testing/top-client.ts";

type Exchange = Record<string, string | number | bigint>;
interface Result {
	result: { success: boolean; exchange: Exchange };
}

let sandbox: RunningSandbox;
let tid: string;
let dispute: string;
beforeAll(async () => {
	sandbox = await runSandbox();
});
afterAll(() => sandbox.end());
beforeEach(async () => {
	await sandbox.control("POST", "reset", { seed: "exchanges" });
	[tid = ""] = await sandbox.place({ count: 1, lines: 2 });
	await top(sandbox.url, "taobao.logistics.offline.send", { tid, company_code: "SF", out_sid: "SF1234567890123" });
	const [line] = (await sandbox.truth("kind=orders"))[0]?.lines ?? [];
	await sandbox.act(tid, { action: "request-refund", type: "EXCHANGE", lines: [line?.lineId] });
	const [row] = await sandbox.truth<{ platformAftersaleId: string }>("kind=aftersales");
	dispute = row?.platformAftersaleId.replace("X", "") ?? "";
});

const fields = "dispute_id,bizorder_id,status,seller_logistic_name";
const call = <T = Result>(verb: string, params: Record<string, string> = {}) =>
	top<T>(sandbox.url, `tmall.exchange.${verb}`, { dispute_id: dispute, fields, ...params });
const parcel = { logistics_no: "SF1234567890124", logistics_type: "200", logistics_company_name: "顺丰速运" };

describe("an exchange", () => {
	it("has a list of its own, and is in none of refunds", async () => {
		const { body } = await top<{ results: { exchange: Exchange[] }; total_results: number; has_next: boolean }>(
			sandbox.url,
			"tmall.exchange.receive.get",
			{ fields, start_gmt_modified_time: inSeconds(-60), end_gmt_modifed_time: inSeconds(60) },
		);
		expect(body).toMatchObject({ total_results: 1, has_next: false });
		expect(String(body.results.exchange[0]?.dispute_id)).toBe(dispute);
		const refunds = await top<{ total_results: number }>(sandbox.url, "taobao.refunds.receive.get", {
			fields: "refund_id",
		});
		expect(refunds.body.total_results).toBe(0);
	});

	it("knows its order line, and as a refund its trade too", async () => {
		const { body } = await call("get");
		const refund = await top<{ refund: Exchange }>(sandbox.url, "taobao.refund.get", {
			refund_id: dispute,
			fields: "tid,oid,dispute_type",
		});
		expect(refund.body.refund).toEqual({
			tid: BigInt(tid),
			oid: body.result.exchange.biz_order_id,
			dispute_type: "TMALL_EXCHANGE",
		});
		expect(body.result.exchange.biz_order_id).not.toBe(BigInt(tid));
	});

	it("goes from the wish over the return to the replacement, each step in its turn", async () => {
		expect((await call("consigngoods", parcel)).root).toBe("error_response");
		expect((await call("agree", { address_id: "1000002" })).body.result.exchange.status).toBe(2);
		await sandbox.act(tid, { action: "return-goods" });
		expect((await call("consigngoods", parcel)).root).toBe("error_response");
		expect((await call("returngoods.agree")).body.result.exchange.status).toBe(12);
		const sent = await call("consigngoods", parcel);
		expect(sent.body.result.exchange).toMatchObject({ status: 13, seller_logistic_name: "顺丰速运" });
		await sandbox.act(tid, { action: "confirm-exchange" });
		expect((await call("get")).body.result.exchange.status).toBe(5);
		const trade = await top<{ trade: { orders: { order: { refund_status: string }[] } } }>(
			sandbox.url,
			"taobao.trade.fullinfo.get",
			{ tid, fields: "orders.refund_status" },
		);
		expect(trade.body.trade.orders.order[0]?.refund_status).toBe("NO_REFUND");
	});

	it("is refused with one of the reasons for its state", async () => {
		type Reasons = { result: { results: { reason: { reason_id: number }[] } } };
		const reasons = async () =>
			(await call<Reasons>("refusereason.get", { fields: "reason_id" })).body.result.results.reason.map(
				({ reason_id }) => reason_id,
			);
		const [before] = await reasons();
		const refusal = { leave_message: "影响二次销售", seller_refuse_reason_id: String(before) };
		await call("agree", { address_id: "1000002" });
		await sandbox.act(tid, { action: "return-goods" });
		expect((await call("returngoods.refuse", refusal)).root).toBe("error_response");
		const [after] = await reasons();
		expect(after).not.toBe(before);
		const refused = await call("returngoods.refuse", { ...refusal, seller_refuse_reason_id: String(after) });
		expect(refused.body.result.exchange.status).toBe(6);
	});

	it.each<[string, string, Record<string, string>]>([
		["an address that is not the seller's", "agree", { address_id: "7" }],
		["no reason", "refuse", { leave_message: "不同意" }],
		["a reason that is none", "refuse", { leave_message: "不同意", seller_refuse_reason_id: "7" }],
		["no fields", "agree", { address_id: "1000002", fields: "" }],
		["another number", "get", { dispute_id: "180000000000000001" }],
	])("is not answered with %s", async (_, verb, params) => {
		expect((await call(verb, params)).root).toBe("error_response");
		expect((await call("get")).body.result.exchange.status).toBe(1);
	});
});
