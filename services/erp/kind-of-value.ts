import type { Words } from "./format.ts";

/** Characters as people count them. */
export const chars = (text: string): number => [...text].length;

/** What kind of value it is, never the value: it may be a person's. */
export function kindOf(value: unknown): Words {
	if (value === undefined || value === null) return { zh: "空", en: "nothing" };
	if (Array.isArray(value)) return { zh: `${value.length} 项的列表`, en: `a list of ${value.length}` };
	switch (typeof value) {
		case "boolean":
			return { zh: "true/false", en: "true or false" };
		case "number":
			return numberKind(value);
		case "string":
			return { zh: `文本（${chars(value)} 字）`, en: `text of ${chars(value)} characters` };
		default:
			return { zh: "对象", en: "an object" };
	}
}

function numberKind(value: number): Words {
	const decimals = (String(value).split(".")[1] ?? "").length;
	const sign = value < 0 ? { zh: "负", en: "negative " } : { zh: "", en: "" };
	return decimals
		? { zh: `${decimals} 位小数的${sign.zh}数`, en: `a ${sign.en}number with ${decimals} decimals` }
		: { zh: `${sign.zh}整数`, en: `a ${sign.en}whole number` };
}
