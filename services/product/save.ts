import { isDeepStrictEqual } from "node:util";
import { type Product, ProductModel } from "./product.model.ts";
import { type PlatformProduct, productId } from "./product.ts";
import { type ProductSkus, skusToLink } from "./skus.ts";

export interface Saved {
	id: string;
	result: "created" | "updated" | "unchanged" | "stale";
}

/**
 * Stores what a platform tells of a product. Safe to repeat; an older telling changes nothing. `link` gets the SKUs
 * that may be linked now, before they are stored: when it fails the pull tells them again.
 */
export async function saveProduct(
	incoming: PlatformProduct,
	link: (skus: ProductSkus) => Promise<unknown>,
): Promise<Saved> {
	const id = productId(incoming.platform, incoming.shopId, incoming.productNo);
	const stored = await ProductModel.findById(id).lean<Product>();
	if (stored && incoming.modifiedAt < stored.modifiedAt) return { id, result: "stale" };
	if (stored && isDeepStrictEqual(told(stored), incoming)) return { id, result: "unchanged" };
	const skus = skusToLink(stored, incoming);
	if (skus.length) await link({ platform: incoming.platform, shopId: incoming.shopId, skus });
	const notNewer = { _id: id, modifiedAt: { $lte: incoming.modifiedAt } };
	try {
		await ProductModel.updateOne(notNewer, { $set: incoming }, { upsert: true });
	} catch (err) {
		if ((err as { code?: number }).code === 11000) return { id, result: "stale" }; // a newer one came in between
		throw err;
	}
	return { id, result: stored ? "updated" : "created" };
}

function told({ _id: _, createdAt: __, updatedAt: ___, ...product }: Product): PlatformProduct {
	return product;
}
