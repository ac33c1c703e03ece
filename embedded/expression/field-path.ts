/** Dotted paths into documents, outside of filters and updates: those have rules of their own. */
import { copyFields, type Doc, isPlain, newDoc, type Value } from "../bson/values.ts";
import { StoreError } from "../errors.ts";

/** Splits a path, refusing what MongoDB refuses: empty parts, parts that start with a dollar, zero bytes. */
export function parsePath(path: string): string[] {
	if (path.endsWith(".")) throw new StoreError(40353, "FieldPath must not end with a '.'.");
	const parts = path.split(".");
	for (const part of parts) {
		if (part === "") throw new StoreError(15998, "FieldPath field names may not be empty strings.");
		if (part.startsWith("$")) throw new StoreError(16410, "FieldPath field names may not start with '$'.");
		if (part.includes("\0")) throw new StoreError(16411, "FieldPath field names may not contain '\\0'.");
	}
	return parts;
}

/** The value at a path. An array on the way gives the array of what its documents hold there; indexes mean nothing. */
export function valueAtPath(start: Value, parts: readonly string[], from = 0): Value {
	let value = start;
	for (let i = from; i < parts.length; i++) {
		if (Array.isArray(value)) {
			return value
				.map((element) => (isPlain(element) ? valueAtPath(element, parts, i) : undefined))
				.filter((found) => found !== undefined);
		}
		if (!isPlain(value)) return undefined;
		value = value[parts[i] ?? ""];
	}
	return value;
}

/** The value at a path that leads through documents alone. */
export function plainValueAt(start: Value, parts: readonly string[]): Value {
	let value = start;
	for (const part of parts) value = isPlain(value) ? value[part] : undefined;
	return value;
}

/** A copy of the document with the value at the path; undefined removes the field. */
export function withValueAt(doc: Doc, parts: readonly string[], value: Value): Doc {
	const [first = "", ...rest] = parts;
	const copy = copyFields(doc);
	const inner = copy[first];
	const next = rest.length === 0 ? value : withValueAt(isPlain(inner) ? inner : newDoc(), rest, value);
	if (next === undefined) delete copy[first];
	else copy[first] = next;
	return copy;
}
