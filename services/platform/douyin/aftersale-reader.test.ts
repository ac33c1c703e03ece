import { describe, expect, it } from "vitest";
import type { RawRecord } from "../record.ts";
import { readAftersale } from "./aftersale-reader.ts";
import { sampleAftersale } from "./samples.ts";

const read = (changes: RawRecord = {}) => readAftersale("shop-1", sampleAftersale(changes));

describe("readAftersale", () => {
	it("puts a whole after-sale into our words, ids of 19 digits included", () => {
		expect(read()).toEqual({
			platform: "douyin",
			shopId: "shop-1",
			aftersaleNo: "7042212345678909999",
			orderNo: "6935512345678901234",
			type: "RETURN_REFUND",
			status: "WAIT_SELLER_RECEIVE",
			rawType: "0",
			rawStatus: "11/1",
			lines: [
				{
					lineId: "6935512345678901235",
					platformSkuId: "1723456789012345678",
					outerSku: "SJT-180-BLUE",
					title: "纯棉四件套",
					quantity: 1,
					refundFen: 14800,
				},
			],
			refundFen: 14800,
			reason: "不想要了",
			buyerNote: "颜色不对",
			evidence: ["https://img.example/e.jpg"],
			refusal: "",
			returnParcel: { carrier: "YTO", trackingNo: "YT8800000000099" },
			deadline: new Date(1763488400_000),
			appliedAt: new Date(1762880000_000),
			modifiedAt: new Date(1762970000_000),
		});
	});

	it.each([
		[0, "RETURN_REFUND"],
		[1, "REFUND_ONLY"],
		[2, "REFUND_BEFORE_SHIP"],
		[3, "EXCHANGE"],
		[4, "REFUND_BEFORE_SHIP"],
		[5, "REFUND_BEFORE_SHIP"],
		[6, "PRICE_PROTECT"],
		[7, "RESEND"],
		[8, "REPAIR"],
	])("reads type %i as %s", (after_sale_type, type) => {
		expect(read({ after_sale_type }).type).toBe(type);
	});

	it.each([
		[6, 1, "APPLIED"],
		[7, 1, "WAIT_BUYER_RETURN"],
		[11, 1, "WAIT_SELLER_RECEIVE"],
		[8, 0, "WAIT_SELLER_SHIP"],
		[13, 0, "WAIT_BUYER_CONFIRM"],
		[3, 0, "WAIT_BUYER_CONFIRM"],
		[14, 0, "DONE"],
		[12, 3, "DONE"],
		[12, 1, "PLATFORM_HANDLING"],
		[12, 2, "PLATFORM_HANDLING"],
		[12, 4, "PLATFORM_HANDLING"],
		[12, 5, "PLATFORM_HANDLING"],
		[27, 1, "REFUSED"],
		[29, 1, "REFUSED"],
		[28, 0, "CLOSED"],
		[51, 0, "CLOSED"],
		[53, 3, "DONE"],
	])("reads status %i with refund_status %i as %s", (after_sale_status, refund_status, status) => {
		expect(read({ after_sale_status, refund_status }).status).toBe(status);
	});

	it.each<[string, RawRecord]>([
		["aftersale_status", { after_sale_status: 99 }],
		["aftersale_type", { after_sale_type: 99 }],
		["refund_status", { refund_status: 99 }],
	])("refuses an unknown %s rather than guess", (field, changes) => {
		expect(() => read(changes)).toThrow(expect.objectContaining({ type: "PLATFORM_UNKNOWN_STATUS", data: { field } }));
	});

	it("tells the seller's words of a refusal", () => {
		const raw = sampleAftersale({ after_sale_status: 27 }) as { process_info: RawRecord };
		raw.process_info.record_logs_list = [
			{ time: "2025-11-12 02:00:00", text: "商品完好" },
			{ time: "2025-11-12 01:00:00", text: "不想要了" },
		];
		expect(readAftersale("shop-1", raw).refusal).toBe("商品完好");
	});

	it("keeps the name of a carrier the platform has no code for", () => {
		const raw = sampleAftersale() as { process_info: RawRecord };
		raw.process_info.logistics_info = { return: { tracking_no: "X1", company_name: "跨越速运", company_code: "" } };
		expect(readAftersale("shop-1", raw).returnParcel).toEqual({ carrier: "跨越速运", trackingNo: "X1" });
	});
});
