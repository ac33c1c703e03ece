import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type RunningSandbox, runSandbox } from "../../testing/running.ts";
import { call, demoShop, inSeconds } from "./test-client.ts";

type Row = Record<string, unknown>;
interface Truth {
	platformAftersaleId: string;
	status: string;
	refundFen: number;
	sentParcel: object | null;
}

let sandbox: RunningSandbox;
beforeAll(async () => {
	sandbox = await runSandbox();
});
afterAll(() => sandbox.end());
beforeEach(async () => {
	await sandbox.control("POST", "reset", { seed: "aftersales" });
});

const operator = { buId: demoShop.sellerId, operatePin: "a", operateNick: "a" };
const truth = async () => (await sandbox.truth<Truth>("kind=aftersales"))[0];

async function result(method: string, params: object, name: string): Promise<Row> {
	return (await call(sandbox.url, method, params)).body[name] as Row;
}

/** An order of one line with an after-sale; the parts of it that calls need. */
async function open(type: string): Promise<{ orderId: number; id: number }> {
	const [orderId = ""] = await sandbox.place({ count: 1, lines: 1 }, "jd");
	if (type !== "REFUND_BEFORE_SHIP") {
		const parcel = { orderId: Number(orderId), logiCoprId: "467", logiNo: "SF1234567890123" };
		await call(sandbox.url, "jingdong.pop.order.shipment", parcel);
	}
	await sandbox.act(orderId, { action: "request-refund", type }, "jd");
	return { orderId: Number(orderId), id: Number((await truth())?.platformAftersaleId.slice(1)) };
}

describe("applications for a refund", () => {
	const list = (params: object) =>
		result("jingdong.pop.afs.soa.refundapply.queryPageList", { pageIndex: 1, pageSize: 10, ...params }, "queryResult");
	const reply = (params: object) =>
		result("jingdong.pop.afs.soa.refundapply.replyRefund", { checkUserName: "a", ...params }, "replyResult");
	const minute = { from: inSeconds(-60), to: inSeconds(60) };

	it("are listed by when they were made, and by when they were decided; their sum is in fen", async () => {
		const { orderId, id } = await open("REFUND_BEFORE_SHIP");
		const applied = { applyTimeStart: minute.from, applyTimeEnd: minute.to, showSku: true };
		const checked = { checkTimeStart: minute.from, checkTimeEnd: minute.to };
		const row = { id, orderId: String(orderId), status: 0, applyRefundSum: (await truth())?.refundFen, checkTime: "" };
		expect(await list(applied)).toMatchObject({
			totalCount: 1,
			result: [{ ...row, skuVoList: [{ skuCount: expect.anything() }] }],
		});
		expect(await list(checked)).toMatchObject({ totalCount: 0, result: [] });
		expect(await reply({ id, status: 1, remark: "好" })).toMatchObject({ success: true });
		expect(await list(checked)).toMatchObject({ totalCount: 1, result: [{ id, status: 3 }] });
		expect(await reply({ id, status: 1, remark: "好" })).toMatchObject({ success: false });
	});

	it("are refused with one of 京东's reasons", async () => {
		const { id } = await open("REFUND_BEFORE_SHIP");
		const refusal = { id, status: 2, remark: "已发货" };
		expect((await call(sandbox.url, "jingdong.pop.afs.soa.refundapply.replyRefund", refusal)).body.code).toBe("61");
		expect(await reply({ ...refusal, rejectType: 1 })).toMatchObject({ success: true });
		expect((await truth())?.status).toBe("REFUSED");
	});

	it("that the buyer withdrew are withdrawn", async () => {
		const { orderId, id } = await open("REFUND_BEFORE_SHIP");
		await sandbox.act(String(orderId), { action: "cancel-refund" }, "jd");
		const byId = await result("jingdong.pop.afs.soa.refundapply.queryById", { id }, "queryResult");
		expect(byId).toMatchObject({ result: [{ status: 11, checkTime: "" }] });
	});
});

describe("service orders", () => {
	const view = async (serviceId: number): Promise<Row> => {
		const { data } = await result("jingdong.asc.query.list", { ...operator, serviceId }, "pageResult");
		return (data as Row[])[0] ?? {};
	};
	const act = async (method: string, serviceId: number, params: object): Promise<Row> => {
		const { orderId, sysVersion } = await view(serviceId);
		return result(`jingdong.asc.${method}`, { ...operator, serviceId, orderId, sysVersion, ...params }, "result");
	};
	const address = {
		approveNotes: "好",
		approveReasonCid1: 1001,
		returnContactName: "售后部",
		returnContactTel: "0755-86000000",
		returnZipcode: "518000",
		returnProvince: 19,
		returnCity: 1607,
		returnCounty: 3155,
		returnDetailAddress: "科苑路15号",
		returnAddressType: 1,
	};
	const states = { packingState: 10, qualityState: 10, invoiceRecord: 10, judgmentReason: 10, accessoryOrGift: 10 };
	const received = { ...states, appearanceState: 10, receivePin: "a", receiveName: "a", receiveRemark: "好" };
	const parcel = { expressCode: "SF1234567890124", shipWayId: 467, shipWayName: "顺丰快递" };

	it("go from the buyer's wish to the money, each step with the newest version only", async () => {
		const { orderId, id } = await open("RETURN_REFUND");
		expect(await view(id)).toMatchObject({ orderId, customerExpect: 10, serviceStatus: 10001 });
		expect(await act("audit.send", id, { ...address, sysVersion: 99 })).toMatchObject({ success: false });
		expect(await act("audit.send", id, address)).toMatchObject({ success: true });
		expect(await view(id)).toMatchObject({ serviceStatus: 10005 });
		expect(await act("receive.register", id, received)).toMatchObject({ success: false });
		await sandbox.act(String(orderId), { action: "return-goods" }, "jd");
		expect(await view(id)).toMatchObject({ serviceStatus: 10005, expressCode: expect.stringMatching(/^SF/) });
		const freight = await result("jingdong.asc.freight.view", { ...operator, serviceId: id, orderId }, "result");
		expect(freight.data).toMatchObject({ expressCompany: "顺丰快递" });
		expect(await act("receive.register", id, received)).toMatchObject({ success: true });
		expect(await view(id)).toMatchObject({ serviceStatus: 10010 });
	});

	it("are listed by when they changed, and by when a number was told", async () => {
		const { orderId, id } = await open("RETURN_REFUND");
		const sync = (name: string) =>
			result(
				"jingdong.asc.sync.list",
				{ ...operator, pageNumber: 1, pageSize: 10, [`${name}Begin`]: inSeconds(-60), [`${name}End`]: inSeconds(60) },
				"pageResult",
			);
		expect(await sync("updateTime")).toMatchObject({ totalCount: 1, data: [{ serviceId: id }] });
		expect(await sync("freightUpdateDate")).toMatchObject({ totalCount: 0 });
		await act("audit.send", id, address);
		await sandbox.act(String(orderId), { action: "return-goods" }, "jd");
		expect(await sync("freightUpdateDate")).toMatchObject({ totalCount: 1 });
	});

	it("of an exchange want the goods registered before the replacement leaves", async () => {
		const { orderId, id } = await open("EXCHANGE");
		const change = { ...parcel, opFlag: 1, wareType: "10" };
		await act("audit.send", id, address);
		await sandbox.act(String(orderId), { action: "return-goods" }, "jd");
		expect(await act("process.offline.change", id, change)).toMatchObject({ success: false });
		await act("receive.register", id, received);
		expect(await view(id)).toMatchObject({ serviceStatus: 10007 });
		expect(await act("process.offline.change", id, change)).toMatchObject({ success: true });
		expect((await truth())?.sentParcel).toEqual({ carrier: "467", trackingNo: "SF1234567890124" });
		await sandbox.act(String(orderId), { action: "confirm-exchange" }, "jd");
		expect(await view(id)).toMatchObject({ serviceStatus: 10010 });
	});

	it("send what was missing, and close what came back as it should not", async () => {
		const resend = await open("RESEND");
		const audit = { approveNotes: "好", approveReasonCid1: 1001 };
		expect(await act("audit.reissue", resend.id, { ...audit, ...parcel })).toMatchObject({ success: true });
		expect(await view(resend.id)).toMatchObject({ serviceStatus: 10009 });
		await sandbox.control("POST", "reset", { seed: "close" });
		const { orderId, id } = await open("RETURN_REFUND");
		const refusal = { refuseReason: 1003, refuseReasonName: "已使用", refuseRemark: "商品已使用" };
		expect(await act("process.close", id, refusal)).toMatchObject({ success: false });
		await act("audit.send", id, address);
		await sandbox.act(String(orderId), { action: "return-goods" }, "jd");
		expect(await act("process.close", id, refusal)).toMatchObject({ success: true });
		expect(await view(id)).toMatchObject({ serviceStatus: 10004, approveResultName: "商品已使用" });
	});
});
