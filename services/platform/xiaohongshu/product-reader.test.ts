import { describe, expect, it } from "vitest";
import type { RawRecord } from "../record.ts";
import { productModifiedAt, readProduct } from "./product-reader.ts";

const sku = (id: string, changes: RawRecord = {}): RawRecord => ({
	id,
	itemId: "687a004a4485460001faf000",
	erpCode: `SJT-${id}`,
	barcode: "6901234567890",
	price: 15800,
	stock: 88,
	variants: [
		{ name: "颜色", value: "蓝色" },
		{ name: "尺寸", value: "1.8m" },
	],
	buyable: true,
	specImage: "https://qimg.example.com/s.jpg",
	updateTime: 1762700000000,
	...changes,
});

const product = (...skuInfos: RawRecord[]): RawRecord => ({
	itemInfo: {
		id: "687a004a4485460001faf000",
		name: "纯棉四件套",
		articleNo: "SJT-180",
		images: ["https://qimg.example.com/a.jpg"],
		updateTime: 1762700001000,
	},
	skuInfos,
});

describe("readProduct", () => {
	it("puts a product into our words", () => {
		expect(readProduct("shop-1", product(sku("a")))).toEqual({
			platform: "xiaohongshu",
			shopId: "shop-1",
			productNo: "687a004a4485460001faf000",
			outerCode: "SJT-180",
			title: "纯棉四件套",
			imageUrl: "https://qimg.example.com/a.jpg",
			status: "ON_SALE",
			rawStatus: "buyable",
			modifiedAt: new Date(1762700001000),
			skus: [
				{
					platformSkuId: "a",
					outerSku: "SJT-a",
					spec: "颜色:蓝色;尺寸:1.8m",
					barcode: "6901234567890",
					imageUrl: "https://qimg.example.com/s.jpg",
					priceFen: 15800,
					stock: 88,
					onSale: true,
				},
			],
		});
	});

	it("sells while one of its SKUs does", () => {
		const off = { buyable: false };
		expect(readProduct("shop-1", product(sku("a", off), sku("b"))).status).toBe("ON_SALE");
		expect(readProduct("shop-1", product(sku("a", off), sku("b", off))).status).toBe("OFF_SALE");
	});

	it("has changed when any of its SKUs has", () => {
		const newer = sku("b", { updateTime: 1762800000000 });
		expect(productModifiedAt(product(sku("a"), newer))).toEqual(new Date(1762800000000));
	});

	it("refuses a SKU without a price", () => {
		expect(() => readProduct("shop-1", product(sku("a", { price: null })))).toThrow(
			expect.objectContaining({ type: "PLATFORM_BAD_RECORD", data: { field: "price" } }),
		);
	});
});
