import type { UnmatchedSku } from "../order/unmatched.ts";
import { ErpSkuModel } from "./erp-sku.model.ts";
import { readCode, variantsOf } from "./read-code.ts";
import { SkuLinkModel } from "./sku-link.model.ts";
import type { LinkPart, SkuLink } from "./sku-link.ts";

/**
 * With what the same merchant code is linked to elsewhere, the newest link first, and then what the code reads as, where
 * the ERP has it: "cup*2" is two of CUP.
 */
export interface Suggested extends UnmatchedSku {
	suggestions: LinkPart[][];
}

const each = 3;

export async function withSuggestions(skus: readonly UnmatchedSku[]): Promise<Suggested[]> {
	const codes = [...new Set(skus.map(({ outerSku }) => outerSku).filter(Boolean))];
	if (!codes.length) return skus.map((sku) => ({ ...sku, suggestions: [] }));
	const links = await SkuLinkModel.find({ outerSku: { $in: codes } }, { outerSku: 1, parts: 1 })
		.sort({ createdAt: -1, _id: -1 })
		.limit(2_000)
		.lean<Pick<SkuLink, "outerSku" | "parts">[]>();
	const byCode = Map.groupBy(links, ({ outerSku }) => outerSku);
	const read = await partsReadIn(codes);
	return skus.map((sku) => {
		const elsewhere = (byCode.get(sku.outerSku) ?? []).map(({ parts }) => parts);
		return { ...sku, suggestions: different([...elsewhere, ...(read.get(sku.outerSku) ?? [])]) };
	});
}

/** What the codes read as, where the ERP has all of it. */
async function partsReadIn(codes: readonly string[]): Promise<Map<string, LinkPart[][]>> {
	const readings = codes.map((code) => [code, readCode(code)] as const);
	const wanted = new Set(readings.flatMap(([, parts]) => parts?.flatMap(({ erpSku }) => variantsOf(erpSku)) ?? []));
	const found = await ErpSkuModel.find({ _id: { $in: [...wanted] }, status: "ACTIVE" }, { _id: 1 }).lean();
	const known = new Set(found.map(({ _id }) => _id));
	const inErp = (parts: LinkPart[]): LinkPart[] | null => {
		const named = parts.flatMap(({ erpSku, quantity }) => {
			const code = variantsOf(erpSku).find((variant) => known.has(variant));
			return code === undefined ? [] : [{ erpSku: code, quantity }];
		});
		return named.length === parts.length ? named : null;
	};
	return new Map(
		readings.map(([code, parts]) => {
			const named = parts && inErp(parts);
			return [code, named ? [named] : []];
		}),
	);
}

function different(all: readonly LinkPart[][]): LinkPart[][] {
	const found = new Map(all.map((parts) => [JSON.stringify(parts), parts]));
	return [...found.values()].slice(0, each);
}
