/** What a merchant code may mean where it is not, letter for letter, the ERP's. */
import type { LinkPart } from "./sku-link.ts";

const mostParts = 10;
const mostQuantity = 10_000;

/**
 * The parts that sellers write into one code: "CUP*2" is two pieces, "CUP+LID" a set. Null for what reads as no code.
 * `erpSku` is as it stands in the code: see `variantsOf`.
 */
export function readCode(code: string): LinkPart[] | null {
	const pieces = halfWidth(code).split("+");
	if (pieces.length > mostParts) return null;
	const parts = pieces.map((piece) => {
		const [, erpSku = "", times = "1"] = /^\s*(.*?)(?:\s*[*×]\s*(\d{1,5}))?\s*$/s.exec(piece) ?? [];
		return { erpSku, quantity: Number(times) };
	});
	const codes = new Set(parts.map(({ erpSku }) => erpSku));
	const readable = parts.every(({ erpSku, quantity }) => erpSku && quantity >= 1 && quantity <= mostQuantity);
	return readable && codes.size === parts.length ? parts : null;
}

/** How the ERP may write it: without blanks, in capitals or not, with another separator or none. The likeliest first. */
export function variantsOf(code: string): string[] {
	const typed = halfWidth(code).trim();
	const plain = typed.replaceAll(/\s/g, "");
	const separated = ["-", "_", ""].flatMap((separator) => [
		typed.replaceAll(/[-_./\s]+/g, separator),
		plain.replaceAll(/[-_./]/g, separator),
	]);
	const all = [code.trim(), plain, ...separated].flatMap((each) => [each, each.toUpperCase(), each.toLowerCase()]);
	return [...new Set(all)].filter(Boolean);
}

/** Chinese keyboards write letters, digits and signs twice as wide. */
const halfWidth = (text: string): string =>
	text.replaceAll(/[\uFF01-\uFF5E]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));
