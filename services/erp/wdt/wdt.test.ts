import { describe, expect, it } from "vitest";
import type { Connection, ErpAnswer, ErpParcel } from "../driver.ts";
import type { ErpStep, ErpSteps } from "../steps.ts";
import { wdt } from "./driver.ts";
import { sign } from "./sign.ts";

const connection: Connection = {
	id: "wdt-test",
	dialect: "wdt",
	name: "wdt",
	url: "http://wdt.example/openapi",
	settings: { shopNo: "SHOP01" },
	secrets: { sid: "s1", key: "k1", secret: "testsecret:testsalt" },
};
const now = new Date("2026-01-02T03:04:05+08:00");
const { order, change, cancel, aftersale } = wdt.kinds;

const line = (over: object = {}) => ({ oid: "T1-1", spec_no: "A1", num: 2, total_amount: 19.9, status: 30, ...over });
const document = (over: object = {}) => ({
	shop_no: "SHOP01",
	rawTradeList: [{ tid: "T1", trade_status: 30, receivable: 25.9, receiver_address: "****", ...over }],
	rawTradeOrderList: [line()],
});
const refund = {
	shop_no: "SHOP01",
	order_list: [
		{ refund_no: "R1-1", tid: "T1", oid: "T1-1", type: 2, status: 3, num: 1, refund_amount: 9.95 },
		{ refund_no: "R1-2", tid: "T1", oid: "T1-2", type: 2, status: 3, num: 1, refund_amount: 10 },
	],
};

const answerOf = (body: unknown, status = 200): ErpAnswer => ({
	status,
	headers: { date: "Fri, 02 Jan 2026 03:00:00 GMT" },
	body: typeof body === "string" ? body : JSON.stringify(body),
});
const pushed = (...error_list: object[]) => ({ status: 0, data: { new_count: 1, chg_count: 0, error_list } });
const listed = (...rows: object[]) => ({ status: 0, data: { total_count: rows.length, order: rows } });

/** Walks the steps with these answers; returns what came of it, and what was asked. */
function walk<T>(steps: ErpSteps<T> | undefined, ...answers: (unknown | ErpAnswer)[]) {
	if (!steps) throw new Error("no such kind");
	const asked: { url: URL; body: unknown; decisive: boolean }[] = [];
	let next = steps.next();
	for (const answer of answers) {
		if (next.done) throw new Error("nothing more was asked");
		const step: ErpStep<unknown> = next.value;
		const { url, body } = step.request(connection, now, "");
		asked.push({ url: new URL(url), body: JSON.parse(body), decisive: step.decisive });
		const whole = typeof answer === "object" && answer !== null && "headers" in answer;
		next = steps.next(step.read(whole ? (answer as ErpAnswer) : answerOf(answer), connection));
	}
	if (!next.done) throw new Error("more is asked");
	return { came: next.value, asked };
}

describe("a call", () => {
	it("is signed over the parameters and the body, whatever their order", () => {
		const params = { sid: "s1", key: "k1", salt: "testsalt", method: "m", v: "1.0", timestamp: "441947045" };
		// printf 'testsecretbody["SHOP01"]keyk1methodmsalttestsaltsids1timestamp441947045v1.0testsecret' | md5sum
		const signature = "6f718d782139894b71116621ee2050f6";
		expect(sign(params, '["SHOP01"]', "testsecret")).toBe(signature);
		expect(sign(Object.fromEntries(Object.entries(params).reverse()), '["SHOP01"]', "testsecret")).toBe(signature);
	});

	it("counts its seconds from 2012, and sends the salt but never the secret", () => {
		const { asked } = walk(order.send(document()), pushed());
		const params = Object.fromEntries(asked[0]?.url.searchParams ?? []);
		expect(params).toMatchObject({ sid: "s1", key: "k1", salt: "testsalt", v: "1.0", timestamp: "441947045" });
		expect(params.method).toBe("sales.RawTrade.pushSelf2");
		expect(asked[0]?.url.href).not.toContain("testsecret");
		expect(asked[0]?.body).toEqual(["SHOP01", document().rawTradeList, [line()]]);
	});
});

describe("a push", () => {
	it.each([
		[pushed(), { state: "OK", docNo: "T1" }],
		[pushed({ no: "T1", error: "规格编码不存在" }), { state: "REJECTED", reason: "T1 规格编码不存在" }],
		[pushed({ no: "T1-1", error: "库存不足" }), { state: "REJECTED", reason: "T1-1 库存不足" }],
		[pushed({ no: null, error: "店铺权限不足" }), { state: "REJECTED", reason: "店铺权限不足" }],
		[pushed({ no: "T9", error: "库存不足" }), { state: "IN_DOUBT", reason: "T9 库存不足" }],
		[pushed({ no: "T1", error: "子订单号T1-1已存在" }), { state: "REJECTED", reason: "T1 子订单号T1-1已存在" }],
		[pushed({ no: "T1", error: "系统繁忙" }), { state: "IN_DOUBT", reason: "T1 系统繁忙" }],
		[
			{ status: 100, message: "店铺不存在" },
			{ state: "REJECTED", reason: "100 店铺不存在" },
		],
		[
			{ status: 100, message: "超过每分钟最大调用频率限制,请稍后重试" },
			{ state: "IN_DOUBT", reason: "100 超过每分钟最大调用频率限制,请稍后重试" },
		],
		[answerOf({ status: 100, message: "slower" }, 429), { state: "IN_DOUBT", reason: "100 slower" }],
	])("answered with %j", (answer, outcome) => {
		expect(walk(order.send(document()), answer).came).toEqual(outcome);
	});

	it.each(["", "<html/>", '{"status":0,"da', "null", '{"status":0}', '{"status":0,"data":{"new_count":1}}', "[]"])(
		"answered with %j cannot be read",
		(body) => {
			const { value: step } = order.send(document()).next() as { value: ErpStep<unknown> };
			expect(() => step.read(answerOf(body), connection)).toThrow(expect.objectContaining({ type: "ERP_UNREADABLE" }));
		},
	);
});

describe("a look", () => {
	const trade = { tid: "T1", process_status: 20, trade_status: 30, receivable: "25.9000", receiver_address: "****" };
	const shown = (over: object = {}, lineOver: object = {}) =>
		listed({ ...trade, ...over, trade_orders: [line({ num: "2.0000", total_amount: "19.9000", ...lineOver })] });

	it("finds an order by our number, and no other", () => {
		expect(walk(order.find("T1", document()), listed(trade)).came).toEqual({ state: "FOUND", docNo: "T1" });
		expect(walk(order.find("T1", document()), listed({ tid: "T11" })).came).toEqual({ state: "NOT_FOUND" });
		expect(walk(order.find("T1", document()), listed()).asked[0]?.body).toEqual([{ tid: "T1" }]);
	});

	it("does not take a refusal for an answer", () => {
		expect(() => walk(order.find("T1", document()), { status: 100, message: "系统异常" })).toThrow(
			expect.objectContaining({ type: "ERP_REFUSED", message: expect.stringContaining("100 系统异常") }),
		);
	});

	it.each([
		["all as pushed, figures written otherwise", shown(), "FOUND"],
		["another address", shown({ receiver_address: "else" }), "NOT_FOUND"],
		["another sum", shown({ receivable: 25.91 }), "NOT_FOUND"],
		["a line that is marked otherwise", shown({}, { status: 80 }), "NOT_FOUND"],
		["no such line", shown({}, { oid: "T1-9" }), "NOT_FOUND"],
	])("a change is there when the order shows it: %s", (_what, answer, state) => {
		expect(walk(change?.find("T1", document()), answer).came.state).toBe(state);
	});

	it.each([
		["closed and given back", { process_status: 70, trade_status: 80 }, "FOUND"],
		["closed, not yet worked on", { process_status: 20, trade_status: 90 }, "FOUND"],
		["closed, and gone", { process_status: 40, trade_status: 80 }, "NOT_FOUND"],
		["open", { process_status: 20, trade_status: 30 }, "NOT_FOUND"],
	])("an order is cancelled when it is %s", (_what, over, state) => {
		expect(walk(cancel?.find("T1", document()), shown(over)).came.state).toBe(state);
	});

	it("finds an after-sale when every row is as pushed", () => {
		const [first, second] = refund.order_list;
		const find = () => aftersale?.find("R1-1", refund);
		expect(walk(find(), listed({ ...second }, { ...first, refund_amount: "9.9500" })).came.state).toBe("FOUND");
		expect(walk(find(), listed({ ...first })).came.state).toBe("NOT_FOUND");
		expect(walk(find(), listed({ ...first, status: 2 }, { ...second })).came.state).toBe("NOT_FOUND");
		expect(walk(find(), listed()).asked[0]?.body).toEqual([{ tid: "T1", platform_id: 127 }]);
	});
});

describe("a cancel", () => {
	const closed = document({ trade_status: 80 });

	it.each([
		[20, "OK"],
		[70, "OK"],
		[30, "REJECTED"],
		[40, "REJECTED"],
		[60, "REJECTED"],
	])("taken by the ERP, with the order at process_status %i, is %s", (process_status, state) => {
		const { came, asked } = walk(
			cancel?.send(closed),
			pushed(),
			listed({ tid: "T1", trade_status: 80, process_status }),
		);
		expect(came.state).toBe(state);
		expect(asked.map(({ decisive }) => decisive)).toEqual([true, false]);
	});

	it("that the ERP refused is not looked after", () => {
		expect(walk(cancel?.send(closed), pushed({ no: "T1", error: "已拣货" })).came.state).toBe("REJECTED");
	});
});

describe("what a document lacks", () => {
	it("is named, but for what may be empty", () => {
		expect(order.missing({}, {})).toEqual(
			expect.arrayContaining(["shop_no", "rawTradeList[0].tid", "rawTradeList[0].end_time", "rawTradeOrderList"]),
		);
		const missing = order.missing({ ...document({ end_time: null, warehouse_no: "", buyer_nick: "" }) }, {});
		expect(missing).toContain("rawTradeList[0].buyer_nick");
		expect(missing).toContain("rawTradeOrderList[0].json");
		expect(missing).not.toContain("rawTradeList[0].end_time");
		expect(missing).not.toContain("rawTradeList[0].warehouse_no");
	});

	it("an after-sale the ERP has no type for lacks it", () => {
		expect(aftersale?.missing({ ...refund, order_list: [{ refund_no: "R1" }] }, {})).toContain("order_list[0].type");
	});

	it("a number is one that makes it no document", () => {
		expect(() => order.numberOf({}, {})).toThrow(expect.objectContaining({ type: "INVALID" }));
		expect(() => aftersale?.numberOf({}, {})).toThrow(expect.objectContaining({ type: "INVALID" }));
		expect(aftersale?.numberOf(refund, {})).toBe("R1-1");
	});
});

describe("parcels", () => {
	const row = (over: object = {}) => ({
		consign_time: "2026-01-02 10:30:00",
		src_trade_no: "T1",
		logistics_code: "WL-7",
		logistics_name: "中通快递",
		logistics_no: "78120000000001",
		details_list: [{ src_tid: "T1", spec_no: "A1", goods_count: "2.0000" }],
		...over,
	});
	const since = new Date("2026-01-02T02:30:00Z"); // half an hour before the ERP's answers
	const one: ErpParcel = {
		number: "T1",
		carrier: "中通快递",
		trackingNo: "78120000000001",
		lines: [{ sku: "A1", quantity: 2 }],
	};

	it("are asked for by the time they left, and read again from shortly before", () => {
		const { came, asked } = walk(wdt.parcels?.(since), listed(row()));
		expect(asked[0]?.body).toEqual([
			{ start_time: "2026-01-02 10:30:00", end_time: "2026-01-02 11:30:00", status_type: 0 },
		]);
		expect(came).toEqual({ parcels: [one], until: new Date("2026-01-02T02:55:00Z") });
	});

	it("never go back in time", () => {
		const late = new Date("2026-01-02T02:59:00Z");
		expect(walk(wdt.parcels?.(late), listed()).came).toEqual({ parcels: [], until: late });
	});

	it("of many hours are read hour by hour", () => {
		const early = new Date("2026-01-02T00:30:00Z");
		const { came, asked } = walk(wdt.parcels?.(early), listed(), listed(row()), listed());
		expect(asked.map(({ body }) => (body as { start_time: string }[])[0]?.start_time)).toEqual([
			"2026-01-02 08:30:00",
			"2026-01-02 09:30:00",
			"2026-01-02 10:30:00",
		]);
		expect(came).toEqual({ parcels: [one], until: new Date("2026-01-02T02:55:00Z") });
	});

	it("of several pages are read from the last page back, and given in their order", () => {
		const first = { status: 0, data: { total_count: 250, order: [row({ consign_time: "2026-01-02 10:31:00" })] } };
		const third = row({ consign_time: "2026-01-02 10:30:01", logistics_no: "78120000000003" });
		const { came, asked } = walk(wdt.parcels?.(since), first, listed(third), listed());
		expect(asked.map(({ url }) => url.searchParams.get("page_no"))).toEqual(["0", "2", "1"]);
		expect(came.parcels.map(({ trackingNo }) => trackingNo)).toEqual(["78120000000003", "78120000000001"]);
	});

	it("of several orders in one are a parcel of each; one without a number is none", () => {
		const merged = row({
			logistics_code: "zto",
			details_list: [
				{ src_tid: "T1", spec_no: "A1", goods_count: 1 },
				{ src_tid: "T2", spec_no: "A2", goods_count: 3 },
			],
		});
		const { came } = walk(wdt.parcels?.(since), listed(merged, row({ logistics_no: "" })));
		expect(came.parcels).toEqual([
			{ ...one, carrier: "ZTO", lines: [{ sku: "A1", quantity: 1 }] },
			{ ...one, carrier: "ZTO", number: "T2", lines: [{ sku: "A2", quantity: 3 }] },
		]);
	});

	it.each([
		["the ERP's clock", { ...answerOf(listed()), headers: {} }],
		["their count", answerOf({ status: 0, data: { order: [] } })],
	])("cannot be read without %s", (_what, answer) => {
		expect(() => walk(wdt.parcels?.(since), answer)).toThrow(expect.objectContaining({ type: "ERP_UNREADABLE" }));
	});
});
