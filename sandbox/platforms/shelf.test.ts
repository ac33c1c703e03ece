import { afterEach, beforeEach, expect, it } from "vitest";
import { seeded } from "../random.ts";
import { type OpenMarket, openMarket } from "../testing/market.ts";
import { fillBasket } from "./buyers.ts";

let open: OpenMarket;
beforeEach(() => {
	open = openMarket();
});
afterEach(() => open.end());

const products = () => open.shelf.products("plain", "plain-demo");

it("holds more products than a page of thirty, each a minute older than the one before", () => {
	expect(products()).toHaveLength(45);
	products().forEach((product, at) => {
		expect(product.modifiedMs).toBe((products()[0]?.modifiedMs ?? 0) - at * 60_000);
	});
	expect(products().some(({ onSale }) => !onSale)).toBe(true);
	const skus = products().flatMap((product) => product.skus);
	expect(new Set(skus.map(({ platformSkuId }) => platformSkuId)).size).toBe(skus.length);
	expect(new Set(skus.map(({ barcode }) => barcode)).size).toBe(skus.length);
});

it("sells what buyers buy, at the same price", () => {
	const [line] = fillBasket(seeded("a"), null).lines;
	expect(open.shelf.sku("plain", "plain-demo", line?.platformSkuId ?? "")).toMatchObject({
		sku: line?.sku,
		priceFen: line?.priceFen,
	});
});

it("moves a product's time with its stock, and keeps both over a restart", () => {
	const [product] = products();
	const skuId = product?.skus[0]?.platformSkuId ?? "";
	const beforeMs = product?.modifiedMs ?? 0;
	expect(open.shelf.setStock("plain", "plain-demo", skuId, 7)?.stock).toBe(7);
	expect(open.shelf.addStock("plain", "plain-demo", skuId, -9)?.stock).toBe(0);
	expect(open.shelf.setStock("plain", "plain-demo", "none", 1)).toBeUndefined();
	expect(product?.modifiedMs).toBeGreaterThan(beforeMs);
	const before = structuredClone(products());
	open = open.reopened();
	expect(products()).toEqual(before);
	open.shelf.reset();
	expect(open.shelf.sku("plain", "plain-demo", skuId)?.stock).toBeGreaterThan(0);
});
