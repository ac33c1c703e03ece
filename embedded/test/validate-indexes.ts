/** Compares the indexes of a collection with its documents, both ways. */
import type { IndexDefinition } from "../index/definition.ts";
import type { Collection } from "../storage/collection.ts";
import { collectionRows } from "../storage/rows.ts";

const CHUNK = 512;

/** One message for every index that is wrong. */
export function validateIndexes(collection: Collection): string[] {
	return collection.indexes.filter(({ ready }) => ready).flatMap((index) => validateIndex(collection, index));
}

function validateIndex(collection: Collection, index: IndexDefinition): string[] {
	const { connection } = collection;
	const table = `x${index.id}`;
	let expected = 0;
	let missing = 0;
	for (const { row, doc } of collectionRows(collection, false, CHUNK)) {
		for (const key of index.keysOf(doc).keys) {
			expected++;
			if (connection.get(`SELECT 1 FROM ${table} WHERE k = ? AND r = ?`, key, row) === undefined) missing++;
		}
	}
	const entries = Number(connection.get(`SELECT count(*) FROM ${table}`)?.[0]);
	if (missing === 0 && entries === expected) return [];
	return [`index ${index.name} lacks ${missing} of ${expected} entries and has ${entries} in all`];
}
