import { ProductModel } from "./product.model.ts";
import type { PlatformSku } from "./product.ts";

/** One SKU as a shop sells it, with what a platform asks for to change its stock. */
export interface Offer extends Pick<PlatformSku, "platformSkuId" | "outerSku"> {
	platform: string;
	shopId: string;
	productNo: string;
}

export interface OffersQuery {
	codes: string[]; // merchant codes
	platformSkuIds: string[];
	after: string; // the id of the last product of the page before
}

const pageSize = 100;

/** SKUs that have one of the codes or ids, of one page of products. `after`: where to go on; null: this was the last. */
export async function offers({
	codes,
	platformSkuIds,
	after,
}: OffersQuery): Promise<{ items: Offer[]; after: string | null }> {
	const named = [{ "skus.outerSku": { $in: codes } }, { "skus.platformSkuId": { $in: platformSkuIds } }];
	const products = await ProductModel.find(
		{ _id: { $gt: after }, status: { $ne: "DELETED" }, $or: named },
		{ platform: 1, shopId: 1, productNo: 1, skus: 1 },
	)
		.sort({ _id: 1 })
		.limit(pageSize)
		.lean<(Omit<Offer, keyof PlatformSku> & { _id: string; skus: PlatformSku[] })[]>();
	const wanted = { codes: new Set(codes), ids: new Set(platformSkuIds) };
	const items = products.flatMap(({ platform, shopId, productNo, skus }) =>
		skus
			.filter(({ outerSku, platformSkuId }) => wanted.codes.has(outerSku) || wanted.ids.has(platformSkuId))
			.map(({ platformSkuId, outerSku }) => ({ platform, shopId, productNo, platformSkuId, outerSku })),
	);
	return { items, after: products.length === pageSize ? (products.at(-1)?._id ?? null) : null };
}
