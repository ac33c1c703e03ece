/** The platforms' own documents, kept as received, with the versions they replaced. */
import { createHash } from "node:crypto";
import type { Collection } from "mongodb";
import { type Model, Schema } from "mongoose";
import { database } from "../../mixins/database.ts";
import type { RawRecord } from "./record.ts";

export interface RawDocument {
	_id: string; // <shopId>:<platform's number>
	shopId: string;
	id: string; // the platform's number
	modifiedAt: Date; // as the document says
	fetchedAt: Date; // the platform's clock
	hash: string; // of `document`
	document: string; // JSON, numbers beyond 2^53 as text. As text, since no store forbids any key inside it
}

/** A version that was replaced. */
export interface RawVersion extends Omit<RawDocument, "_id"> {
	_id: string; // <shopId>:<platform's number>:<hash>
	replacedAt: Date;
}

export interface RawModels {
	current: Model<RawDocument>;
	versions: Model<RawVersion>;
}

const keepVersionsSec = 90 * 24 * 3_600;
const needed = { type: String, required: true };
const date = { type: Date, required: true };
const fields = { _id: needed, shopId: needed, id: needed, modifiedAt: date, fetchedAt: date, hash: needed };
const options = { strict: "throw", versionKey: false } as const;

/** `kind`: orders, aftersales, products. Collections `raw_<platform>_<kind>` and `raw_<platform>_<kind>_versions`. */
export function rawModels(platform: string, kind: string): RawModels {
	const name = `raw_${platform}_${kind}`;
	const current = new Schema<RawDocument>({ ...fields, document: needed }, options);
	current.index({ shopId: 1, id: 1 }, { unique: true });
	const versions = new Schema<RawVersion>({ ...fields, document: needed, replacedAt: date }, options);
	versions.index({ shopId: 1, id: 1, replacedAt: -1 });
	versions.index({ replacedAt: 1 }, { expireAfterSeconds: keepVersionsSec });
	return {
		current: database.model<RawDocument>(name, current, name),
		versions: database.model<RawVersion>(`${name}_versions`, versions, `${name}_versions`),
	};
}

export interface Received {
	shopId: string;
	id: string;
	modifiedAt: Date;
	fetchedAt: Date;
	raw: RawRecord;
}

/**
 * Keeps a document as the current one, unless a newer one is kept already, and the one before as a version.
 * Safe to repeat and from several processes: a document is replaced only by whoever saw it last.
 */
export const keepRaw = (models: RawModels, received: Received): Promise<void> =>
	keepDocument(models, rawDocument(received));

function rawDocument({ shopId, id, modifiedAt, fetchedAt, raw }: Received): RawDocument {
	const document = JSON.stringify(raw);
	const hash = createHash("sha256").update(document).digest("base64url");
	return { _id: `${shopId}:${id}`, shopId, id, modifiedAt, fetchedAt, hash, document };
}

async function keepDocument({ current, versions }: RawModels, kept: RawDocument): Promise<void> {
	const { hash, fetchedAt } = kept;
	for (;;) {
		const before = await storedOr(current, kept);
		if (!before) return;
		if (before.hash === hash || isNewer(before, kept)) {
			await current.updateOne({ _id: kept._id, hash }, { $max: { fetchedAt } });
			return;
		}
		await storedOr(versions, { ...before, _id: `${before._id}:${before.hash}`, replacedAt: new Date() });
		const { matchedCount } = await current.updateOne({ _id: kept._id, hash: before.hash }, { $set: kept });
		if (matchedCount) return;
	}
}

/**
 * Keeps many at once: one question for all of them, and a write only for those that are new or have changed. A list
 * that is read every few seconds brings mostly what is kept already.
 */
export async function keepRawRows(models: RawModels, received: readonly Received[]): Promise<void> {
	const documents = received.map(rawDocument);
	const ids = documents.map(({ _id }) => _id);
	const known = await models.current
		.find({ _id: { $in: ids } }, { hash: 1 })
		.lean<Pick<RawDocument, "_id" | "hash">[]>();
	const hashes = new Map(known.map(({ _id, hash }) => [_id, hash]));
	const fresh = documents.filter(({ _id }) => !hashes.has(_id));
	if (fresh.length) await insertAll(models, fresh);
	for (const document of documents) {
		const hash = hashes.get(document._id);
		if (hash !== undefined && hash !== document.hash) await keepDocument(models, document);
	}
}

async function insertAll(models: RawModels, documents: readonly RawDocument[]): Promise<void> {
	const collection = models.current.collection as unknown as Collection<RawDocument>;
	try {
		await collection.insertMany(documents as RawDocument[], { ordered: false });
	} catch (err) {
		if ((err as { code?: number }).code !== 11000) throw err;
		// Some were listed twice, or by another process at the same moment.
		for (const document of documents) await keepDocument(models, document);
	}
}

/** The document that is kept, as the platform sent it. Null when there is none. */
export async function keptRaw(
	{ current }: RawModels,
	shopId: string,
	id: string,
): Promise<{ raw: RawRecord; fetchedAt: Date } | null> {
	const kept = await current.findById(`${shopId}:${id}`, { document: 1, fetchedAt: 1 }).lean<RawDocument>();
	return kept && { raw: JSON.parse(kept.document) as RawRecord, fetchedAt: kept.fetchedAt };
}

/** Two readings of one second: the later reading wins. */
const isNewer = (a: RawDocument, b: RawDocument): boolean =>
	a.modifiedAt > b.modifiedAt || (a.modifiedAt.getTime() === b.modifiedAt.getTime() && a.fetchedAt > b.fetchedAt);

/** The document of this id; null when there was none and this one is stored now. */
async function storedOr<T extends { _id: string }>(model: Model<T>, document: T): Promise<T | null> {
	const { _id } = document;
	const collection = model.collection as unknown as Collection<{ _id: string }>;
	const store = { $setOnInsert: document };
	try {
		return (await collection.findOneAndUpdate({ _id }, store, { upsert: true, returnDocument: "before" })) as T | null;
	} catch (err) {
		if ((err as { code?: number }).code !== 11000) throw err;
		return (await collection.findOne({ _id })) as T | null; // another process stored it at the same moment
	}
}
