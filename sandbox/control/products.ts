import type { PlatformSimulator } from "../platforms/platform.ts";
import type { ShelfProduct } from "../platforms/shelf.ts";
import type { Simulators } from "../simulators.ts";
import { Input, InputProblem, wrong } from "./input.ts";

const mostFen = 100_000_000;

/**
 * `POST /_control/platforms/:platform/products/:productId {shopId?, title?, priceFen?, stock?: {sku: n}}` → the product's row
 * as in the truth: the seller changes a product on the platform's own pages. `priceFen`: of each of its SKUs; `stock`: by
 * merchant code. Its modified time moves.
 */
export function changeProduct({ shelf }: Simulators, platform: PlatformSimulator, id: string, text: string): object {
	const input = Input.body(text, ["shopId", "title", "priceFen", "stock"]);
	const shopId = input.text("shopId") ?? platform.shops.all[0]?.shopId ?? "";
	if (!platform.shops.shop(shopId)) throw wrong("shopId", `is no shop of ${platform.name}`);
	const product = shelf.product(platform.name, shopId, id);
	if (!product) throw new InputProblem(404, "id", `${shopId} has no product ${id}`);
	const title = input.has("title") ? input.neededText("title") : product.title;
	const priceFen = input.int("priceFen", 1, mostFen);
	const stock = stockOf(product, input);
	product.title = title;
	for (const sku of product.skus) {
		sku.priceFen = priceFen ?? sku.priceFen;
		sku.stock = stock.get(sku.sku) ?? sku.stock;
	}
	shelf.changed(product);
	return productRow(product);
}

function stockOf(product: ShelfProduct, input: Input): Map<string, number> {
	if (!input.has("stock")) return new Map();
	const codes = product.skus.map(({ sku }) => sku);
	const fields = new Input(input.any("stock"), codes, "stock");
	return new Map(codes.filter((sku) => fields.has(sku)).map((sku) => [sku, fields.int(sku, 0, 1_000_000_000) ?? 0]));
}

export function productRow(product: ShelfProduct): object {
	const { platform, shopId, productId, title, skus, modifiedMs } = product;
	return {
		platform,
		shopId,
		productId,
		title,
		skus: skus.map(({ platformSkuId, sku, priceFen, stock }) => ({ platformSkuId, sku, priceFen, stock })),
		modifiedAt: new Date(modifiedMs).toISOString(),
	};
}
