import { XMLBuilder, XMLParser, XMLValidator } from "fast-xml-parser";
import type { Answer } from "../../target.ts";

/** An element of a document: text, children, or a list where the name is repeated. All values stay text. */
export type Element = string | Element[] | { [name: string]: Element };

const parser = new XMLParser({
	ignoreAttributes: true,
	parseTagValue: false,
	trimValues: true,
	isArray: (name) => name === "orderLine",
});
const builder = new XMLBuilder({ suppressEmptyNode: true });

/** The children of `<request>`; null when the text is no such document. */
export function readRequest(body: string): { [name: string]: Element } | null {
	// Nobody sends a document type for a good reason, and entities in one can be made to explode.
	if (/<!DOCTYPE/i.test(body) || XMLValidator.validate(body) !== true) return null;
	const { request } = parser.parse(body) as { request?: Element };
	return typeof request === "object" && !Array.isArray(request) ? request : null;
}

/** The text at a path of names; empty when there is none. */
export function textAt(element: Element, ...path: string[]): string {
	let at: Element | undefined = element;
	for (const name of path) at = typeof at === "object" && !Array.isArray(at) ? at[name] : undefined;
	return typeof at === "string" ? at : "";
}

/** The elements of a list such as `orderLines.orderLine`. */
export function listAt(element: Element, ...path: string[]): Element[] {
	let at: Element | undefined = element;
	for (const name of path) at = typeof at === "object" && !Array.isArray(at) ? at[name] : undefined;
	return Array.isArray(at) ? at : [];
}

export function success(message: string, payload: { [name: string]: Element }): Answer {
	return xml({ flag: "success", code: "0", message, ...payload });
}

/** Errors come inside HTTP 200. */
export function failure(code: string, message: string): Answer {
	return xml({ flag: "failure", code, message });
}

function xml(response: { [name: string]: Element }): Answer {
	const body = `<?xml version="1.0" encoding="utf-8"?>${builder.build({ response })}`;
	return { status: 200, type: "text/xml;charset=UTF-8", body };
}
