import { ProductModel } from "./product.model.ts";
import type { PlatformProduct, PlatformSku } from "./product.ts";

/** The SKUs of one product, as far as it takes to link them. */
export interface ProductSkus {
	platform: string;
	shopId: string;
	skus: Pick<PlatformSku, "platformSkuId" | "outerSku" | "barcode">[];
}

export interface SkusQuery {
	shopIds: string[] | null; // null: all
	codes: string[]; // merchant codes and barcodes: products that have one of them; none of both: all products
	barcodes: string[];
	after: string; // the id of the last product of the page before
}

const pageSize = 50; // with some hundred SKUs each they still fit into one message

/** One page of products in the order of their ids. `after`: where to go on; null: this was the last. */
export async function productSkus({
	shopIds,
	codes,
	barcodes,
	after,
}: SkusQuery): Promise<{ items: ProductSkus[]; after: string | null }> {
	const some = codes.length > 0 || barcodes.length > 0;
	const found = await ProductModel.find(
		{
			_id: { $gt: after },
			...(shopIds && { shopId: { $in: shopIds } }),
			...(some && { $or: [{ "skus.outerSku": { $in: codes } }, { "skus.barcode": { $in: barcodes } }] }),
		},
		{ platform: 1, shopId: 1, skus: 1 },
	)
		.sort({ _id: 1 })
		.limit(pageSize)
		.lean<(ProductSkus & { _id: string })[]>();
	const items = found.map(({ platform, shopId, skus }) => ({ platform, shopId, skus: skus.map(reference) }));
	return { items, after: found.length === pageSize ? (found.at(-1)?._id ?? null) : null };
}

const reference = ({ platformSkuId, outerSku, barcode }: ProductSkus["skus"][number]) => ({
	platformSkuId,
	outerSku,
	barcode,
});

/** SKUs that are new, or that now have another code or barcode. */
export function skusToLink(stored: PlatformProduct | null, incoming: PlatformProduct): ProductSkus["skus"] {
	const key = (sku: ProductSkus["skus"][number]): string => JSON.stringify(reference(sku));
	const known = new Set(stored?.skus.map(key));
	return incoming.skus.filter((sku) => !known.has(key(sku))).map(reference);
}
