/** What kind of value an expression gives, as far as it can be told without running it. */

/** fen, yuan: amounts · time: an instant in UTC, ISO text · id: text however it looks · cipher: nobody's to read */
export type Plain = "text" | "number" | "count" | "flag" | "id" | "fen" | "yuan" | "time" | "cipher";

export type Shape =
	| { is: "any" }
	| { is: "nothing" }
	| { is: Plain; values?: readonly string[] } // values: it has no others
	| { is: "object"; fields: Readonly<Record<string, Shape>>; from: string } // from: "order.lines[]"; "": of the mapping's making
	| { is: "list"; of: Shape; kept: boolean } // not kept: with one entry it is that entry alone, with none it is nothing
	| { is: "function"; call(args: readonly Shape[], path: string): Shape };

export const any: Shape = { is: "any" };
export const nothing: Shape = { is: "nothing" };
export const plain = (is: Plain): Shape => ({ is });
export const listOf = (of: Shape, kept = false): Shape => ({ is: "list", of, kept });

/** What one entry is; of what is no list, that itself. */
export const entryOf = (shape: Shape): Shape => (shape.is === "list" ? shape.of : shape);

/** One or the other. */
export function either(a: Shape, b: Shape): Shape {
	if (a.is === "nothing") return b;
	if (b.is === "nothing") return a;
	if (a.is === "list" && b.is === "list") return listOf(either(a.of, b.of), a.kept && b.kept);
	if (a.is === "list" || b.is === "list") return any;
	if (a.is === "object" && b.is === "object") return merged(a, b);
	if (a.is !== b.is) return any;
	return "values" in a && "values" in b && a.values !== b.values ? plain(a.is) : a;
}

/** Fields of both; where both have one, either's. */
function merged(a: Shape & { is: "object" }, b: Shape & { is: "object" }): Shape {
	const fields: Record<string, Shape> = { ...a.fields };
	for (const [name, shape] of Object.entries(b.fields)) {
		const other = fields[name];
		fields[name] = other ? either(other, shape) : shape;
	}
	return { is: "object", fields, from: a.from === b.from ? a.from : "" };
}
