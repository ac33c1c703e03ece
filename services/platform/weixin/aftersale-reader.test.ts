import { describe, expect, it } from "vitest";
import type { RawRecord } from "../record.ts";
import { readAftersale } from "./aftersale-reader.ts";
import { sampleAftersale, sampleParcel } from "./sample-documents.ts";

const read = (changes: RawRecord = {}, parcels: readonly RawRecord[] = []) =>
	readAftersale("shop-1", sampleAftersale(changes, parcels));

describe("readAftersale", () => {
	it("puts a whole after-sale into our words", () => {
		expect(read()).toEqual({
			platform: "weixin",
			shopId: "shop-1",
			aftersaleNo: "2000000123456789",
			orderNo: "3720293415509954816",
			type: "RETURN_REFUND",
			status: "WAIT_BUYER_RETURN",
			rawType: "RETURN/DEFAULT",
			rawStatus: "USER_WAIT_RETURN",
			lines: [
				{
					lineId: "10000083030598:1877618409",
					platformSkuId: "1877618409",
					outerSku: "SJT-180-BLUE",
					title: "纯棉四件套",
					quantity: 1,
					refundFen: 15300,
				},
			],
			refundFen: 15300,
			reason: "不想要了",
			buyerNote: "不想要了",
			evidence: ["m-1"],
			refusal: "",
			returnParcel: null,
			deadline: new Date(1763488380_000),
			appliedAt: new Date(1762880000_000),
			modifiedAt: new Date(1762883600_000),
		});
	});

	it.each([
		["nothing has left", [], "REFUND_BEFORE_SHIP"],
		["the goods had left", [sampleParcel()], "REFUND_ONLY"],
		["the goods left after it was refused", [sampleParcel({ delivery_time: 1762880001 })], "REFUND_BEFORE_SHIP"],
		[
			"other goods of the order had left",
			[sampleParcel({ product_infos: [{ product_id: "1", sku_id: "2", product_cnt: 1 }] })],
			"REFUND_BEFORE_SHIP",
		],
	])("a refund when %s is %3$s", (_what, parcels, type) => {
		expect(read({ type: "REFUND", status: "MERCHANT_PROCESSING" }, parcels).type).toBe(type);
	});

	it("tells a refund that only makes a fallen price good apart", () => {
		expect(read({ type: "REFUND", sub_type: "REFUND_PRICE_DIFF" }, [sampleParcel()]).type).toBe("PRICE_PROTECT");
	});

	it("tells what comes back, and the seller's words", () => {
		const changes = {
			status: "MERCHANT_REJECT_RETURN",
			return_info: { waybill_id: "YT1234567890123", delivery_id: "YTO" },
			merchant_upload_info: { reject_reason: "商品影响二次销售" },
		};
		expect(read(changes)).toMatchObject({
			status: "REFUSED",
			returnParcel: { carrier: "YTO", trackingNo: "YT1234567890123" },
			refusal: "商品影响二次销售",
		});
	});

	it.each([
		["reason", { reason: "SOMETHING_NEW" }, { reason: "SOMETHING_NEW" }],
		["deadline", { deadline_at: undefined }, { deadline: null }],
		["refund", { type: "EXCHANGE", refund_info: {} }, { type: "EXCHANGE", refundFen: 0 }],
	])("goes on with a %s that is new or missing", (_field, changes, expected) => {
		expect(read(changes)).toMatchObject(expected);
	});

	it.each([
		["status", { status: "SOMETHING_NEW" }],
		["type", { type: "SOMETHING_NEW" }],
	])("refuses an unknown %s rather than guess", (field, changes) => {
		expect(() => read(changes)).toThrow(expect.objectContaining({ type: "PLATFORM_UNKNOWN_STATUS", data: { field } }));
	});
});
