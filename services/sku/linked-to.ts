import { SkuLinkModel } from "./sku-link.model.ts";
import type { SkuRef } from "./sku-link.ts";

/** A platform's SKU that is linked to something. */
export interface LinkedSku extends SkuRef {
	platform: string;
	shopId: string;
}

const pageSize = 500;

/**
 * One page of the platforms' SKUs that are, were or will be linked to the ERP SKU; what holds now says `resolve`.
 * `after`: where to go on; null: this was the last.
 */
export async function linkedTo(erpSku: string, after: string): Promise<{ items: LinkedSku[]; after: string | null }> {
	const links = await SkuLinkModel.find(
		{ _id: { $gt: after }, $or: [{ "parts.erpSku": erpSku }, { "earlier.parts.erpSku": erpSku }] },
		{ platform: 1, shopId: 1, platformSkuId: 1, outerSku: 1 },
	)
		.sort({ _id: 1 })
		.limit(pageSize)
		.lean<(LinkedSku & { _id: string })[]>();
	const items = links.map(({ platform, shopId, platformSkuId, outerSku }) => ({
		platform,
		shopId,
		platformSkuId,
		outerSku,
	}));
	return { items, after: links.length === pageSize ? (links.at(-1)?._id ?? null) : null };
}
