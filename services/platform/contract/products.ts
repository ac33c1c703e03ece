import { describe, expect, it } from "vitest";
import type { Bench } from "./bench.ts";

interface ProductRow {
	platform: string;
	productId: string;
	title: string;
	skus: { platformSkuId: string; sku: string; priceFen: number; stock: number }[];
}

export function productContract(bench: Bench): void {
	const { products, setStock } = bench.adapter;
	const truth = async (): Promise<ProductRow[]> =>
		(await bench.sandbox.truth<ProductRow>("kind=products")).filter(({ platform }) => platform === bench.adapter.name);

	describe("products", () => {
		it("are all listed, and are what the simulator knows", async () => {
			const listed = new Set<string>();
			for (const list of products.lists) for (const id of await bench.listed("products", list)) listed.add(id);
			const rows = await truth();
			expect([...listed].sort()).toEqual(rows.map(({ productId }) => productId).sort());
			for (const row of rows.slice(0, 5)) {
				const product = await bench.get("products", row.productId);
				expect(product).toMatchObject({ productNo: row.productId, title: row.title, status: "ON_SALE" });
				const skus = product.skus.map(({ platformSkuId, outerSku: sku, priceFen, stock }) => ({
					platformSkuId,
					sku,
					priceFen,
					stock,
				}));
				expect(skus).toEqual(
					row.skus.map(({ platformSkuId, sku, priceFen, stock }) => ({ platformSkuId, sku, priceFen, stock })),
				);
			}
		}, 30_000);

		if (setStock)
			it("take the stock they are told, up and down", async () => {
				const [product] = await truth();
				const sku = product?.skus[0];
				for (const quantity of [(sku?.stock ?? 0) + 7, 3]) {
					const wish = { productNo: product?.productId, platformSkuId: sku?.platformSkuId, quantity };
					await bench.call("stock.set", { ...wish, requestId: `stock-${quantity}` });
					expect((await truth())[0]?.skus[0]?.stock).toBe(quantity);
				}
			});
	});
}
