import { describe, expect, it } from "vitest";
import type { RawRecord } from "../record.ts";
import { productLists, productModifiedAt, readProduct } from "./products.ts";

const sku = (changes: RawRecord = {}): RawRecord => ({
	kwaiSkuId: 21234567890123,
	skuNick: "SJT-180-BLUE",
	skuStock: 88,
	skuSalePrice: 15800,
	specification: "蓝色;1.8m",
	isValid: 1,
	gtinCode: "6901234567892",
	updateTime: 1762700000000,
	...changes,
});
const item = (changes: RawRecord = {}): RawRecord => ({
	kwaiItemId: "11234567890123456",
	relItemId: 0,
	title: "纯棉四件套",
	mainImageUrl: "https://p2.example.com/a.jpg",
	skuList: [sku()],
	...changes,
});

describe("readProduct", () => {
	it("puts a whole product into our words", () => {
		expect(readProduct("shop-1", item({ onOfflineStatus: 1, relItemId: 7, updateTime: 1762800000000 }))).toEqual({
			platform: "kuaishou",
			shopId: "shop-1",
			productNo: "11234567890123456",
			outerCode: "7",
			title: "纯棉四件套",
			imageUrl: "https://p2.example.com/a.jpg",
			status: "ON_SALE",
			rawStatus: "1",
			modifiedAt: new Date(1762800000000),
			skus: [
				{
					platformSkuId: "21234567890123",
					outerSku: "SJT-180-BLUE",
					spec: "蓝色;1.8m",
					barcode: "6901234567892",
					imageUrl: "",
					priceFen: 15800,
					stock: 88,
					onSale: true,
				},
			],
		});
	});

	it.each([
		[undefined, "ON_SALE"],
		[1, "ON_SALE"],
		[2, "OFF_SALE"],
	])("reads onOfflineStatus %s as %s", (onOfflineStatus, status) => {
		expect(readProduct("shop-1", item({ onOfflineStatus })).status).toBe(status);
	});

	it("refuses an unknown status", () => {
		const unknown = expect.objectContaining({ type: "PLATFORM_UNKNOWN_STATUS" });
		expect(() => readProduct("shop-1", item({ onOfflineStatus: 9 }))).toThrow(unknown);
	});

	it("takes the latest time it is told, be it a SKU's", () => {
		expect(productModifiedAt(item())).toEqual(new Date(1762700000000));
		expect(productModifiedAt(item({ updateTime: 1, skuList: [sku({ updateTime: 5 })] }))).toEqual(new Date(5));
		expect(productModifiedAt(item({ skuList: [] }))).toEqual(new Date(0));
	});
});

describe("a list of products", () => {
	it("answers rows that carry their documents", () => {
		const [step] = [...productLists[0].page({ from: new Date(0), to: new Date() }, 1)];
		const body = JSON.stringify({ result: 1, data: { totalItemCount: 1, items: [item()] } });
		const rows = [{ id: "11234567890123456", modifiedAt: new Date(1762700000000), raw: item() }];
		expect(step?.read({ status: 200, body, at: new Date() })).toEqual(rows);
	});

	it("whose count is missing is unreadable", () => {
		const [step] = [...productLists[0].count({ from: new Date(0), to: new Date() })];
		const bad = expect.objectContaining({ type: "PLATFORM_BAD_RESPONSE" });
		expect(() => step?.read({ status: 200, body: '{"result":1,"data":{}}', at: new Date() })).toThrow(bad);
	});
});
