import { GatheredReads } from "../../mixins/gathered-reads.ts";
import { ErpSkuModel } from "./erp-sku.model.ts";
import type { ErpSku } from "./erp-sku.ts";
import { hasErpSkus } from "./erp-skus.ts";
import { SkuLinkModel } from "./sku-link.model.ts";
import { inForce, type LinkPart, linkId, type MatchedPart, type SkuLink, type SkuQuestion } from "./sku-link.ts";

const allLinks = new GatheredReads<SkuLink>(SkuLinkModel, "_id");
const allErpSkus = new GatheredReads<ErpSku>(ErpSkuModel, "_id");

/**
 * What one piece of each line is in the ERP; no parts where it is not known. A link that a person made wins. Then the
 * merchant code, as an ERP SKU has it; without any ERP SKU in the hub the code stands for itself. A link found by the
 * hub comes last: where the seller has written another code of the ERP since, the code is the newer word.
 */
export async function resolveSkus({ platform, shopId, placedAt, lines }: SkuQuestion): Promise<MatchedPart[][]> {
	const ids = lines.map((line) => linkId(platform, shopId, line));
	const codes = lines.map(({ outerSku }) => outerSku.trim());
	const [links, catalogued, byCode] = await Promise.all([
		allLinks.find(ids.filter((id) => id !== null)),
		hasErpSkus(),
		allErpSkus.find(codes.filter(Boolean)),
	]);
	const versions = ids.map((id) => {
		const [link] = (id !== null && links.get(id)) || [];
		return link && inForce(link, placedAt);
	});
	const linked = versions.flatMap((version) => version?.parts.map(({ erpSku }) => erpSku) ?? []);
	const byLink = catalogued
		? await allErpSkus.find(linked.filter((code) => !byCode.has(code)))
		: new Map<string, ErpSku[]>();
	const unitOf = (code: string): string => (byCode.get(code) ?? byLink.get(code))?.[0]?.unit ?? "";
	const withUnits = (parts: readonly LinkPart[]): MatchedPart[] =>
		parts.map(({ erpSku, quantity }) => ({ erpSku, quantity, erpUnit: unitOf(erpSku) }));

	return lines.map((_, at) => {
		const version = versions[at];
		if (version?.source === "manual") return withUnits(version.parts);
		const code = codes[at] ?? "";
		const isErpSku = !catalogued || byCode.get(code)?.[0]?.status === "ACTIVE";
		if (code && isErpSku) return withUnits([{ erpSku: code, quantity: 1 }]);
		return version ? withUnits(version.parts) : [];
	});
}
