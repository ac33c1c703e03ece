/** Changes documents found by a query. Runs inside the write queue. */
import { equal } from "../bson/compare.ts";
import { encode } from "../bson/encode.ts";
import type { Doc, Value } from "../bson/values.ts";
import { StoreError } from "../errors.ts";
import type { Position } from "../query/filter.ts";
import type { Catalog } from "../storage/catalog.ts";
import type { Collection } from "../storage/collection.ts";
import type { StoredDocument } from "../storage/document.ts";
import type { CompiledUpdate } from "../update/update.ts";
import { checkId, ensureId, upsertSeed } from "../update/upsert.ts";
import { findDocuments, type Query } from "./find.ts";
import { MAX_DOCUMENT_BYTES } from "./limits.ts";
import type { Operation } from "./operation.ts";

export interface Update {
	query: Query;
	update: CompiledUpdate;
	multi: boolean;
	upsert: boolean;
	/** Record where the positional `$` points even if the update does not need it. */
	wantsPosition?: boolean;
}

export interface Updated {
	matched: number;
	modified: number;
	/** The last document before and after, if one matched or was made. */
	before?: Doc;
	after?: Doc;
	position: number;
	upsertedId?: Value;
}

/** Encoded, with its size checked. Throws BSONObjectTooLarge. */
function encodeDocument(doc: Doc): Buffer {
	const bytes = encode(doc);
	checkSize(bytes.length);
	return bytes;
}

export function checkSize(bytes: number): void {
	if (bytes <= MAX_DOCUMENT_BYTES) return;
	throw new StoreError("BSONObjectTooLarge", `a document of ${bytes} bytes exceeds ${MAX_DOCUMENT_BYTES} (16 MB)`);
}

export function updateDocuments(catalog: Catalog, ns: string, change: Update, operation: Operation): Updated {
	const { query, update, multi, upsert, wantsPosition } = change;
	const collection = catalog.get(ns);
	const position = update.usesPosition || wantsPosition ? { index: -1 } : null;
	const found = findDocuments(collection, { ...query, limit: multi ? 0 : 1 }, operation, position);
	// All matches are found before the first one changes, or a changed document could be met again.
	const targets = Array.from(found, (stored) => ({
		row: stored.row,
		stored: multi ? undefined : stored, // of many, only the rows are held
		index: position?.index ?? -1,
	}));
	if (collection === undefined || targets.length === 0) {
		return upsert ? insertFrom(catalog, ns, change, operation) : { matched: 0, modified: 0, position: -1 };
	}
	const result: Updated = { matched: targets.length, modified: 0, position: targets[0]?.index ?? -1 };
	for (const { row, index, ...target } of targets) {
		operation.check();
		const stored = target.stored ?? collection.byRow(row);
		if (stored === undefined) continue;
		result.before = stored.doc;
		result.after = updateOne(collection, stored, update, operation, index);
		if (result.after !== stored.doc) result.modified++;
	}
	return result;
}

/** The new version, or the old one when the update changes nothing. */
function updateOne(
	collection: Collection,
	stored: StoredDocument,
	update: CompiledUpdate,
	{ now }: Operation,
	position: number,
): Doc {
	const after = ensureId(update.apply(stored.doc, { position, insert: false, now }));
	if (after === stored.doc) return after;
	const bytes = encodeDocument(after);
	if (bytes.equals(stored.bytes)) return stored.doc;
	collection.update(stored, after, bytes);
	return after;
}

function insertFrom(catalog: Catalog, ns: string, { query, update }: Update, { now }: Operation): Updated {
	const seed = upsertSeed(query.filter, update.isReplacement);
	const made = update.apply(seed, { position: -1, insert: true, now });
	if (seed._id !== undefined && !equal(seed._id, made._id)) {
		throw new StoreError("ImmutableField", "the update would change the '_id' the filter fixes");
	}
	const after = insertDocument(catalog, ns, made);
	return { matched: 0, modified: 0, after, position: -1, upsertedId: after._id };
}

/** Gives the document an `_id` if it has none. Throws DuplicateKey, InvalidIdField, BSONObjectTooLarge. */
export function insertDocument(catalog: Catalog, ns: string, doc: Doc): Doc {
	const complete = ensureId(doc);
	checkId(complete._id);
	const bytes = encodeDocument(complete);
	catalog.getOrCreate(ns).insert(complete, bytes);
	return complete;
}

/** The first match only, or all. Returns how many were deleted, and the last of them. */
export function deleteDocuments(
	catalog: Catalog,
	ns: string,
	query: Query,
	multi: boolean,
	operation: Operation,
	position: Position | null = null,
): { deleted: number; last?: Doc } {
	const collection = catalog.get(ns);
	const found = findDocuments(collection, { ...query, limit: multi ? 0 : 1 }, operation, position);
	if (collection === undefined) return { deleted: 0 };
	if (multi && Object.keys(query.filter).length === 0) {
		const deleted = collection.count();
		collection.clear();
		return { deleted };
	}
	let deleted = 0;
	let last: Doc | undefined;
	for (const row of Array.from(found, (stored) => stored.row)) {
		operation.check();
		const stored = collection.byRow(row);
		if (stored === undefined) continue;
		collection.remove(stored);
		deleted++;
		last = stored.doc;
	}
	return { deleted, last };
}
