import { describe, expect, it } from "vitest";
import type { RawRecord } from "../record.ts";
import { readOrder } from "./order-reader.ts";
import { sampleCipher, sampleOrder } from "./samples.ts";

const read = (changes: RawRecord = {}, lines?: readonly RawRecord[]) =>
	readOrder("shop-1", sampleOrder(changes, lines));
const [setSku, cushionSku] = ["687a004a4485460001faf055", "687a004a4485460001faf056"];
const parcel = (status: number, skuIdList: unknown[]) => ({ status, expressTrackingNo: "", skuIdList });

describe("readOrder", () => {
	it("puts a whole order into our words", () => {
		expect(read()).toEqual({
			platform: "xiaohongshu",
			shopId: "shop-1",
			orderNo: "P768291112062421411",
			status: "WAIT_SHIP",
			rawStatus: "4",
			flags: [],
			placedAt: new Date("2025-11-10T15:55:00Z"),
			paidAt: new Date("2025-11-10T15:56:00Z"),
			modifiedAt: new Date("2025-11-10T15:56:10.123Z"),
			shipDeadline: new Date("2025-11-12T15:56:00Z"),
			buyer: { nick: "", openId: "600000000000000000000001" },
			receiver: {
				name: "",
				phone: "",
				address: "",
				province: "广东省",
				city: "深圳市",
				district: "南山区",
				town: "",
				cipher: "",
				platformKey: "0cc175b9c0f1b6a831c399e269772661",
			},
			memo: { buyer: "请发顺丰", seller: "加急", flag: "red" },
			money: {
				goodsFen: 33990,
				freightFen: 600,
				discountSellerFen: 1000,
				discountPlatformFen: 400,
				paidFen: 33190,
				receivableFen: 33590,
			},
			lines: [
				{
					lineId: setSku,
					platformSkuId: setSku,
					outerSku: "SJT-180-BLUE",
					title: "纯棉四件套",
					spec: "蓝色 1.8m",
					imageUrl: "https://qimg.example.com/a.jpg",
					quantity: 2,
					priceFen: 15800,
					discountFen: 1000,
					paidFen: 30600,
					gift: false,
					status: "WAIT_SHIP",
					refund: "NONE",
				},
				expect.objectContaining({ lineId: cushionSku, quantity: 1, priceFen: 2390, discountFen: 400, paidFen: 1990 }),
			],
			platformHolds: [],
		});
	});

	it.each<[number, string, string[], string[]]>([
		[1, "WAIT_PAY", [], []],
		[2, "WAIT_SHIP", ["risk-check"], ["RISK"]],
		[3, "WAIT_SHIP", ["customs"], ["RISK"]],
		[4, "WAIT_SHIP", [], []],
		[5, "PART_SHIPPED", [], []],
		[6, "SHIPPED", [], []],
		[7, "COMPLETED", [], []],
		[8, "CLOSED", [], []],
		[9, "CLOSED", [], []],
		[10, "SHIPPED", [], []],
	])("reads status %i as %s, flagged %j and held for %j", (orderStatus, status, flags, platformHolds) => {
		expect(read({ orderStatus })).toMatchObject({ status, rawStatus: String(orderStatus), flags, platformHolds });
	});

	it("leaves a completed order completed when the buyer asks for an exchange", () => {
		expect(read({ orderStatus: 10, finishTime: 1762990000000 }).status).toBe("COMPLETED");
	});

	it.each<[string, RawRecord, RawRecord]>([
		["orderStatus", { orderStatus: 11 }, {}],
		["orderStatus", { orderStatus: "constructor" }, {}],
		["status", { simpleDeliveryOrderList: [parcel(77, [setSku])] }, {}],
		["skuAfterSaleStatus", {}, { skuAfterSaleStatus: 8 }],
	])("refuses an unknown %s rather than guess", (field, changes, line) => {
		expect(() => read(changes, [line, {}])).toThrow(
			expect.objectContaining({ type: "PLATFORM_UNKNOWN_STATUS", data: { field } }),
		);
	});

	it.each([
		[1, "NONE", []],
		[2, "APPLIED", ["REFUND_APPLIED"]],
		[3, "DONE", []],
		[4, "APPLIED", ["REFUND_APPLIED"]],
		[5, "NONE", []],
		[6, "APPLIED", ["REFUND_APPLIED"]],
		[7, "NONE", []],
	])("reads a line's after-sale %i as %s, held for %j", (skuAfterSaleStatus, refund, holds) => {
		const order = read({}, [{}, { skuAfterSaleStatus }]);
		expect(order.lines[1]?.refund).toBe(refund);
		expect(order.platformHolds).toEqual(holds);
	});

	it("does not hold an order that is over", () => {
		expect(read({ orderStatus: 8 }, [{ skuAfterSaleStatus: 2 }, {}]).platformHolds).toEqual([]);
	});

	it("tells the lines of a divided order apart by its parcels", () => {
		const order = read({ orderStatus: 5, simpleDeliveryOrderList: [parcel(6, [setSku]), parcel(4, [cushionSku])] });
		expect(order.lines.map(({ status }) => status)).toEqual(["SHIPPED", "WAIT_SHIP"]);
		const refunded = read({ simpleDeliveryOrderList: [parcel(8, [setSku]), parcel(4, [cushionSku])] });
		expect(refunded.lines.map(({ status }) => status)).toEqual(["CLOSED", "WAIT_SHIP"]);
	});

	it.each<[string, RawRecord, object]>([
		["holds an order that is being cancelled", { cancelStatus: 1 }, { platformHolds: ["REFUND_APPLIED"] }],
		[
			"lets a presale wait for its balance",
			{ orderType: 2, orderStatus: 1, totalDepositAmount: 1000 },
			{ status: "WAIT_PAY", flags: ["presale"], platformHolds: ["PRESALE_BALANCE"] },
		],
		["lets a presale that is paid go on", { orderType: 2 }, { status: "WAIT_SHIP", platformHolds: [] }],
		["flags a presale paid at once", { orderType: 4 }, { flags: ["presale"], platformHolds: [] }],
		["flags what replaces returned goods", { orderType: 5 }, { flags: ["exchange"] }],
		["knows no time for what has not happened", { paidTime: 0, promiseLastDeliveryTime: 0 }, { paidAt: null }],
		["takes a flag it has no colour for as none", { sellerRemarkFlag: 99 }, { memo: { flag: "" } }],
	])("%s", (_what, changes, expected) => {
		expect(read(changes)).toMatchObject(expected);
	});

	it("has of its receiver what the platform told beside it", () => {
		const masked = { name: "王*", phone: "138****1234", address: "科技园****" };
		const { receiver } = read({ receiverTold: { cipher: sampleCipher, masked, town: "粤海街道" } });
		expect(receiver).toMatchObject({ ...masked, province: "广东省", town: "粤海街道" });
		expect(JSON.parse(receiver.cipher)).toEqual(sampleCipher);
	});

	it("masks people's data should they come in plain", () => {
		const masked = { name: "王小明", phone: "13800001234", address: "科技园路 1 号 2 栋" };
		const { receiver } = read({ receiverTold: { cipher: sampleCipher, masked, town: "" } });
		expect(receiver).toMatchObject({ name: "王**", phone: "*******1234", address: "****" });
	});

	describe("money", () => {
		it("takes the price of a piece from what is listed twice, one fen apart", () => {
			const piece = { skuId: setSku, quantity: 1, pricePerSku: 15800, rawPricePerSku: 15800 };
			const order = read({}, [{ skuDetailList: [piece, { ...piece, paidAmountPerSku: 15299 }] }, {}]);
			expect(order.lines[0]).toMatchObject({ priceFen: 15800, discountFen: 1000, paidFen: 30600 });
		});

		it("makes the price of a bundle of its totals", () => {
			const parts = [
				{ skuId: "a", quantity: 2, rawPricePerSku: 9000 },
				{ skuId: "b", quantity: 2, rawPricePerSku: 6800 },
			];
			expect(read({}, [{ erpcode: "", skuDetailList: parts }, {}]).lines[0]).toMatchObject({
				outerSku: "",
				priceFen: 15800,
				discountFen: 1000,
			});
		});

		it("gives a gift no price", () => {
			const gift = { skuTag: 1, totalPaidAmount: 0, totalRedDiscount: 0 };
			const order = read({ totalPayAmount: 31200, totalRedDiscount: 0 }, [{}, gift]);
			expect(order.lines[1]).toMatchObject({ gift: true, priceFen: 0, paidFen: 0, discountFen: 0 });
			expect(order.money).toMatchObject({ goodsFen: 31600, discountSellerFen: 1000 });
		});

		it("refuses an order whose lines do not make up what was paid, and says by how much", () => {
			expect(() => read({ totalPayAmount: 33191 })).toThrow(
				expect.objectContaining({ type: "PLATFORM_BAD_RECORD", data: { field: "payment", differenceFen: 1 } }),
			);
		});
	});

	it.each<[string, RawRecord, RawRecord]>([
		["orderId", { orderId: undefined }, {}],
		["orderStatus", { orderStatus: undefined }, {}],
		["createdTime", { createdTime: 0 }, {}],
		["updateTime", { updateTime: "today" }, {}],
		["skuList", { skuList: [] }, {}],
		["skuList", { skuList: "x" }, {}],
		["totalPayAmount", { totalPayAmount: 331.9 }, {}],
		["skuQuantity", {}, { skuQuantity: 0 }],
		["totalPaidAmount", {}, { totalPaidAmount: undefined }],
		["skuId", {}, { skuId: "" }],
	])("refuses a record whose %s cannot be right", (field, changes, line) => {
		expect(() => read(changes, [line, {}])).toThrow(
			expect.objectContaining({ type: "PLATFORM_BAD_RECORD", data: expect.objectContaining({ field }) }),
		);
	});
});
