import { show } from "../bson/show.ts";
import { type Doc, newDoc, type Value } from "../bson/values.ts";
import { StoreError } from "../errors.ts";
import type { IndexDefinition } from "../index/definition.ts";
import { expandPaths } from "../index/entries.ts";
import { encodeKey } from "../index/keys.ts";

/**
 * Error 11000 for a document whose key is taken. Clients read `keyPattern` and `keyValue`; mongoose and others also
 * take the message apart, so it is MongoDB's word for word.
 */
export function duplicateKey(ns: string, index: IndexDefinition, key: Buffer, doc: Doc): StoreError {
	const keyValue = newDoc();
	const values = valuesOf(index, key, doc);
	index.fields.forEach((field, i) => {
		keyValue[field] = values[i] ?? null;
	});
	const shown = index.fields.map((field) => `${field}: ${show(keyValue[field])}`).join(", ");
	return new StoreError(
		"DuplicateKey",
		`E11000 duplicate key error collection: ${ns} index: ${index.name} dup key: { ${shown} }`,
		{ keyPattern: index.spec.key, keyValue },
	);
}

function valuesOf(index: IndexDefinition, key: Buffer, doc: Doc): Value[] {
	const { entries } = expandPaths(doc, index.paths);
	const entry = entries.find(({ values }) => encodeKey(values, index.directions).equals(key));
	return (entry?.values ?? []).map((value) => (typeof value === "symbol" ? [] : value));
}
