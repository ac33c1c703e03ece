/** Which SKUs of the platforms an ERP SKU is sold as, and how many of one can be sold. */
import type { Offer } from "../product/offers.ts";
import type { LinkedSku } from "../sku/linked-to.ts";
import { type LinkPart, linkId, type MatchedPart } from "../sku/sku-link.ts";
import { type Stock, StockModel } from "./stock.model.ts";

/** Calls actions: a ServiceBroker or a Context. */
export interface Hub {
	call<Result>(action: string, params: object): Promise<Result>;
}

interface PageAfter<T> {
	items: T[];
	after: string | null;
}

async function everyPage<T>(hub: Hub, action: string, query: object): Promise<T[]> {
	const found: T[] = [];
	for (let after: string | null = ""; after !== null; ) {
		const page: PageAfter<T> = await hub.call<PageAfter<T>>(action, { ...query, after });
		found.push(...page.items);
		after = page.after;
	}
	return found;
}

/** Those linked to it, and those whose merchant code it is: the code may count without a link. */
export async function offersOf(hub: Hub, erpSku: string): Promise<Offer[]> {
	const linked = await everyPage<LinkedSku>(hub, "sku.linkedTo", { erpSku });
	const codes = linked.filter(({ platformSkuId }) => !platformSkuId).map(({ outerSku }) => outerSku);
	const platformSkuIds = linked.map(({ platformSkuId }) => platformSkuId).filter(Boolean);
	const offers = await everyPage<Offer>(hub, "product.offers", { codes: [erpSku, ...codes], platformSkuIds });
	const ids = new Set(linked.map(idOf));
	return offers.filter((offer) => offer.outerSku === erpSku || ids.has(idOf(offer)));
}

const idOf = ({ platform, shopId, ...sku }: LinkedSku): string | null => linkId(platform, shopId, sku);

/** What one piece of it is in the ERP now; empty where that is not known. */
export async function partsOf(hub: Hub, { platform, shopId, platformSkuId, outerSku }: Offer): Promise<LinkPart[]> {
	const question = { platform, shopId, placedAt: new Date(), lines: [{ platformSkuId, outerSku }] };
	const [parts = []] = await hub.call<MatchedPart[][]>("sku.resolve", question);
	return parts.map(({ erpSku, quantity }) => ({ erpSku, quantity }));
}

/** Whole pieces that can be made of the parts, or the parts of which the ERP has told no stock. */
export async function sellable(parts: readonly LinkPart[]): Promise<{ quantity: number } | { unknown: string[] }> {
	const codes = parts.map(({ erpSku }) => erpSku);
	const stocks = await StockModel.find({ _id: { $in: codes } }, { quantity: 1 }).lean<Stock[]>();
	const known = new Map(stocks.map(({ _id, quantity }) => [_id, quantity]));
	const unknown = codes.filter((code) => !known.has(code));
	if (unknown.length) return { unknown };
	return {
		quantity: Math.min(...parts.map(({ erpSku, quantity }) => Math.floor((known.get(erpSku) ?? 0) / quantity))),
	};
}
