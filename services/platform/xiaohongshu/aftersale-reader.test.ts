import { describe, expect, it } from "vitest";
import type { RawRecord } from "../record.ts";
import { readAftersale } from "./aftersale-reader.ts";
import { sampleAftersale } from "./samples.ts";

const read = (changes: RawRecord = {}, logistics?: RawRecord) =>
	readAftersale("shop-1", sampleAftersale(changes, logistics));

describe("readAftersale", () => {
	it("puts a whole after-sale into our words, yuan to fen", () => {
		expect(read()).toEqual({
			platform: "xiaohongshu",
			shopId: "shop-1",
			aftersaleNo: "R6242141112658161",
			orderNo: "P768291112062421411",
			type: "RETURN_REFUND",
			status: "WAIT_SELLER_RECEIVE",
			rawType: "1",
			rawStatus: "3/101",
			lines: [
				{
					lineId: "687a004a4485460001faf055",
					platformSkuId: "687a004a4485460001faf055",
					outerSku: "SJT-180-BLUE",
					title: "纯棉四件套",
					quantity: 1,
					refundFen: 14810,
				},
			],
			refundFen: 15410,
			reason: "不喜欢/不想要",
			buyerNote: "颜色不对",
			evidence: ["https://qimg.example.com/p.jpg"],
			refusal: "",
			returnParcel: { carrier: "YTO", trackingNo: "YT8800000000099" },
			deadline: new Date(1763488400000),
			appliedAt: new Date(1762880000000),
			modifiedAt: new Date(1762970000000),
		});
	});

	it.each([
		[1, "RETURN_REFUND"],
		[2, "EXCHANGE"],
		[4, "REFUND_ONLY"],
		[5, "REFUND_BEFORE_SHIP"],
		[6, "PRICE_PROTECT"],
	])("reads type %i as %s", (returnType, type) => {
		expect(read({ returnType })).toMatchObject({ type, rawType: String(returnType) });
	});

	it.each([
		[1, "APPLIED"],
		[2, "WAIT_BUYER_RETURN"],
		[3, "WAIT_SELLER_RECEIVE"],
		[5, "CLOSED"],
		[6, "CLOSED"],
		[9, "REFUSED"],
		[9001, "REFUSED"],
		[11, "PLATFORM_HANDLING"],
		[12, "WAIT_SELLER_SHIP"],
		[13, "WAIT_BUYER_CONFIRM"],
		[14, "PLATFORM_HANDLING"],
	])("reads status %i as %s", (status, ours) => {
		expect(read({ status }).status).toBe(ours);
	});

	it.each([
		[101, "PLATFORM_HANDLING"],
		[108, "PLATFORM_HANDLING"],
		[201, "PLATFORM_HANDLING"],
		[301, "PLATFORM_HANDLING"],
		[302, "PLATFORM_HANDLING"],
		[1, "PLATFORM_HANDLING"],
		[2, "DONE"],
		[3, "PLATFORM_HANDLING"],
		[401, "CLOSED"],
		[402, "CLOSED"],
	])("takes a finished one with refund status %i as %s", (refundStatus, ours) => {
		expect(read({ status: 4, refundStatus })).toMatchObject({ status: ours, rawStatus: `4/${refundStatus}` });
	});

	it("needs no refund for an exchange to be done", () => {
		expect(read({ returnType: 2, status: 4, refundStatus: 0 }).status).toBe("DONE");
	});

	it.each<[string, RawRecord]>([
		["status", { status: 7 }],
		["returnType", { returnType: 3 }],
		["refundStatus", { status: 4, refundStatus: 9 }],
	])("refuses an unknown %s rather than guess", (field, changes) => {
		expect(() => read(changes)).toThrow(expect.objectContaining({ type: "PLATFORM_UNKNOWN_STATUS", data: { field } }));
	});

	it.each<[string, RawRecord, RawRecord | undefined, object]>([
		["tells what went back", { status: 4, refundStatus: 2, refundAmountYuan: 100.01 }, undefined, { refundFen: 10001 }],
		["has no deadline while it is not the seller's turn", { expireTime: -1 }, undefined, { deadline: null }],
		["has no parcel before there is one", {}, { afterSale: null }, { returnParcel: null }],
		[
			"keeps a carrier that we do not know",
			{},
			{ afterSale: { expressNo: "1", expressCompanyCode: "danniao" } },
			{
				returnParcel: { carrier: "danniao", trackingNo: "1" },
			},
		],
		["tells why it was refused", { status: 9, closeReasonZh: "商品已发出" }, undefined, { refusal: "商品已发出" }],
	])("%s", (_what, changes, logistics, expected) => {
		expect(read(changes, logistics)).toMatchObject(expected);
	});

	it.each<[string, RawRecord]>([
		["returnsId", { returnsId: undefined }],
		["updatedAt", { updatedAt: 0 }],
		["expectedRefundAmountYuan", { expectedRefundAmountYuan: 1.005 }],
	])("refuses a record whose %s cannot be right", (field, changes) => {
		expect(() => read(changes)).toThrow(
			expect.objectContaining({ type: "PLATFORM_BAD_RECORD", data: expect.objectContaining({ field }) }),
		);
	});
});
