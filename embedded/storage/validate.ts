/** Compares the indexes of a collection with its documents, both ways. */
import type { IndexDefinition } from "../index/definition.ts";
import type { Collection } from "./collection.ts";
import { collectionRows } from "./rows.ts";

const CHUNK = 512;

/** One message for every index that is wrong. `examined` is called for each document looked at. */
export function validateIndexes(collection: Collection, examined: () => void): string[] {
	const ready = collection.indexes.filter((index) => index.ready);
	return ready.flatMap((index) => validateIndex(collection, index, examined));
}

function validateIndex(collection: Collection, index: IndexDefinition, examined: () => void): string[] {
	const { connection } = collection;
	const table = `x${index.id}`;
	let expected = 0;
	let missing = 0;
	for (const { row, doc } of collectionRows(collection, false, CHUNK)) {
		examined();
		for (const key of index.keysOf(doc).keys) {
			expected++;
			if (connection.get(`SELECT 1 FROM ${table} WHERE k = ? AND r = ?`, key, row) === undefined) missing++;
		}
	}
	const entries = Number(connection.get(`SELECT count(*) FROM ${table}`)?.[0]);
	if (missing === 0 && entries === expected) return [];
	return [`index ${index.name} lacks ${missing} of ${expected} entries and has ${entries} in all`];
}
