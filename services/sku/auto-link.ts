/** Links made without a person: where a merchant code, or else a barcode, names exactly one SKU of the ERP. */
import { isDeepStrictEqual } from "node:util";
import { ErpSkuModel } from "./erp-sku.model.ts";
import type { ErpSku } from "./erp-sku.ts";
import { hasErpSkus } from "./erp-skus.ts";
import { SkuLinkModel } from "./sku-link.model.ts";
import { type LinkPart, linkId, type SkuLink, type SkuRef } from "./sku-link.ts";

export interface ShopSkus {
	platform: string;
	shopId: string;
	skus: (SkuRef & { barcode: string })[];
}

export interface Linked {
	created: number;
	linked: SkuRef[]; // that have a link of this kind now, new or not
}

/** Never touches a link that a person made. Safe to repeat. */
export async function linkByCode({ platform, shopId, skus }: ShopSkus, by: string): Promise<Linked> {
	const nothing: Linked = { created: 0, linked: [] };
	if (!skus.length || !(await hasErpSkus())) return nothing;
	const erpSkuOf = await erpSkusFor(skus);
	const wanted = new Map<string, { ref: SkuRef; parts: LinkPart[] }>();
	for (const sku of skus) {
		const id = linkId(platform, shopId, sku);
		const erpSku = erpSkuOf(sku);
		const ref = { platformSkuId: sku.platformSkuId, outerSku: sku.outerSku };
		if (id && erpSku) wanted.set(id, { ref, parts: [{ erpSku, quantity: 1 }] });
	}
	if (!wanted.size) return nothing;

	const stored = await SkuLinkModel.find({ _id: { $in: [...wanted.keys()] } }).lean<SkuLink[]>();
	const manual = new Set(stored.filter(({ source }) => source === "manual").map(({ _id }) => _id));
	const asWanted = new Set(
		stored.filter(({ _id, parts }) => isDeepStrictEqual(plain(parts), wanted.get(_id)?.parts)).map(({ _id }) => _id),
	);
	const known = new Set(stored.map(({ _id }) => _id));
	const mine = [...wanted].filter(([id]) => !manual.has(id));
	const writes = mine
		.filter(([id]) => !asWanted.has(id))
		.map(([_id, { ref, parts }]) => {
			// A link that somebody made meanwhile is another's: the filter leaves it alone.
			const link = { platform, shopId, ...ref, parts, source: "auto" as const, effectiveFrom: null, earlier: [], by };
			return known.has(_id)
				? { updateOne: { filter: { _id, source: "auto" }, update: { $set: { parts, by }, $inc: { version: 1 } } } }
				: { updateOne: { filter: { _id }, update: { $setOnInsert: { ...link, version: 0 } }, upsert: true } };
		});
	const { upsertedCount } = writes.length
		? await SkuLinkModel.bulkWrite(writes as Parameters<typeof SkuLinkModel.bulkWrite>[0], { ordered: false })
		: { upsertedCount: 0 };
	return { created: upsertedCount, linked: mine.map(([, { ref }]) => ref) };
}

const plain = (parts: readonly LinkPart[]): LinkPart[] => parts.map(({ erpSku, quantity }) => ({ erpSku, quantity }));

/** The one ERP SKU that a platform's SKU names by its code, or else by its barcode. */
async function erpSkusFor(skus: ShopSkus["skus"]): Promise<(sku: ShopSkus["skus"][number]) => string | undefined> {
	const codes = skus.map(({ outerSku }) => outerSku.trim()).filter(Boolean);
	const barcodes = skus.map(({ barcode }) => barcode.trim()).filter(Boolean);
	const found = await ErpSkuModel.find(
		{ status: "ACTIVE", $or: [{ _id: { $in: codes } }, { barcode: { $in: barcodes } }] },
		{ barcode: 1 },
	).lean<Pick<ErpSku, "_id" | "barcode">[]>();
	const byCode = new Set(found.map(({ _id }) => _id));
	const byBarcode = Map.groupBy(found, ({ barcode }) => barcode);
	return ({ outerSku, barcode }) => {
		const code = outerSku.trim();
		if (byCode.has(code)) return code;
		const [only, ...others] = (barcode.trim() && byBarcode.get(barcode.trim())) || [];
		return others.length ? undefined : only?._id;
	};
}
