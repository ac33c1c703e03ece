import type { JsonValue } from "../json-text.ts";

/**
 * JSON as the platform's own SDKs write it, to the byte: compact, names of objects in byte order at every depth. A
 * member without a value is left out, never `null`. Source: §2 of the platform's signing rules; Go, PHP and Java agree.
 */
export function canonicalJson(value: Exclude<JsonValue, undefined>): string {
	if (typeof value === "string") return quoted(value);
	if (typeof value !== "object") return String(value);
	if (Array.isArray(value)) return `[${value.filter(isGiven).map(canonicalJson).join(",")}]`;
	const members = Object.keys(value)
		.sort(byBytes)
		.flatMap((name) => {
			const member = value[name];
			return isGiven(member) ? [`${quoted(name)}:${canonicalJson(member)}`] : [];
		});
	return `{${members.join(",")}}`;
}

/** JavaScript may also hand in `null` where a type could not stop it. */
const isGiven = (value: JsonValue): value is Exclude<JsonValue, undefined> => value !== undefined && value !== null;

/** Backspace and form feed are written differently by the SDKs, so they are not sent. JavaScript leaves U+2028/9 raw. */
const quoted = (text: string): string =>
	JSON.stringify(text.replace(/[\b\f]/g, ""))
		.replaceAll("\u2028", "\\u2028")
		.replaceAll("\u2029", "\\u2029");

const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
