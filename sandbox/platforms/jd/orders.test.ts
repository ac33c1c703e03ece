import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { fenOf } from "../../money.ts";
import { type RunningSandbox, runSandbox } from "../../testing/running.ts";
import { call, demoShop, inSeconds, searchParams } from "./test-client.ts";

type Row = Record<string, unknown>;
interface Money {
	orderTotalPrice: string;
	orderPayment: string;
	balanceUsed: string;
	freightPrice: string;
	couponDetailList: { couponPrice: string }[];
	itemInfoList: { jdPrice: string; itemTotal: string }[];
}

let sandbox: RunningSandbox;
beforeAll(async () => {
	sandbox = await runSandbox();
});
afterAll(() => sandbox.end());
beforeEach(async () => {
	await sandbox.control("POST", "reset", { seed: "orders" });
});

const place = (wish: object) => sandbox.place(wish, "jd");
const act = (orderId: string, action: object) => sandbox.act(orderId, action, "jd");
const fault = (fault: string, times?: number) =>
	sandbox.control("POST", "faults", { target: "jd", fault, ...(times && { times }) });

async function search(changes: object = {}): Promise<{ orderTotal: number; orderInfoList: Row[] }> {
	const { body } = await call(sandbox.url, "jingdong.pop.order.enSearch", searchParams(changes));
	return body.searchorderinfo_result as { orderTotal: number; orderInfoList: Row[] };
}
const idsOf = async (changes: object = {}) => (await search(changes)).orderInfoList.map(({ orderId }) => orderId);

async function detail(orderId: string, fields: string): Promise<Row> {
	const params = { order_id: Number(orderId), optional_fields: fields };
	const { body } = await call(sandbox.url, "jingdong.pop.order.enGet", params);
	return (body.orderDetailInfo as { orderInfo?: Row }).orderInfo ?? {};
}

async function result(method: string, params: object, name: string): Promise<Row> {
	return (await call(sandbox.url, method, params)).body[name] as Row;
}

describe("the list of orders", () => {
	it("pages the oldest first, or the newest, and names only the fields asked for", async () => {
		const placed = await place({ count: 25 });
		expect(await idsOf({ page_size: "10" })).toEqual(placed.slice(0, 10));
		expect(await idsOf({ page_size: "10", page: "3" })).toEqual(placed.slice(20));
		expect(await idsOf({ page_size: "10", sortType: 1 })).toEqual(placed.slice(-10).reverse());
		const { orderTotal, orderInfoList } = await search();
		expect(orderTotal).toBe(25);
		expect(Object.keys(orderInfoList[0] ?? {}).sort()).toEqual(["modified", "orderId", "orderState"]);
	});

	it("has only the states asked for, and never what is not paid", async () => {
		const [unpaid = ""] = await place({ count: 1, paid: false });
		const [locked = "", other = ""] = await place({ count: 2 });
		await act(locked, { action: "request-refund" });
		expect(await idsOf({ order_state: "LOCKED" })).toEqual([locked]);
		expect(await idsOf({ order_state: "WAIT_SELLER_STOCK_OUT" })).toEqual([other]);
		expect(await idsOf()).not.toContain(unpaid);
		await act(unpaid, { action: "close" });
		expect(await idsOf({ order_state: "TRADE_CANCELED" })).toEqual([unpaid]);
	});

	it("does not move an order whose remark or address changed", async () => {
		const [remarked = "", moved = "", refunded = ""] = await place({ count: 3 });
		await fault("clock:120");
		await act(remarked, { action: "change-memo", seller: "改" });
		await act(moved, { action: "change-address" });
		await act(refunded, { action: "request-refund" });
		expect(await idsOf({ start_date: inSeconds(60), end_date: inSeconds(200) })).toEqual([refunded]);
		expect((await detail(moved, "consigneeInfo")).consigneeInfo).toHaveProperty("oaid");
	});

	it.each(["late-page", "repeat-pages", "unknown-status"])("knows the fault %s", async (name) => {
		await place({ count: 20 });
		const second = { page_size: "10", page: "2" };
		const right = await search(second);
		await fault(name, 1);
		expect(await search(second)).not.toEqual(right);
		expect(await search(second)).toEqual(right);
	});
});

describe("an order", () => {
	it("has money that adds up to the fen, whoever bears the discounts", async () => {
		const fen = (amount: string) => fenOf(amount) ?? Number.NaN;
		await place({ count: 60 });
		const fields = "orderTotalPrice,orderPayment,balanceUsed,freightPrice,couponDetailList,itemInfoList";
		const rows = (await search({ optional_fields: fields })).orderInfoList as unknown as Money[];
		for (const row of rows) {
			const goods = row.itemInfoList.reduce((sum, item) => sum + fen(item.jdPrice) * Number(item.itemTotal), 0);
			const off = row.couponDetailList.reduce((sum, { couponPrice }) => sum + fen(couponPrice), 0);
			expect(goods).toBe(fen(row.orderTotalPrice));
			expect(goods + fen(row.freightPrice) - off).toBe(fen(row.orderPayment) + fen(row.balanceUsed));
		}
		expect(rows.some((row) => fen(row.balanceUsed) > 0)).toBe(true);
	});

	it("shows its receiver masked, and has another OAID after the address changed", async () => {
		const [id = ""] = await place({ count: 1 });
		const before = (await detail(id, "consigneeInfo")).consigneeInfo as Row;
		for (const field of ["fullname", "mobile", "fullAddress"]) expect(before[field]).toContain("*");
		const wish = {
			orderInfos: [{ orderId: Number(id), oaid: before.oaid }],
			orderType: "POP",
			appName: "a",
			scenesType: "1001",
		};
		const decrypt = async () =>
			(await result("jingdong.jos.order.oaid.decrypt", { getReceiverInfoListReqVO: wish }, "returnType")).data;
		expect(await decrypt()).toMatchObject([{ oaid: before.oaid, privacyProtection: true }]);
		await act(id, { action: "change-address" });
		expect((await detail(id, "consigneeInfo")).consigneeInfo).not.toMatchObject({ oaid: before.oaid });
		expect(await decrypt()).toEqual([]);
	});

	it("that is not paid is found among the unpaid only", async () => {
		const [id = ""] = await place({ count: 1, paid: false });
		expect(await detail(id, "orderState")).toEqual({});
		const times = { startDate: inSeconds(-60), endDate: inSeconds(60), page: "1", pageSize: "10" };
		const list = await result("jingdong.pop.order.notPayOrderInfo", times, "paginatedInfo");
		expect(list).toMatchObject({ totalItem: 1, pageList: [{ orderId: id }] });
		const byId = () => result("jingdong.pop.order.notPayOrderById", { order_id: Number(id) }, "orderDataNotPayInfo");
		expect(await byId()).toMatchObject({ orderId: id, orderState: "NOT_PAY" });
		await act(id, { action: "pay" });
		expect(await byId()).toEqual({});
		expect(await detail(id, "orderState")).toMatchObject({ orderState: "WAIT_SELLER_STOCK_OUT" });
	});

	it("keeps the colour of its remark apart from it", async () => {
		const [id = ""] = await place({ count: 1 });
		const order_id = Number(id);
		await call(sandbox.url, "jingdong.pop.order.modifyVenderRemark", { order_id, flag: 3, remark: "@加急" });
		expect(await detail(id, "venderRemark,remarkFlag,flag")).toEqual({ orderId: id, venderRemark: "@加急" });
		const remark = await result("jingdong.order.venderRemark.queryByOrderId", { order_id }, "venderRemarkQueryResult");
		expect(remark.vender_remark).toMatchObject({ flag: "3", remark: "@加急" });
	});
});

describe("shipment", () => {
	const ship = (orderId: string, logiCoprId: string, logiNo: string) =>
		result("jingdong.pop.order.shipment", { orderId: Number(orderId), logiCoprId, logiNo }, "sopjosshipment_result");

	it("takes several numbers in one call, and no second call", async () => {
		const [id = ""] = await place({ count: 1, lines: 2 });
		const numbers = "YT1234567890123,YT1234567890124|SF1234567890123";
		expect(await ship(id, "463|467", numbers)).toMatchObject({ success: true });
		expect(await detail(id, "orderState,waybill,logisticsId")).toMatchObject({
			orderState: "WAIT_GOODS_RECEIVE_CONFIRM",
			waybill: numbers,
			logisticsId: "463|467",
		});
		expect(await ship(id, "467", "SF1234567890125")).toMatchObject({
			success: false,
			chineseErrCode: expect.stringContaining("已出库"),
		});
		const [row] = await sandbox.truth("kind=orders");
		expect(row?.shipped.map(({ carrier }) => carrier)).toEqual(["463", "463", "467"]);
	});

	it.each([
		["a company nobody has", "1", "SF1234567890123"],
		["a number that is none of the company's", "467", "YT1234567890123"],
		["fewer numbers than companies", "463|467", "YT1234567890123"],
	])("refuses %s", async (_, company, number) => {
		const [id = ""] = await place({ count: 1 });
		expect(await ship(id, company, number)).toMatchObject({ success: false });
		expect((await sandbox.truth("kind=orders"))[0]?.shipped).toEqual([]);
	});

	it("is refused for the whole of an order that is locked for one line", async () => {
		const [id = ""] = await place({ count: 1, lines: 2 });
		const [row] = await sandbox.truth("kind=orders");
		await act(id, { action: "request-refund", lines: [row?.lines[0]?.lineId] });
		expect(await ship(id, "467", "SF1234567890123")).toMatchObject({ success: false });
	});

	it("needs no number where the seller drives by itself", async () => {
		const [id = ""] = await place({ count: 1 });
		expect(await ship(id, "1274", "")).toMatchObject({ success: true });
	});
});

describe("another seller's shop", () => {
	it("is none of the caller's: service orders name their seller", async () => {
		const operator = { buId: `${demoShop.sellerId}1`, operatePin: "a", operateNick: "a" };
		const { body } = await call(sandbox.url, "jingdong.asc.query.list", { ...operator, serviceId: 1 });
		expect(body.code).toBe("61");
	});
});
