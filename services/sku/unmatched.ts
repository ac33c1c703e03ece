import type { UnmatchedSku } from "../order/unmatched.ts";
import { SkuLinkModel } from "./sku-link.model.ts";
import type { LinkPart, SkuLink } from "./sku-link.ts";

/** With what the same merchant code is linked to elsewhere, the newest link first. */
export interface Suggested extends UnmatchedSku {
	suggestions: LinkPart[][];
}

const each = 3;

export async function withSuggestions(skus: readonly UnmatchedSku[]): Promise<Suggested[]> {
	const codes = [...new Set(skus.map(({ outerSku }) => outerSku).filter(Boolean))];
	const links = await SkuLinkModel.find({ outerSku: { $in: codes } }, { outerSku: 1, parts: 1 })
		.sort({ createdAt: -1, _id: -1 })
		.limit(2_000)
		.lean<Pick<SkuLink, "outerSku" | "parts">[]>();
	const byCode = Map.groupBy(links, ({ outerSku }) => outerSku);
	return skus.map((sku) => ({ ...sku, suggestions: different(byCode.get(sku.outerSku) ?? []) }));
}

function different(links: readonly Pick<SkuLink, "parts">[]): LinkPart[][] {
	const found = new Map(links.map(({ parts }) => [JSON.stringify(parts), parts]));
	return [...found.values()].slice(0, each);
}
