import { describe, expect, it } from "vitest";
import type { RawRecord } from "../record.ts";
import { readOrder } from "./order-reader.ts";
import { sampleGift, sampleOrder } from "./samples.ts";

type Changes = Readonly<Record<string, RawRecord | RawRecord[]>>;

const read = (changes: Changes = {}) => readOrder("shop-1", sampleOrder(changes));
const withBase = (base: RawRecord, more: Changes = {}) => read({ orderBaseInfo: base, ...more });

describe("readOrder", () => {
	it("puts a whole order into our words", () => {
		expect(read()).toEqual({
			platform: "kuaishou",
			shopId: "shop-1",
			orderNo: "2631500012345678901",
			status: "WAIT_SHIP",
			rawStatus: "30",
			flags: [],
			placedAt: new Date(1762789000000),
			paidAt: new Date(1762789060000),
			modifiedAt: new Date(1762789065000),
			shipDeadline: new Date(1762961860000),
			buyer: { nick: "小***", openId: "f18d0bffaa11" },
			receiver: {
				name: "张*",
				phone: "138****0000",
				address: "科技园****",
				province: "广东省",
				city: "深圳市",
				district: "南山区",
				town: "粤海街道",
				cipher: '{"name":"KSx1A+b/==","phone":"KSm2B+c/==","address":"KSa3C+d/=="}',
				platformKey: "",
			},
			memo: { buyer: "请发顺丰", seller: "", flag: "" },
			money: {
				goodsFen: 15800,
				freightFen: 600,
				discountSellerFen: 1000,
				discountPlatformFen: 0,
				paidFen: 15400,
				receivableFen: 15400,
			},
			lines: [
				{
					lineId: "2631500012345678901",
					platformSkuId: "21234567890123",
					outerSku: "SJT-180-BLUE",
					title: "纯棉四件套",
					spec: "蓝色;1.8m",
					imageUrl: "https://p2.example.com/a.jpg",
					quantity: 1,
					priceFen: 15800,
					discountFen: 1000,
					paidFen: 14800,
					gift: false,
					status: "WAIT_SHIP",
					refund: "NONE",
				},
			],
			platformHolds: [],
		});
	});

	it.each([
		[10, 0, "WAIT_PAY"],
		[30, 0, "WAIT_SHIP"],
		[30, 1, "PART_SHIPPED"],
		[30, 3, "SHIPPED"],
		[40, 0, "SHIPPED"],
		[40, 2, "PART_SHIPPED"],
		[40, 3, "SHIPPED"],
		[50, 3, "SHIPPED"],
		[70, 3, "COMPLETED"],
		[80, 0, "CLOSED"],
		[80, 1, "CLOSED"],
	])("reads %i with %i of 3 pieces delivered as %s", (status, deliveryNum, expected) => {
		const order = withBase({ status }, { orderItemInfo: { num: 3 }, orderDeliveryInfo: { deliveryNum } });
		expect(order).toMatchObject({ status: expected, rawStatus: String(status), lines: [{ status: expected }] });
	});

	it.each<[string, Changes]>([
		["status", { orderBaseInfo: { status: 0 } }], // the platform's own word for unknown
		["status", { orderBaseInfo: { status: 65 } }],
		["status", { orderBaseInfo: { status: "constructor" } }],
		["refundStatus", { orderRefundList: [{ refundId: 1, refundStatus: 99 }] }],
		["status", { subOrderInfo: [sampleGift(65)] }],
	])("refuses an unknown %s rather than guess", (field, changes) => {
		expect(() => read(changes)).toThrow(expect.objectContaining({ type: "PLATFORM_UNKNOWN_STATUS", data: { field } }));
	});

	it.each([
		[[10], "APPLIED", ["REFUND_APPLIED"]],
		[[11], "APPLIED", ["REFUND_APPLIED"]],
		[[12], "APPLIED", ["REFUND_APPLIED"]],
		[[20], "APPLIED", ["REFUND_APPLIED"]],
		[[21], "APPLIED", ["REFUND_APPLIED"]],
		[[22], "APPLIED", ["REFUND_APPLIED"]],
		[[30], "APPLIED", ["REFUND_APPLIED"]],
		[[40], "APPLIED", ["REFUND_APPLIED"]],
		[[45], "APPLIED", ["REFUND_APPLIED"]],
		[[50], "APPLIED", ["REFUND_APPLIED"]],
		[[60], "DONE", []],
		[[70], "NONE", []],
		[[70, 60], "DONE", []],
		[[70, 10], "APPLIED", ["REFUND_APPLIED"]],
		[[10, 60], "APPLIED", ["REFUND_APPLIED"]],
	])("reads refunds in %j as %s, held for %j", (states, refund, holds) => {
		const order = read({ orderRefundList: states.map((refundStatus, at) => ({ refundId: at + 1, refundStatus })) });
		expect(order.lines[0]?.refund).toBe(refund);
		expect(order.platformHolds).toEqual(holds);
	});

	it("does not hold an order that is over", () => {
		const refunding = { orderRefundList: [{ refundId: 1, refundStatus: 10 }] };
		expect(withBase({ status: 80 }, refunding).platformHolds).toEqual([]);
		expect(withBase({ status: 70 }, refunding).platformHolds).toEqual([]);
	});

	it.each<[string, Changes, object]>([
		[
			"a group that is not full yet",
			{ orderBaseInfo: { disableDeliveryReasonCode: [1] } },
			{ status: "WAIT_SHIP", flags: ["group"], platformHolds: ["RISK"] },
		],
		[
			"a risk check",
			{ orderBaseInfo: { disableDeliveryReasonCode: [2] } },
			{ flags: ["risk-check"], platformHolds: ["RISK"] },
		],
		["an order of the risk list", { orderBaseInfo: { riskCode: 10001 } }, { platformHolds: ["RISK"] }],
		[
			"another reason not to ship",
			{ orderBaseInfo: { disableDeliveryReasonCode: [7] } },
			{ flags: ["forbid-consign"], platformHolds: ["RISK"] },
		],
		[
			"a presale whose balance is owed",
			{
				orderBaseInfo: { status: 10, preSale: 1 },
				orderStepInfo: { orderPaymentSteps: [{ payStepNo: 1 }, { payStepNo: 2 }] },
			},
			{ status: "WAIT_PAY", flags: ["presale"], platformHolds: ["PRESALE_BALANCE"] },
		],
		[
			"a presale that is paid in full",
			{ orderStepInfo: { orderPaymentSteps: [{ payStepNo: 1 }, { payStepNo: 2 }] } },
			{ status: "WAIT_SHIP", flags: ["presale"], platformHolds: [] },
		],
		["virtual goods", { orderBaseInfo: { coType: 3 } }, { flags: ["virtual"] }],
		["an order that is not paid", { orderBaseInfo: { payTime: 0 } }, { paidAt: null }],
	])("shows %s", (_what, changes, expected) => {
		expect(read(changes)).toMatchObject(expected);
	});

	it("takes the newest note, which is the first, and its flag", () => {
		const orderNoteInfo = [
			{ createTime: 2, note: "优先", flagTagCode: "purple_flag_tag_order" },
			{ createTime: 1, note: "旧", flagTagCode: "red_flag_tag_order" },
		];
		expect(read({ orderNote: { orderNoteInfo } }).memo).toMatchObject({ seller: "优先", flag: "purple" });
	});

	it.each([
		["red_flag_tag_order", "red"],
		["yellow_flag_tag_order", "yellow"],
		["green_flag_tag_order", "green"],
		["blue_flag_tag_order", "blue"],
		["purple_flag_tag_order", "purple"],
		["grey_flag_tag_order", "grey"],
		["", ""],
		["pink_flag_tag_order", ""],
	])("reads the flag %s as %s", (flagTagCode, flag) => {
		expect(read({ orderNote: { orderNoteInfo: [{ note: "", flagTagCode }] } }).memo.flag).toBe(flag);
	});

	it("keeps no cipher of a receiver that is not whole, and masks what came in plain", () => {
		const { receiver } = read({
			orderAddress: {
				encryptedMobile: "",
				desensitiseConsignee: "张小明",
				desensitiseMobile: "13800001234",
				desensitiseAddress: "科技园路 1 号",
			},
		});
		expect(receiver).toMatchObject({ name: "张**", phone: "*******1234", address: "****", cipher: "" });
	});

	it("lists gifts as lines that cost nothing, and waits for them", () => {
		const order = withBase({ status: 40 }, { orderDeliveryInfo: { deliveryNum: 1 }, subOrderInfo: [sampleGift()] });
		expect(order.status).toBe("PART_SHIPPED");
		expect(order.lines[1]).toMatchObject({
			lineId: "2631500012345678902",
			quantity: 2,
			priceFen: 0,
			paidFen: 0,
			gift: true,
			status: "WAIT_SHIP",
		});
		const sent = { orderDeliveryInfo: { deliveryNum: 1 }, subOrderInfo: [sampleGift(40, 2)] };
		expect(withBase({ status: 40 }, sent).status).toBe("SHIPPED");
		expect(read({ subOrderInfo: [sampleGift(40, 2)] }).status).toBe("PART_SHIPPED");
	});

	it.each<[string, Changes]>([
		["num", { orderItemInfo: { num: 0 } }],
		["price", { orderItemInfo: { price: "158.00" } }],
		["totalFee", { orderBaseInfo: { totalFee: null } }],
		["updateTime", { orderBaseInfo: { updateTime: 0 } }],
		["createTime", { orderBaseInfo: { createTime: "2025-11-10" } }],
		["oid", { orderBaseInfo: { oid: null } }],
	])("names %s that cannot be right", (field, changes) => {
		expect(() => read(changes)).toThrow(expect.objectContaining({ type: "PLATFORM_BAD_RECORD", data: { field } }));
	});
});
