/** The single values of a document, each with its path: lists without their place, "items[].qty". */
export interface Leaf {
	field: string;
	value: unknown; // no object, no list with entries
}

export function leavesOf(value: unknown, field = ""): Leaf[] {
	if (Array.isArray(value)) return value.flatMap((entry) => leavesOf(entry, `${field}[]`));
	if (typeof value !== "object" || value === null) return [{ field, value }];
	return Object.entries(value).flatMap(([name, each]) => leavesOf(each, field ? `${field}.${name}` : name));
}

export type Form = "list" | "object" | "single";

/** What stands at each path: a list, an object, a single value. */
export function formsOf(value: unknown, field = "", found = new Map<string, Form>()): Map<string, Form> {
	if (field) found.set(field, Array.isArray(value) ? "list" : typeof value === "object" && value ? "object" : "single");
	if (Array.isArray(value)) {
		for (const entry of value) formsOf(entry, `${field}[]`, found);
	} else if (typeof value === "object" && value !== null) {
		for (const [name, each] of Object.entries(value)) formsOf(each, field ? `${field}.${name}` : name, found);
	}
	return found;
}
