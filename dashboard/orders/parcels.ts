/** Parcels as people paste them from a table: one line an order. Pure. */
import { carriers } from "../../config/carriers.ts";

export interface PastedParcel {
	orderNo: string;
	carrier: string; // our code
	trackingNo: string;
}

export interface Pasted {
	parcels: PastedParcel[];
	wrong: { line: number; text: string; why: "fields" | "carrier" | "order" | "twice" }[];
}

const codeOf = (word: string): string | undefined =>
	Object.entries(carriers).find(
		([code, { zh, en }]) => code === word.toUpperCase() || zh === word || en.toLowerCase() === word.toLowerCase(),
	)?.[0];

/**
 * "<order number> <carrier> <tracking number>" a line, with a tab, comma or blanks between; without a carrier where one
 * is chosen for all. `known`: the order numbers that were chosen.
 */
export function readParcels(text: string, usual: string, known: ReadonlySet<string>): Pasted {
	const parcels: PastedParcel[] = [];
	const wrong: Pasted["wrong"] = [];
	const seen = new Set<string>();
	for (const [at, raw] of text.split("\n").entries()) {
		const fields = raw
			.trim()
			.split(/\s*[\t,，;；]\s*|\s+/)
			.filter(Boolean);
		if (!fields.length) continue;
		const [orderNo = "", ...rest] = fields;
		const trackingNo = rest.at(-1) ?? "";
		const carrier = rest.length > 1 ? codeOf(rest.slice(0, -1).join(" ")) : usual;
		const why = problemOf();
		if (why) wrong.push({ line: at + 1, text: raw.trim(), why });
		else {
			seen.add(orderNo);
			parcels.push({ orderNo, carrier: carrier ?? "", trackingNo });
		}

		function problemOf(): Pasted["wrong"][number]["why"] | null {
			if (!rest.length) return "fields";
			if (!known.has(orderNo)) return "order";
			if (seen.has(orderNo)) return "twice";
			return carrier ? null : "carrier";
		}
	}
	return { parcels, wrong };
}
