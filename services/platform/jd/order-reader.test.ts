import { describe, expect, it } from "vitest";
import type { RawRecord } from "../record.ts";
import { readOrder } from "./order-reader.ts";
import { cup, lid, sampleOrder } from "./sample-order.ts";
import { shipping } from "./ship.ts";
import { searchedStates } from "./statuses.ts";

const read = (changes: RawRecord = {}, items?: readonly RawRecord[]) =>
	readOrder("shop-1", sampleOrder(changes, items));
const paid = (changes: RawRecord, items?: readonly RawRecord[]) =>
	read(changes, items).lines.map(({ paidFen }) => paidFen);

describe("readOrder", () => {
	it("puts a whole order into our words", () => {
		expect(read()).toEqual({
			platform: "jd",
			shopId: "shop-1",
			orderNo: "300123456789",
			status: "WAIT_SHIP",
			rawStatus: "WAIT_SELLER_STOCK_OUT",
			flags: [],
			placedAt: new Date("2026-03-18T00:40:01Z"),
			paidAt: new Date("2026-03-18T00:41:32Z"),
			modifiedAt: new Date("2026-03-18T00:47:10Z"),
			shipDeadline: null,
			buyer: { nick: "", openId: "AAEkY9" },
			receiver: {
				name: "王**",
				phone: "138****1234",
				address: "广东深圳市南山区****",
				province: "广东",
				city: "深圳市",
				district: "南山区",
				town: "",
				cipher: "",
				platformKey: "OA1x9K+/=",
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
					lineId: "100000000001",
					platformSkuId: "100000000001",
					outerSku: "CUP-BK-500",
					title: "加厚保温杯 黑色 500ml",
					spec: "",
					imageUrl: "",
					quantity: 2,
					priceFen: 3900,
					discountFen: 595,
					paidFen: 7205,
					gift: false,
					status: "WAIT_SHIP",
					refund: "NONE",
				},
				expect.objectContaining({ lineId: "100000000009", quantity: 1, discountFen: 305, paidFen: 3695 }),
			],
			platformHolds: [],
		});
	});

	it.each<[string, string, string[], string[]]>([
		["NOT_PAY", "WAIT_PAY", [], []],
		["WAIT_SELLER_STOCK_OUT", "WAIT_SHIP", [], []],
		["WAIT_SELLER_DELIVERY", "WAIT_SHIP", [], []],
		["POP_ORDER_PAUSE", "WAIT_SHIP", ["forbid-consign"], ["RISK"]],
		["PAUSE", "WAIT_SHIP", ["forbid-consign"], ["RISK"]],
		["LOCKED", "WAIT_SHIP", ["locked"], ["REFUND_APPLIED", "RISK"]],
		["WAIT_SEND_CODE", "WAIT_SHIP", ["virtual"], ["RISK"]],
		["WAIT_GOODS_RECEIVE_CONFIRM", "SHIPPED", [], []],
		["RECEIPTS_CONFIRM", "SHIPPED", [], []],
		["FINISHED_L", "COMPLETED", [], []],
		["TRADE_CANCELED", "CLOSED", [], []],
		["DELIVERY_RETURN", "CLOSED", [], []],
	])("reads %s as %s, with flags %j and holds %j", (orderState, status, flags, platformHolds) => {
		expect(read({ orderState })).toMatchObject({ status, rawStatus: orderState, flags, platformHolds });
	});

	it("asks the list for every state there is but the unpaid one", () => {
		expect(searchedStates).toHaveLength(11);
		for (const orderState of searchedStates) expect(read({ orderState }).status).not.toBe("WAIT_PAY");
	});

	it.each(["SOMETHING_NEW", "constructor"])("refuses the unknown state %s rather than guess", (orderState) => {
		const unknown = { type: "PLATFORM_UNKNOWN_STATUS", data: { field: "orderState" } };
		expect(() => read({ orderState })).toThrow(expect.objectContaining(unknown));
	});

	describe("refunds", () => {
		const refundsOf = (changes: RawRecord) => read(changes).lines.map(({ refund }) => refund);
		const refund = (status: number, ...skuIds: string[]) => ({ status, skuVoList: skuIds.map((skuId) => ({ skuId })) });

		it("of a locked order are of all its lines, until the applications tell which", () => {
			expect(refundsOf({ orderState: "LOCKED" })).toEqual(["APPLIED", "APPLIED"]);
			const one = { orderState: "LOCKED", refunds: [refund(0, "100000000009")] };
			expect(refundsOf(one)).toEqual(["NONE", "APPLIED"]);
			expect(read(one).platformHolds).toEqual(["REFUND_APPLIED", "RISK"]);
		});

		it.each([
			[0, "APPLIED"],
			[1, "APPLIED"], // agreed, and the money on its way
			[2, "NONE"],
			[3, "DONE"],
			[11, "NONE"],
		])("with status %i make a line of an order that is still to be shipped %s", (status, expected) => {
			expect(refundsOf({ refunds: [refund(status, "100000000001")] })).toEqual([expected, "NONE"]);
			expect(refundsOf({ refunds: [refund(status)] })).toEqual([expected, expected]);
		});

		it("are made of a cancelled order if it was paid", () => {
			expect(refundsOf({ orderState: "TRADE_CANCELED" })).toEqual(["DONE", "DONE"]);
			const unpaid = { orderState: "TRADE_CANCELED", paymentConfirmTime: "0001-01-01 00:00:00" };
			expect(refundsOf(unpaid)).toEqual(["NONE", "NONE"]);
		});
	});

	it.each<[string, RawRecord, object]>([
		["cash on delivery", { payType: "1-货到付款" }, { flags: ["cod"] }],
		["what is used in a shop", { orderType: "75" }, { flags: ["read-only"], platformHolds: ["RISK"] }],
		["what 京东's warehouse sends", { storeOrder: "京仓订单" }, { flags: ["read-only"], platformHolds: ["RISK"] }],
		["a replacement", { returnOrder: "1" }, { flags: ["exchange"], platformHolds: [] }],
	])("flags %s", (_what, changes, expected) => {
		expect(read(changes)).toMatchObject(expected);
	});

	it.each(["0001-01-01 00:00:00", "1970-01-01 00:00:00", "", undefined])(
		"takes %j for no time",
		(paymentConfirmTime) => {
			expect(read({ paymentConfirmTime }).paidAt).toBeNull();
		},
	);

	it("masks people's data that came in plain", () => {
		const consigneeInfo = { fullname: "王小明", mobile: "13800001234", fullAddress: "科技园路 1 号", oaid: "O" };
		expect(read({ consigneeInfo }).receiver).toMatchObject({ name: "王**", phone: "*******1234", address: "****" });
	});

	it("has no colour for an order without a remark", () => {
		expect(read({ venderRemark: "", remarkFlag: undefined }).memo).toMatchObject({ seller: "", flag: "" });
	});

	describe("money", () => {
		it("takes a line's own discount off that line, and shares the rest", () => {
			const own = { skuId: "100000000001", couponType: "30-单品促销优惠", couponPrice: "8.00" };
			const whole = { skuId: "", couponType: "100-店铺优惠", couponPrice: "10.00" };
			const discounts = { couponDetailList: [own, whole], sellerDiscount: "18.00", orderPayment: "100.00" };
			expect(paid(discounts)).toEqual([6364, 3636]);
		});

		it("counts what was paid from a balance, and keeps the freight out of the lines", () => {
			const order = read({ orderPayment: "100.00", balanceUsed: "15.00", freightPrice: "6.00" });
			expect(order.money).toMatchObject({ paidFen: 11500, freightFen: 600, discountSellerFen: 900 });
			expect(order.lines.map(({ paidFen }) => paidFen)).toEqual([7205, 3695]);
		});

		it("says which part of the discounts 京东 pays", () => {
			const order = read({ sellerDiscount: "2.00" });
			expect(order.money).toMatchObject({ discountSellerFen: 200, discountPlatformFen: 700, receivableFen: 11600 });
		});

		it("tells a gift from the same SKU that was bought", () => {
			const order = read({}, [cup, { ...cup, jdPrice: "0.00", itemTotal: "1" }, lid]);
			expect(order.lines).toMatchObject([
				{ lineId: "100000000001", gift: false, paidFen: 7205 },
				{ lineId: "100000000001:2", gift: true, paidFen: 0 },
				{ lineId: "100000000009", gift: false, paidFen: 3695 },
			]);
		});

		it.each<[string, RawRecord, string]>([
			["less was paid than the freight", { orderPayment: "3.00", freightPrice: "6.00" }, "orderPayment"],
			["an amount is none", { orderPayment: "109.001" }, "orderPayment"],
			["there are no lines", { itemInfoList: [] }, "itemInfoList"],
		])("refuses an order when %s", (_why, changes, field) => {
			expect(() => read(changes)).toThrow(
				expect.objectContaining({ type: "PLATFORM_BAD_RECORD", data: expect.objectContaining({ field }) }),
			);
		});
	});
});

describe("shippedLines", () => {
	const shipped = (changes: RawRecord) =>
		shipping.shippedLines(sampleOrder({ orderState: "WAIT_GOODS_RECEIVE_CONFIRM", ...changes }, [cup]));

	it("are every line in every parcel, whatever their companies", () => {
		expect(shipped({ logisticsId: "463|467", waybill: "YT1,YT2|SF1" })).toEqual([
			{ carrier: "YTO", trackingNo: "YT1", lineId: "100000000001" },
			{ carrier: "YTO", trackingNo: "YT2", lineId: "100000000001" },
			{ carrier: "SF", trackingNo: "SF1", lineId: "100000000001" },
		]);
	});

	it("may have no number, and a company that is not ours", () => {
		expect(shipped({ logisticsId: "1274", waybill: "" })).toMatchObject([{ carrier: "NONE", trackingNo: "" }]);
		expect(shipped({ logisticsId: "1747", waybill: "U1" })).toMatchObject([{ carrier: "1747", trackingNo: "U1" }]);
	});

	it("are none before the order was shipped", () => {
		expect(shipping.shippedLines(sampleOrder())).toEqual([]);
	});
});
