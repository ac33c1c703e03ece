import { describe, expect, it } from "vitest";
import type { RawRecord } from "../record.ts";
import { readOrder } from "./order-reader.ts";
import { sampleTrade } from "./sample-trade.ts";

const read = (changes: RawRecord = {}, lines?: readonly RawRecord[]) =>
	readOrder("shop-1", sampleTrade(changes, lines));

describe("readOrder", () => {
	it("puts a whole trade into our words", () => {
		expect(read()).toEqual({
			platform: "taobao",
			shopId: "shop-1",
			orderNo: "4187263549012345678",
			status: "WAIT_SHIP",
			rawStatus: "WAIT_SELLER_SEND_GOODS",
			flags: [],
			placedAt: new Date("2026-03-18T00:40:01Z"),
			paidAt: new Date("2026-03-18T00:41:32Z"),
			modifiedAt: new Date("2026-03-18T00:47:10Z"),
			shipDeadline: null,
			buyer: { nick: "~A1b2C3", openId: "AAEkY9" },
			receiver: {
				name: "王**",
				phone: "*******1234",
				address: "****",
				province: "广东省",
				city: "深圳市",
				district: "南山区",
				town: "粤海街道",
				cipher: "",
				platformKey: "1xK9abcd+/Q==",
			},
			memo: { buyer: "请发顺丰", seller: "加急", flag: "red" },
			money: {
				goodsFen: 11800,
				freightFen: 0,
				discountSellerFen: 900,
				discountPlatformFen: 0,
				paidFen: 10900,
				receivableFen: 10900,
			},
			lines: [
				{
					lineId: "4187263549012345679",
					platformSkuId: "5000000000001",
					outerSku: "CUP-BK-500",
					title: "加厚保温杯",
					spec: "颜色:黑色;容量:500ml",
					imageUrl: "https://img.example/1.jpg",
					quantity: 2,
					priceFen: 3900,
					discountFen: 595,
					paidFen: 7205,
					gift: false,
					status: "WAIT_SHIP",
					refund: "NONE",
				},
				expect.objectContaining({ lineId: "4187263549012345680", quantity: 1, discountFen: 305, paidFen: 3695 }),
			],
			platformHolds: [],
		});
	});

	it.each([
		["TRADE_NO_CREATE_PAY", "WAIT_PAY"],
		["WAIT_BUYER_PAY", "WAIT_PAY"],
		["PAY_PENDING", "WAIT_PAY"],
		["WAIT_PRE_AUTH_CONFIRM", "WAIT_PAY"],
		["WAIT_SELLER_SEND_GOODS", "WAIT_SHIP"],
		["SELLER_CONSIGNED_PART", "PART_SHIPPED"],
		["WAIT_BUYER_CONFIRM_GOODS", "SHIPPED"],
		["TRADE_BUYER_SIGNED", "SHIPPED"],
		["TRADE_FINISHED", "COMPLETED"],
		["TRADE_CLOSED", "CLOSED"],
		["TRADE_CLOSED_BY_TAOBAO", "CLOSED"],
	])("reads %s as %s", (raw, status) => {
		expect(read({ status: raw })).toMatchObject({ status, rawStatus: raw });
		expect(read({}, [{ status: raw, payment: "72.05" }, {}]).lines[0]?.status).toBe(status);
	});

	it.each<[string, RawRecord, RawRecord]>([
		["status", { status: "SOMETHING_NEW" }, {}],
		["status", { status: "constructor" }, {}],
		["status", {}, { status: "SOMETHING_NEW" }],
		["refund_status", {}, { refund_status: "SOMETHING_NEW" }],
		["step_trade_status", { step_trade_status: "SOMETHING_NEW" }, {}],
	])("refuses an unknown %s rather than guess", (field, changes, line) => {
		expect(() => read(changes, [line, {}])).toThrow(
			expect.objectContaining({ type: "PLATFORM_UNKNOWN_STATUS", data: { field } }),
		);
	});

	it.each([
		["NO_REFUND", "NONE", []],
		[undefined, "NONE", []],
		["WAIT_SELLER_AGREE", "APPLIED", ["REFUND_APPLIED"]],
		["SELLER_REFUSE_BUYER", "APPLIED", ["REFUND_APPLIED"]],
		["WAIT_BUYER_RETURN_GOODS", "APPLIED", ["REFUND_APPLIED"]],
		["WAIT_SELLER_CONFIRM_GOODS", "APPLIED", ["REFUND_APPLIED"]],
		["EXCHANGE_TRANSFORM_TO_REFUND", "APPLIED", ["REFUND_APPLIED"]],
		["SUCCESS", "DONE", []],
		["CLOSED", "NONE", []],
	])("reads a line's refund %s as %s, held for %j", (refund_status, refund, holds) => {
		const order = read({}, [{}, { refund_status }]);
		expect(order.lines[1]?.refund).toBe(refund);
		expect(order.platformHolds).toEqual(holds);
	});

	it("does not hold an order that is over", () => {
		expect(read({ status: "TRADE_CLOSED" }, [{ refund_status: "WAIT_SELLER_AGREE" }, {}]).platformHolds).toEqual([]);
	});

	it.each<[string, RawRecord, object]>([
		[
			"a presale whose balance is owed waits for payment",
			{ type: "step", status: "WAIT_BUYER_PAY", step_trade_status: "FRONT_PAID_FINAL_NOPAID" },
			{ status: "WAIT_PAY", flags: ["presale"], platformHolds: ["PRESALE_BALANCE"] },
		],
		[
			"a presale that claims to be ready although its balance is owed still waits",
			{ type: "step", step_trade_status: "FRONT_PAID_FINAL_NOPAID" },
			{ status: "WAIT_PAY", platformHolds: ["PRESALE_BALANCE"] },
		],
		[
			"a presale that is paid in full goes on",
			{ type: "step", step_trade_status: "FRONT_PAID_FINAL_PAID" },
			{ status: "WAIT_SHIP", flags: ["presale"], platformHolds: [] },
		],
		[
			"an order that the platform forbids to ship is held",
			{ status: "PAID_FORBID_CONSIGN" },
			{ status: "WAIT_SHIP", flags: ["forbid-consign"], platformHolds: ["RISK"] },
		],
		["cash on delivery is flagged", { type: "cod", pay_time: undefined }, { flags: ["cod"], paidAt: null }],
		[
			"virtual goods need no receiver",
			{ shipping_type: "virtual", receiver_name: undefined, oaid: undefined },
			{ flags: ["virtual"], platformHolds: [] },
		],
		[
			"a promised ship time is a deadline",
			{ est_con_time: "2026-03-20 08:41:32" },
			{ shipDeadline: new Date("2026-03-20T00:41:32Z") },
		],
		["a promise in words is none", { est_con_time: "付款后48小时内" }, { shipDeadline: null }],
		["a number without its text is kept to the digit", { tid_str: undefined }, { orderNo: "4187263549012345678" }],
	])("%s", (_what, changes, expected) => {
		expect(read(changes)).toMatchObject(expected);
	});

	it("masks people's data that came in plain", () => {
		const plain = { receiver_name: "王小明", receiver_mobile: "13800001234", receiver_address: "科技园路 1 号 2 栋" };
		expect(read(plain).receiver).toMatchObject({ name: "王**", phone: "*******1234", address: "****" });
	});

	describe("money", () => {
		it("takes the postage out of a single line's payment where the platform did not divide", () => {
			const single = { payment: "46.00", post_fee: "6.00" };
			const order = read(single, [{ num: 1, price: "40.00", payment: "46.00", divide_order_fee: undefined }]);
			expect(order.lines[0]).toMatchObject({ priceFen: 4000, paidFen: 4000, discountFen: 0 });
			expect(order.money).toMatchObject({ goodsFen: 4000, freightFen: 600, paidFen: 4600, discountSellerFen: 0 });
		});

		it("takes the share of order discounts out of a line's payment where the platform did not divide", () => {
			const order = read({}, [{ divide_order_fee: undefined }, { divide_order_fee: undefined }]);
			expect(order.lines.map(({ paidFen }) => paidFen)).toEqual([7205, 3695]);
		});

		it("shows a price raised by hand as a negative discount", () => {
			const order = read({ payment: "114.95" }, [{ divide_order_fee: "78.00" }, {}]);
			expect(order.lines[0]?.discountFen).toBe(0);
			expect(read({ payment: "119.95" }, [{ divide_order_fee: "83.00" }, {}]).lines[0]?.discountFen).toBe(-500);
		});

		it("leaves lines that were closed before payment out of the sum", () => {
			const order = read({ payment: "72.05" }, [{}, { status: "TRADE_CLOSED_BY_TAOBAO" }]);
			expect(order.money.paidFen).toBe(7205);
			expect(order.lines[1]?.status).toBe("CLOSED");
		});

		it("refuses an order whose lines do not make up what was paid, and says by how much", () => {
			expect(() => read({ payment: "109.01" })).toThrow(
				expect.objectContaining({ type: "PLATFORM_BAD_RECORD", data: { field: "payment", differenceFen: 1 } }),
			);
		});

		it("calls a line without a price a gift", () => {
			const order = read({ payment: "72.05" }, [{}, { price: "0.00", payment: "0.00", divide_order_fee: "0.00" }]);
			expect(order.lines.map(({ gift }) => gift)).toEqual([false, true]);
		});
	});

	it.each<[string, RawRecord, RawRecord]>([
		["payment", { payment: "a lot" }, {}],
		["payment", { payment: undefined }, {}],
		["modified", { modified: "2026-02-30 00:00:00" }, {}],
		["created", { created: undefined }, {}],
		["status", { status: undefined }, {}],
		["orders", { orders: undefined }, {}],
		["orders", { orders: { order: "x" } }, {}],
		["num", {}, { num: 0 }],
		["price", {}, { price: "" }],
		["oid", {}, { oid: undefined, oid_str: undefined }],
		["tid", { tid: undefined, tid_str: undefined }, {}],
	])("refuses a record whose %s cannot be right", (field, changes, line) => {
		expect(() => read(changes, [line, {}])).toThrow(
			expect.objectContaining({ type: "PLATFORM_BAD_RECORD", data: expect.objectContaining({ field }) }),
		);
	});
});
