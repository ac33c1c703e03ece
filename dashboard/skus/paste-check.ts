/** What pasted links are held against: the ERP's SKUs, and those of the shop. */
import { get, type Page } from "../api.ts";
import { checked, type Pasted } from "./paste.ts";
import type { ErpSku, Product, Target, Unmatched } from "./shapes.ts";

const atOnce = 100; // codes in one question

/** @throws Problem */
export async function checkPaste(pasted: readonly Pasted[], shopId: string): Promise<Pasted[]> {
	const right = pasted.filter(({ wrong }) => !wrong);
	const erpCodes = right.flatMap(({ parts }) => parts.map(({ erpSku }) => erpSku));
	const codes = right.map(({ code }) => code);
	const [known, ofProducts, waiting] = await Promise.all([
		knownErpSkus(erpCodes),
		inParts(codes, (q) => targetsOf(shopId, q)),
		get<{ items: Unmatched[] }>("/sku-links/unmatched", { shopId }),
	]);
	// An order may have come before its product was read.
	return checked(pasted, [...ofProducts, ...waiting.items], known);
}

async function knownErpSkus(codes: readonly string[]): Promise<Set<string> | null> {
	const any = await get<Page<ErpSku>>("/erp-skus", { limit: 1 });
	if (!any.items.length) return null;
	const found = await inParts(codes, async (q) => {
		const { items } = await get<Page<ErpSku>>("/erp-skus", { q, status: "ACTIVE", limit: 200 });
		return items.map(({ _id }) => _id);
	});
	return new Set(found);
}

async function targetsOf(shopId: string, q: string): Promise<Target[]> {
	const found: Target[] = [];
	for (let cursor: string | null | undefined; cursor !== null; ) {
		const page: Page<Product> = await get("/products", { shopId, q, limit: 200, cursor });
		for (const { platform, title, skus } of page.items)
			for (const { platformSkuId, outerSku, spec } of skus)
				found.push({ platform, shopId, platformSkuId, outerSku, title, spec });
		cursor = page.nextCursor;
	}
	return found;
}

async function inParts<Found>(codes: readonly string[], ask: (q: string) => Promise<Found[]>): Promise<Found[]> {
	const all = [...new Set(codes)];
	const found: Found[] = [];
	for (let from = 0; from < all.length; from += atOnce)
		found.push(...(await ask(all.slice(from, from + atOnce).join("\n"))));
	return found;
}
