import type { Context, ServiceSchema } from "moleculer";
import type { Collection } from "mongodb";
import { decrypt, encrypt, isCurrent } from "./secret.ts";

/** Where a service keeps secrets: in documents whose `_id` is the secret's owner (see `encrypt`). */
export interface SealedFields<T extends { _id: string }> {
	model: { collection: unknown };
	purpose: string;
	/** Where a document has any: "app.secret". What is "" or absent is no secret. */
	pathsOf(document: T): readonly string[];
	/** Further fields that depend on the master key, made anew from the document: path -> value. */
	remake?(document: T): Record<string, string>;
}

/** One page of a walk through the documents, in the order of their ids. */
export interface ResealPage {
	documents: number; // looked at
	changed: number; // secrets that are of the current master key from now on
	old: number; // secrets that are not, still
	unreadable: string[]; // of those, the documents' ids where no key opens one; ten of a page at most
	after: string | null; // where the next page begins; null: this was the last one
}

const pageSize = 200;
const namedMost = 10;

/**
 * The action `reseal`: encrypts the secrets of one page anew under the current master key, or only counts them. What is
 * of that key already is left alone, so it may be stopped anywhere and begun again, and run twice at once.
 */
export function reseals<T extends { _id: string }>(fields: SealedFields<T>): Partial<ServiceSchema> {
	return {
		actions: {
			reseal: {
				visibility: "public", // for `secret`, never the gateway
				params: { $$strict: true, after: "string|max:300", change: "boolean" },
				handler: (ctx: Context<{ after: string; change: boolean }>) => resealPage(fields, ctx.params),
			},
		},
	};
}

async function resealPage<T extends { _id: string }>(
	fields: SealedFields<T>,
	{ after, change }: { after: string; change: boolean },
): Promise<ResealPage> {
	const collection = fields.model.collection as Collection<{ _id: string }>;
	const found = await collection
		.find({ _id: { $gt: after } })
		.sort({ _id: 1 })
		.limit(pageSize)
		.toArray();
	const documents = found as unknown as T[];
	const page: ResealPage = { documents: documents.length, changed: 0, old: 0, unreadable: [], after: null };
	for (const document of documents) {
		const { fresh, stuck, before } = secretsOf(document, fields);
		const due = Object.keys(fresh).length;
		const written = change && due > 0 && (await replace(collection, document._id, before, fresh));
		page[written ? "changed" : "old"] += due;
		page.old += stuck;
		if (stuck && page.unreadable.length < namedMost) page.unreadable.push(document._id);
	}
	if (documents.length === pageSize) page.after = documents.at(-1)?._id ?? null;
	return page;
}

interface Secrets {
	fresh: Record<string, string>; // path -> what it is under the current master key, where it is not that yet
	before: Record<string, unknown>; // the same paths as they are
	stuck: number; // no key opens them
}

function secretsOf<T extends { _id: string }>(document: T, { pathsOf, purpose, remake }: SealedFields<T>): Secrets {
	const secrets: Secrets = { fresh: {}, before: {}, stuck: 0 };
	for (const path of pathsOf(document)) {
		const stored = valueAt(document, path);
		if (typeof stored !== "string" || stored === "" || isCurrent(stored)) continue;
		const plain = opened(purpose, document._id, stored);
		if (plain === null) {
			secrets.stuck += 1;
			continue;
		}
		secrets.before[path] = stored;
		secrets.fresh[path] = encrypt(purpose, document._id, plain);
	}
	for (const [path, value] of Object.entries(remake?.(document) ?? {})) {
		const stored = valueAt(document, path);
		if (stored === value) continue;
		secrets.before[path] = stored;
		secrets.fresh[path] = value;
	}
	return secrets;
}

/** Null: it does not open. That is counted and told, and must not keep the others from being changed. */
function opened(purpose: string, owner: string, stored: string): string | null {
	try {
		return decrypt(purpose, owner, stored);
	} catch {
		return null;
	}
}

/**
 * False when somebody has changed one of them meanwhile: then they are of the current key, or found by the next walk.
 * By the driver itself: for everybody else the document has not changed.
 */
async function replace(
	collection: Collection<{ _id: string }>,
	_id: string,
	before: Record<string, unknown>,
	fresh: Record<string, string>,
): Promise<boolean> {
	const { matchedCount } = await collection.updateOne({ ...before, _id }, { $set: fresh });
	return matchedCount > 0;
}

const valueAt = (document: object, path: string): unknown =>
	path.split(".").reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], document);
