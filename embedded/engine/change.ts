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
	/** The document of a single update before and after, if one matched or was made. */
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
	throw new StoreError(
		"BSONObjectTooLarge",
		`BSONObj size: ${bytes} is invalid. Size must be between 0 and ${MAX_DOCUMENT_BYTES}(16MB)`,
	);
}

export function updateDocuments(catalog: Catalog, ns: string, change: Update, operation: Operation): Updated {
	const collection = catalog.get(ns);
	const position = change.update.usesPosition || change.wantsPosition ? { index: -1 } : null;
	const limit = change.multi ? 0 : 1;
	const found = findDocuments(collection, { ...change.query, limit }, operation, position);
	const result = change.multi
		? updateAll(collection, found, change.update, operation, position)
		: updateFirst(collection, found, change.update, operation, position);
	if (result.matched > 0 || !change.upsert) return result;
	return insertFrom(catalog, ns, change, operation);
}

function updateFirst(
	collection: Collection | undefined,
	found: Iterable<StoredDocument>,
	update: CompiledUpdate,
	operation: Operation,
	position: Position | null,
): Updated {
	for (const stored of found) {
		const index = position?.index ?? -1;
		const before = stored.doc;
		const after = updateOne(collection, stored, update, operation, index);
		return { matched: 1, modified: after === before ? 0 : 1, before, after, position: index };
	}
	return { matched: 0, modified: 0, position: -1 };
}

/** All matches are found before the first one changes, or a changed document could be met again. */
function updateAll(
	collection: Collection | undefined,
	found: Iterable<StoredDocument>,
	update: CompiledUpdate,
	operation: Operation,
	position: Position | null,
): Updated {
	const targets = Array.from(found, ({ row }) => ({ row, index: position?.index ?? -1 }));
	let modified = 0;
	for (const { row, index } of targets) {
		operation.check();
		const stored = collection?.byRow(row);
		if (stored === undefined) continue;
		if (updateOne(collection, stored, update, operation, index) !== stored.doc) modified++;
	}
	return { matched: targets.length, modified, position: -1 };
}

/** The new version, or the old one when the update changes nothing. */
function updateOne(
	collection: Collection | undefined,
	stored: StoredDocument,
	update: CompiledUpdate,
	{ now }: Operation,
	position: number,
): Doc {
	const after = ensureId(update.apply(stored.doc, { position, insert: false, now }));
	if (after === stored.doc) return after;
	const bytes = encodeDocument(after);
	if (bytes.equals(stored.bytes)) return stored.doc;
	collection?.update(stored, after, bytes);
	return after;
}

function insertFrom(catalog: Catalog, ns: string, { query, update }: Update, { now }: Operation): Updated {
	const seed = upsertSeed(query.filter, update.isReplacement);
	const made = update.apply(seed, { position: -1, insert: true, now });
	if (seed._id !== undefined && !equal(seed._id, made._id)) {
		throw new StoreError(
			"ImmutableField",
			"Performing an update on the path '_id' would modify the immutable field '_id'",
		);
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
