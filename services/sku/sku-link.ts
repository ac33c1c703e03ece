/** What a platform's SKU is in the ERP. */

export interface LinkPart {
	erpSku: string;
	quantity: number; // in one piece of the platform's SKU
}

/** A part with what the ERP counts it in; "" where the hub does not know. */
export interface MatchedPart extends LinkPart {
	erpUnit: string;
}

/** Which SKU of a shop: by its platform id, or by the merchant code where it has none. */
export interface SkuRef {
	platformSkuId: string;
	outerSku: string;
}

export const linkSources = ["manual", "auto"] as const;
export type LinkSource = (typeof linkSources)[number];

/** What holds for orders placed from some time on. */
export interface LinkVersion {
	parts: LinkPart[]; // several, or several pieces of one: a combo
	source: LinkSource; // auto: found by code or barcode; never put over a manual one
	effectiveFrom: Date | null; // null: always
}

/** `_id` = `<platform>:<shopId>:sku:<platformSkuId>` or, without a SKU id, `<platform>:<shopId>:code:<outerSku>`. */
export interface SkuLink extends LinkVersion, SkuRef {
	_id: string;
	platform: string;
	shopId: string;
	earlier: LinkVersion[]; // what held before `effectiveFrom`, the newest first
	by: string;
	version: number; // rises with every change
	createdAt: Date;
	updatedAt: Date;
}

/** What `sku.resolve` is asked. Its answer has the parts of each line, in their order; none: the line is unmatched. */
export interface SkuQuestion {
	platform: string;
	shopId: string;
	placedAt: Date;
	lines: SkuRef[];
}

/** The id of the link of a SKU; null for one that has neither id nor code. */
export function linkId(platform: string, shopId: string, { platformSkuId, outerSku }: SkuRef): string | null {
	if (platformSkuId) return `${platform}:${shopId}:sku:${platformSkuId}`;
	const code = outerSku.trim();
	return code ? `${platform}:${shopId}:code:${code}` : null;
}

/** What of the link holds for an order placed then. */
export const inForce = (link: SkuLink, placedAt: Date): LinkVersion | undefined =>
	[link, ...link.earlier].find(({ effectiveFrom }) => effectiveFrom === null || effectiveFrom <= placedAt);

const keptVersions = 10;

/**
 * The versions after a new one came: it replaces all that hold from the same time or a later one. Those before it stay
 * for the orders placed before it.
 */
export function withVersion(link: SkuLink | null, next: LinkVersion): LinkVersion & Pick<SkuLink, "earlier"> {
	const from = next.effectiveFrom;
	const known = link ? [link, ...link.earlier] : [];
	const earlier = known.filter(({ effectiveFrom: since }) => from !== null && (since === null || since < from));
	return {
		...next,
		earlier: earlier
			.slice(0, keptVersions)
			.map(({ parts, source, effectiveFrom }) => ({ parts, source, effectiveFrom })),
	};
}
