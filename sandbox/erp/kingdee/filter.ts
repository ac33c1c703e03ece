/** The FilterString of a query: conditions joined by `and`. Only what clients of ours need is understood. */
export interface Condition {
	field: string;
	is: "=" | "<>" | ">=" | "in";
	values: string[];
}

export type Row = Readonly<Record<string, string | number | boolean>>;

const one = /^\s*([\w.]+)\s*(=|<>|>=)\s*'((?:[^']|'')*)'\s*/;
const list = /^\s*([\w.]+)\s+in\s*\(((?:'(?:[^']|'')*'\s*,?\s*)+)\)\s*/i;

/** @returns null for a text that is none */
export function readFilter(text: string): Condition[] | null {
	const conditions: Condition[] = [];
	for (let rest = text.trim(); rest; ) {
		const plain = one.exec(rest);
		const listed = plain ? null : list.exec(rest);
		const [all, field, middle, value] = plain ?? listed ?? [];
		if (all === undefined || !field || middle === undefined) return null;
		if (plain) conditions.push({ field, is: middle as Condition["is"], values: [unquoted(value ?? "")] });
		else
			conditions.push({
				field,
				is: "in",
				values: [...middle.matchAll(/'((?:[^']|'')*)'/g)].map(([, each = ""]) => unquoted(each)),
			});
		rest = rest.slice(all.length);
		if (rest && !/^and\s/i.test(rest)) return null;
		rest = rest.replace(/^and\s+/i, "");
	}
	return conditions;
}

const unquoted = (text: string): string => text.replaceAll("''", "'");

/** As a database compares: blanks at the end do not count, times compare as text. */
export function fits(row: Row, { field, is, values }: Condition): boolean {
	const value = String(row[field] ?? "").trimEnd();
	const wanted = values.map((each) => each.trimEnd());
	switch (is) {
		case "=":
		case "in":
			return wanted.includes(value);
		case "<>":
			return !wanted.includes(value);
		case ">=":
			return value.replace("T", " ") >= (wanted[0] ?? "");
	}
}
