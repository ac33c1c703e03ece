/** 奇门's XML: elements and text only, lists as repeated elements. */
import { XMLBuilder, XMLParser, XMLValidator } from "fast-xml-parser";

const builder = new XMLBuilder({ processEntities: true, suppressEmptyNode: false });
// Numbers stay text: document numbers have leading zeros and more digits than a number holds. `htmlEntities` is what
// makes the parser read references such as &#20013; too.
const parser = new XMLParser({ parseTagValue: false, ignoreAttributes: true, htmlEntities: true });

const forbidden = /[[\p{Cc}--[\t\n\r]]\ufffe\uffff]/gv; // XML 1.0 forbids them even as references

/** The request document. Empty values are left out; characters XML cannot carry are dropped from texts. */
export const writeRequest = (content: Readonly<Record<string, unknown>>): string => write("request", content);

/** The answer to a call of theirs. */
export const writeResponse = (content: Readonly<Record<string, unknown>>): string => write("response", content);

const write = (root: string, content: Readonly<Record<string, unknown>>): string =>
	`<?xml version="1.0" encoding="utf-8"?>${builder.build({ [root]: writable(content) })}`;

function writable(value: unknown): unknown {
	if (typeof value === "string") return value.replace(forbidden, "").toWellFormed();
	if (Array.isArray(value)) return value.map(writable);
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(
		Object.entries(value)
			.filter(([, each]) => each !== undefined && each !== null && each !== "")
			.map(([key, each]) => [key, writable(each)]),
	);
}

/** What is in `<response>`, or `undefined` when the text is no such document (cut off, a proxy's page …). */
export const readResponse = (text: string): Record<string, unknown> | undefined => readRoot("response", text);

/** What is in `<request>`, as `readResponse`. */
export const readRequest = (text: string): Record<string, unknown> | undefined => readRoot("request", text);

function readRoot(name: string, text: string): Record<string, unknown> | undefined {
	// No honest document declares entities, and declared ones can be made to explode.
	if (text.includes("<!DOCTYPE") || XMLValidator.validate(text) !== true) return undefined;
	const root = (parser.parse(text) as Record<string, unknown>)[name];
	return typeof root === "object" && root !== null ? (root as Record<string, unknown>) : undefined;
}

/** A text inside nested elements, "" where there is none. */
export function textAt(node: unknown, ...path: string[]): string {
	const found = path.reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], node);
	return typeof found === "string" ? found.trim() : "";
}

/** The elements of a list such as `processes.process`: one alone is a list too. */
export function listAt(node: unknown, ...path: string[]): unknown[] {
	const found = path.reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], node);
	return found === undefined ? [] : [found].flat();
}
