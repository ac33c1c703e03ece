import { describe, expect, it } from "vitest";
import type { RawRecord } from "../record.ts";
import { readAftersale } from "./aftersale-reader.ts";
import { sampleRefund } from "./samples.ts";

const read = (changes: RawRecord = {}) => readAftersale("shop-1", sampleRefund(changes));

describe("readAftersale", () => {
	it("puts a whole after-sale into our words", () => {
		expect(read()).toEqual({
			platform: "kuaishou",
			shopId: "shop-1",
			aftersaleNo: "2631500099990001234",
			orderNo: "2631500012345678901",
			type: "RETURN_REFUND",
			status: "WAIT_SELLER_RECEIVE",
			rawType: "1/0",
			rawStatus: "40/2",
			lines: [
				{
					lineId: "2631500012345678901",
					platformSkuId: "21234567890123",
					outerSku: "SJT-180-BLUE",
					title: "纯棉四件套",
					quantity: 1,
					refundFen: 14800,
				},
			],
			refundFen: 14800,
			reason: "不喜欢/不想要",
			buyerNote: "颜色不对",
			evidence: ["https://p2.example.com/b.jpg"],
			refusal: "",
			returnParcel: { carrier: "YTO", trackingNo: "YT8800000000099" },
			deadline: new Date(1763389000000),
			appliedAt: new Date(1762780000000),
			modifiedAt: new Date(1762870000000),
		});
	});

	it.each([
		[10, 1, "APPLIED"],
		[10, 3, "REFUSED"],
		[11, 1, "APPLIED"],
		[11, 3, "REFUSED"],
		[12, 1, "APPLIED"],
		[12, 3, "REFUSED"],
		[20, 1, "PLATFORM_HANDLING"],
		[21, 3, "PLATFORM_HANDLING"],
		[22, 2, "PLATFORM_HANDLING"],
		[30, 2, "WAIT_BUYER_RETURN"],
		[40, 2, "WAIT_SELLER_RECEIVE"],
		[40, 3, "REFUSED"],
		[45, 2, "WAIT_BUYER_CONFIRM"],
		[50, 2, "PLATFORM_HANDLING"],
		[60, 2, "DONE"],
		[70, 0, "CLOSED"],
		[70, 3, "CLOSED"],
	])("reads status %i in negotiation %i as %s", (status, negotiateStatus, expected) => {
		expect(read({ status, negotiateStatus })).toMatchObject({
			status: expected,
			rawStatus: `${status}/${negotiateStatus}`,
		});
	});

	it.each<[string, RawRecord, string]>([
		["1", { handlingWay: 1 }, "RETURN_REFUND"],
		["3", { handlingWay: 3 }, "EXCHANGE"],
		["4", { handlingWay: 4 }, "RESEND"],
		["5", { handlingWay: 5 }, "REPAIR"],
		["10 when the buyer has the goods", { handlingWay: 10, receiptStatus: 2 }, "REFUND_ONLY"],
		["10 when nothing was sent", { handlingWay: 10, receiptStatus: 1, order: { sendTime: 0 } }, "REFUND_BEFORE_SHIP"],
		["10 when the goods are on their way", { handlingWay: 10, receiptStatus: 1 }, "REFUND_ONLY"],
		[
			"10 when the goods were sent after it",
			{ handlingWay: 10, receiptStatus: 1, order: { sendTime: 1762790000000 } },
			"REFUND_BEFORE_SHIP",
		],
		["10 for a lower price", { handlingWay: 10, specialRefundType: 1 }, "PRICE_PROTECT"],
	])("reads way %s as %s", (_what, changes, type) => {
		expect(read(changes).type).toBe(type);
	});

	it.each<[string, RawRecord]>([
		["status", { status: 99 }],
		["negotiateStatus", { negotiateStatus: 9 }],
		["handlingWay", { handlingWay: 2 }],
		["specialRefundType", { specialRefundType: 5 }],
	])("refuses an unknown %s rather than guess", (field, changes) => {
		expect(() => read(changes)).toThrow(expect.objectContaining({ type: "PLATFORM_UNKNOWN_STATUS", data: { field } }));
	});

	it.each<[unknown, string[]]>([
		["", []],
		["[]", []],
		[null, []],
		[["https://a.example/1.jpg"], ["https://a.example/1.jpg"]],
	])("reads pictures %j", (pictures, evidence) => {
		expect(read({ pictures }).evidence).toEqual(evidence);
	});

	it("knows no parcel where there is none, and leaves a company it does not know as it is", () => {
		expect(read({ logisticsInfo: null }).returnParcel).toBeNull();
		const parcel = { expressNo: "X1", expressCode: 128 };
		expect(read({ logisticsInfo: parcel }).returnParcel).toEqual({ carrier: "128", trackingNo: "X1" });
	});
});
