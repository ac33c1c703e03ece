import { describe, expect, it } from "vitest";
import type { RawRecord } from "../record.ts";
import { aftersaleParams } from "./aftersale-number.ts";
import { readAftersale } from "./aftersale-reader.ts";
import { sampleItem } from "./sample-order.ts";

/** As `pdd.refund.information.get` is documented, with the items of its order. */
const sample = (changes: RawRecord = {}): RawRecord => ({
	id: 20260318001,
	order_sn: "260318-123456789012345",
	sku_id: "900000000001",
	after_sales_type: 2,
	after_sales_status: 3,
	after_sales_reason: "不想要了",
	remark: "拍错了",
	images: ["https://img.example/a.jpg"],
	goods_number: 2,
	goods_price: 3900,
	order_amount: 6900,
	discount_amount: 900,
	refund_amount: 6900,
	express_no: "",
	shipping_name: "",
	shipping_status: 1,
	recreated_at: 1773796200000,
	updated_time: "2026-03-18 09:10:00",
	expire_time: 1773969000000,
	join_or_not: "0",
	speed_refund_flag: 0,
	item_list: [sampleItem()],
	...changes,
});
const read = (changes: RawRecord = {}) => readAftersale("s1", sample(changes));

describe("an after-sale of 拼多多", () => {
	it("is read whole, its amounts being fen", () => {
		expect(read()).toEqual({
			platform: "pdd",
			shopId: "s1",
			aftersaleNo: "260318-123456789012345-20260318001",
			orderNo: "260318-123456789012345",
			type: "RETURN_REFUND",
			status: "APPLIED",
			rawType: "2/1",
			rawStatus: "3",
			lines: [
				{
					lineId: "600000000001:900000000001",
					platformSkuId: "900000000001",
					outerSku: "CUP-BK-500",
					title: "加厚保温杯",
					quantity: 2,
					refundFen: 6900,
				},
			],
			refundFen: 6900,
			reason: "不想要了",
			buyerNote: "拍错了",
			evidence: ["https://img.example/a.jpg"],
			refusal: "",
			returnParcel: null,
			deadline: new Date(1773969000000),
			appliedAt: new Date(1773796200000),
			modifiedAt: new Date("2026-03-18T01:10:00Z"),
		});
	});

	it("whose goods are on their way back waits for the seller to take them", () => {
		const returned = read({ express_no: "YT0000000000001", shipping_name: "圆通快递" });
		expect(returned).toMatchObject({
			status: "WAIT_SELLER_RECEIVE",
			returnParcel: { carrier: "YTO", trackingNo: "YT0000000000001" },
		});
	});

	it("keeps the platform's word for a carrier we have no code for", () => {
		expect(read({ express_no: "X1", shipping_name: "优速快递" }).returnParcel?.carrier).toBe("优速快递");
	});

	it("of an exchange knows the carrier by its number", () => {
		const exchange = { customer_send_back_ship_id: 44, customer_send_back_trunk_number: "SF1234567890123" };
		expect(read({ after_sales_type: 3, after_sales_status: 14, exchange_shipping_detail: exchange })).toMatchObject({
			type: "EXCHANGE",
			status: "WAIT_SELLER_RECEIVE",
			returnParcel: { carrier: "SF", trackingNo: "SF1234567890123" },
		});
	});

	it("without goods to come back stays applied for, whatever parcel it names", () => {
		const refund = { after_sales_type: 1, after_sales_status: 2, express_no: "YT0000000000001" };
		expect(read(refund)).toMatchObject({ status: "APPLIED", returnParcel: null });
	});

	it("reads its times in seconds as well as in milliseconds", () => {
		expect(read({ expire_time: 1773969000 }).deadline).toEqual(new Date(1773969000000));
		expect(read({ expire_time: null }).deadline).toBeNull();
	});

	it("with an amount that is not whole fen is refused: the unit would be another one", () => {
		expect(() => read({ refund_amount: "69.00" })).toThrow(expect.objectContaining({ type: "PLATFORM_BAD_RECORD" }));
	});

	it("is found by both numbers", () => {
		expect(aftersaleParams("260318-123456789012345-20260318001")).toEqual({
			order_sn: "260318-123456789012345",
			after_sales_id: "20260318001",
		});
		expect(() => aftersaleParams("20260318001")).toThrow(expect.objectContaining({ type: "PLATFORM_BAD_RECORD" }));
	});
});
