/** `GET /api/resource/<doctype>`: filters, fields, order and paging over rows. Source: frappe.client.get_list. */
import { invalid } from "./frappe.ts";

export type Row = Readonly<Record<string, unknown>>;

export interface Filter {
	child: string; // the doctype of a table in the document; "": the document itself
	field: string;
	operator: string;
	value: unknown;
}

/** @throws FrappeException */
export function filtersIn(query: URLSearchParams): Filter[] {
	return listIn(query, "filters").map((filter) => {
		if (!Array.isArray(filter) || filter.length < 3) throw invalid("Invalid filter");
		const [value, operator, field, child = ""] = filter.toReversed() as [unknown, string, string, string?];
		return { child, field, operator, value };
	});
}

/** The rows asked for, with the fields asked for. Fields nobody made are refused, as a database would. @throws FrappeException */
export function select(rows: readonly Row[], columns: readonly string[], query: URLSearchParams): Row[] {
	const filters = filtersIn(query).filter(({ child }) => !child);
	const fields = listIn(query, "fields").map(String);
	const order = (query.get("order_by") ?? "modified desc").split(",").map((part) => part.trim().split(/\s+/));
	for (const field of [...filters.map(({ field }) => field), ...fields, ...order.map(([field = ""]) => field)]) {
		if (!columns.includes(field)) throw invalid(`Field not permitted in query: ${field}`);
	}
	const start = Number(query.get("limit_start") ?? 0);
	const limit = Number(query.get("limit_page_length") ?? 20);
	return rows
		.filter((row) => filters.every((filter) => matches(row[filter.field], filter)))
		.sort((a, b) => compareBy(order, a, b))
		.slice(start, limit ? start + limit : undefined)
		.map((row) => Object.fromEntries((fields.length ? fields : ["name"]).map((field) => [field, row[field] ?? null])));
}

/** @throws FrappeException for an operator the simulator does not know */
export function matches(is: unknown, { operator, value }: Filter): boolean {
	switch (operator) {
		case "=":
			return String(is ?? "") === String(value ?? "");
		case "in":
			return Array.isArray(value) && value.map(String).includes(String(is ?? ""));
		case "is":
			return (String(is ?? "") !== "") === (value === "set");
		case ">=":
			return String(is ?? "") >= String(value);
		default:
			throw invalid(`Invalid operator: ${operator}`);
	}
}

function compareBy(order: readonly string[][], a: Row, b: Row): number {
	for (const [field = "", direction] of order) {
		const sign = direction?.toLowerCase() === "desc" ? -1 : 1;
		const [x, y] = [a[field], b[field]];
		const difference = typeof x === "number" && typeof y === "number" ? x - y : byText(String(x), String(y));
		if (difference) return sign * difference;
	}
	return 0;
}

const byText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

function listIn(query: URLSearchParams, name: string): unknown[] {
	const text = query.get(name);
	if (!text) return [];
	let list: unknown;
	try {
		list = JSON.parse(text);
	} catch {
		throw invalid(`${name} must be JSON`);
	}
	if (!Array.isArray(list)) throw invalid(`${name} must be a list`);
	return list;
}
