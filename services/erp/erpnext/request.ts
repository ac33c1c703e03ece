/**
 * Calls of Frappe's REST interface. Source: Frappe Framework, REST API; frappe/api/v1.py. Authorisation is a token of
 * key and secret on every call: there is no session to lose.
 */
import type { Connection, ErpRequest } from "../driver.ts";

export interface Query {
	filters: readonly (readonly unknown[])[]; // [field, operator, value], or [child doctype, field, operator, value]
	fields: readonly string[];
	orderBy: string;
	limit: number;
	start?: number;
	parent?: string; // where the doctype is a table in another one: that one
}

/** A list of documents: the answer's data is a list of rows with those fields. */
export function list(connection: Connection, doctype: string, query: Query): ErpRequest {
	const url = address(connection, doctype);
	url.searchParams.set("filters", JSON.stringify(query.filters));
	url.searchParams.set("fields", JSON.stringify(query.fields));
	url.searchParams.set("order_by", query.orderBy);
	url.searchParams.set("limit_page_length", String(query.limit));
	if (query.start) url.searchParams.set("limit_start", String(query.start));
	if (query.parent) url.searchParams.set("parent", query.parent);
	return { method: "GET", url: url.href, headers: headers(connection), body: "" };
}

/** A new document; with `docstatus` 1 it is submitted in the same transaction. */
export const insert = (connection: Connection, doctype: string, document: Record<string, unknown>): ErpRequest => ({
	method: "POST",
	url: address(connection, doctype).href,
	...jsonBody(connection, document),
});

/** Changes fields of a document; `docstatus` 2 cancels a submitted one. */
export const update = (
	connection: Connection,
	doctype: string,
	name: string,
	fields: Record<string, unknown>,
): ErpRequest => ({
	method: "PUT",
	url: address(connection, doctype, name).href,
	...jsonBody(connection, fields),
});

/** Only drafts can be removed. */
export const remove = (connection: Connection, doctype: string, name: string): ErpRequest => ({
	method: "DELETE",
	url: address(connection, doctype, name).href,
	headers: headers(connection),
	body: "",
});

function address({ url }: Connection, ...path: string[]): URL {
	return new URL(`${url.replace(/\/+$/, "")}/api/resource/${path.map(encodeURIComponent).join("/")}`);
}

const headers = ({ secrets }: Connection): Record<string, string> => ({
	authorization: `token ${secrets.key ?? ""}:${secrets.secret ?? ""}`,
	accept: "application/json",
});

const jsonBody = (connection: Connection, body: Record<string, unknown>): Pick<ErpRequest, "headers" | "body"> => ({
	headers: { ...headers(connection), "content-type": "application/json" },
	body: JSON.stringify(body),
});
