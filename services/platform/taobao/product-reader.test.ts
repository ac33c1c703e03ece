import { describe, expect, it } from "vitest";
import type { RawRecord } from "../record.ts";
import { readProduct } from "./product-reader.ts";

const item = (changes: RawRecord = {}): RawRecord => ({
	num_iid: "680000000001",
	title: "加厚保温杯",
	outer_id: "CUP",
	price: "39.00",
	num: 312,
	approve_status: "onsale",
	pic_url: "https://img.example/1.jpg",
	modified: "2026-03-17 12:00:00",
	skus: {
		sku: [
			{
				sku_id: "5000000000001",
				outer_id: "CUP-BK-500",
				barcode: "6901234567892",
				properties_name: "1627207:28341:颜色:黑色;122216343:500:容量:500ml",
				quantity: 300,
				price: "39.90",
				status: "normal",
			},
			{ sku_id: "5000000000002", outer_id: "", properties_name: "", quantity: 12, price: "39.00", status: "delete" },
		],
	},
	...changes,
});
const read = (changes?: RawRecord) => readProduct("shop-1", item(changes));

describe("readProduct", () => {
	it("puts a product and its SKUs into our words", () => {
		const product = read();
		expect(product).toMatchObject({
			productNo: "680000000001",
			outerCode: "CUP",
			status: "ON_SALE",
			rawStatus: "onsale",
			modifiedAt: new Date("2026-03-17T04:00:00Z"),
		});
		expect(product.skus).toEqual([
			{
				platformSkuId: "5000000000001",
				outerSku: "CUP-BK-500",
				spec: "颜色:黑色;容量:500ml",
				barcode: "6901234567892",
				imageUrl: "https://img.example/1.jpg",
				priceFen: 3990,
				stock: 300,
				onSale: true,
			},
			expect.objectContaining({ platformSkuId: "5000000000002", spec: "", onSale: false }),
		]);
	});

	it("makes one SKU of a product without any", () => {
		expect(read({ skus: undefined }).skus).toMatchObject([
			{ platformSkuId: "", outerSku: "CUP", priceFen: 3900, stock: 312, onSale: true },
		]);
	});

	it("knows what is off sale, and refuses a state it does not know", () => {
		const off = read({ approve_status: "instock" });
		expect([off.status, ...off.skus.map(({ onSale }) => onSale)]).toEqual(["OFF_SALE", false, false]);
		const unknown = expect.objectContaining({ type: "PLATFORM_UNKNOWN_STATUS" });
		expect(() => read({ approve_status: "sleeping" })).toThrow(unknown);
	});
});
