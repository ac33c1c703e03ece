/** Links pasted out of a spreadsheet: one row each, "platform's code ⇥ ERP's code ⇥ pieces"; rows of one code are a combo. */
import type { LinkPart, Target } from "./shapes.ts";

/** What is wrong with a pasted link. */
export type Wrong = "columns" | "quantity" | "twice" | "no-erp-sku" | "no-platform-sku";

export interface Pasted {
	line: number; // of the text, the first is 1; of a combo its first
	code: string; // the merchant's code, or the platform's id of the SKU
	parts: LinkPart[];
	wrong: Wrong | null;
	what: string; // the word that is wrong; "" where nothing is, or all of it
	targets: Target[]; // the shop's SKUs of that code
}

const mostQuantity = 10_000;

/** A heading is left out. Pieces that are not told are one. */
export function readPaste(text: string): Pasted[] {
	const found = new Map<string, Pasted>();
	for (const [at, row] of text.split(/\r?\n/).entries()) {
		if (!row.trim() || isHeading(row)) continue;
		const [code = "", erpSku = "", pieces = "", ...more] = row.split(/[\t,，]/).map((cell) => cell.trim());
		const quantity = pieces === "" ? 1 : Number(pieces);
		const known = found.get(code);
		const link: Pasted = known ?? { line: at + 1, code, parts: [], wrong: null, what: "", targets: [] };
		const wrong = problemOf({ code, erpSku, quantity, more }, link);
		if (wrong && !link.wrong) Object.assign(link, { wrong: wrong.wrong, what: wrong.what });
		if (erpSku) link.parts.push({ erpSku, quantity });
		// What has no code is a row by itself.
		found.set(code || `\n${at}`, link);
	}
	return [...found.values()];
}

const isHeading = (row: string): boolean => /^(商家编码|平台编码|平台SKU|outerSku|platform)/i.test(row.trim());

function problemOf(
	{ code, erpSku, quantity, more }: { code: string; erpSku: string; quantity: number; more: string[] },
	link: Pasted,
): Pick<Pasted, "wrong" | "what"> | null {
	if (!code || !erpSku || more.some(Boolean)) return { wrong: "columns", what: "" };
	const whole = Number.isInteger(quantity) && quantity >= 1 && quantity <= mostQuantity;
	if (!whole) return { wrong: "quantity", what: erpSku };
	if (link.parts.some((part) => part.erpSku === erpSku)) return { wrong: "twice", what: erpSku };
	return null;
}

/** With the SKUs of the shop that each code names. `erpSkus` null: the hub was told of none, and any code is right. */
export function checked(
	pasted: readonly Pasted[],
	targets: readonly Target[],
	erpSkus: ReadonlySet<string> | null,
): Pasted[] {
	const byId = new Map(targets.map((target) => [target.platformSkuId, target]));
	const byCode = Map.groupBy(targets, ({ outerSku }) => outerSku.trim());
	return pasted.map((each) => {
		if (each.wrong) return each;
		const unknown = erpSkus && each.parts.find(({ erpSku }) => !erpSkus.has(erpSku));
		if (unknown) return { ...each, wrong: "no-erp-sku", what: unknown.erpSku };
		const ofId = byId.get(each.code);
		const named = ofId ? [ofId] : (byCode.get(each.code) ?? []);
		return named.length ? { ...each, targets: named } : { ...each, wrong: "no-platform-sku", what: each.code };
	});
}
