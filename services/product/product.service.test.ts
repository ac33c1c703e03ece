import type { ServiceBroker } from "moleculer";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { startBroker } from "../../test/broker.ts";
import SkuService from "../sku/sku.service.ts";
import { type Product, ProductModel } from "./product.model.ts";
import ProductService from "./product.service.ts";
import type { PlatformProduct } from "./product.ts";

const at = (second: number): Date => new Date(1_700_000_000_000 + second * 1_000);
const sku = (code: string, stock = 5) => ({
	platformSkuId: `p-${code}`,
	outerSku: code,
	spec: "颜色:黑色",
	barcode: "",
	imageUrl: "",
	priceFen: 3_900,
	stock,
	onSale: true,
});
const product = (changes: Partial<PlatformProduct> = {}): PlatformProduct => ({
	platform: "jd",
	shopId: "s1",
	productNo: "100",
	outerCode: "CUP",
	title: "加厚保温杯",
	imageUrl: "",
	status: "ON_SALE",
	rawStatus: "8",
	modifiedAt: at(1),
	skus: [sku("CUP-BK"), sku("CUP-WT")],
	...changes,
});

let broker: ServiceBroker;
const save = (changes: Partial<PlatformProduct> = {}) =>
	broker.call<{ result: string }, object>("product.save", product(changes));
const list = async (query: object, meta: object = {}) =>
	(await broker.call<{ items: Product[] }, object>("product.list", query, { meta })).items;

beforeAll(async () => {
	broker = await startBroker(ProductService, SkuService);
});
afterEach(() => ProductModel.deleteMany({}));
afterAll(() => broker?.stop());

describe("a product", () => {
	it("is stored with its SKUs, and the same again changes nothing", async () => {
		expect(await save()).toEqual({ id: "jd:s1:100", result: "created" });
		expect(await save()).toMatchObject({ result: "unchanged" });
		expect(await broker.call("product.get", { id: "jd:s1:100" })).toMatchObject(product());
	});

	it("follows the platform, and an older telling changes nothing", async () => {
		await save({ modifiedAt: at(5) });
		expect(await save({ modifiedAt: at(4), title: "old" })).toMatchObject({ result: "stale" });
		expect(await save({ modifiedAt: at(5), skus: [sku("CUP-BK", 0)] })).toMatchObject({ result: "updated" });
		const [stored] = await list({});
		expect(stored).toMatchObject({ title: "加厚保温杯", skus: [{ stock: 0 }] });
	});

	it("is found by its codes, and only by those who may see its shop", async () => {
		await save();
		expect(await list({ q: "CUP-WT nothing" })).toHaveLength(1);
		expect(await list({ q: "CUP-W" })).toEqual([]);
		expect(await list({ status: "OFF_SALE" })).toEqual([]);
		expect(await list({}, { shops: ["another"] })).toEqual([]);
		const asked = broker.call("product.get", { id: "jd:s1:100" }, { meta: { shops: ["another"] } });
		await expect(asked).rejects.toMatchObject({ type: "NOT_FOUND" });
	});
});
