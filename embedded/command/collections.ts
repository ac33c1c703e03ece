/** Collections and databases: create, drop, rename, list, and what collMod may change. */
import { Binary, type Doc, isPlain, type Value } from "../bson/values.ts";
import { StoreError } from "../errors.ts";
import { compileFilter } from "../query/filter.ts";
import type { Catalog } from "../storage/catalog.ts";
import type { Collection } from "../storage/collection.ts";
import { type Commands, operationOf } from "./command.ts";
import { firstBatch } from "./cursor.ts";
import { checkedExpiry } from "./index-spec.ts";
import { findIndex } from "./indexes.ts";
import type { Reply } from "./reply.ts";
import {
	checkedNamespace,
	documentField,
	flagField,
	namespaceOf,
	refuseCollation,
	refuseOptions,
	refuseUnknownFields,
} from "./request.ts";

/** Options of create that change what a collection is. None is offered. */
const CREATE_REFUSED = [
	"capped",
	"changeStreamPreAndPostImages",
	"clusteredIndex",
	"encryptedFields",
	"expireAfterSeconds",
	"indexOptionDefaults",
	"max",
	"pipeline",
	"size",
	"storageEngine",
	"timeseries",
	"validationAction",
	"validationLevel",
	"validator",
	"viewOn",
];

export const collectionCommands: Commands = {
	create: {
		kind: "write",
		run(request, { store }) {
			refuseUnknownFields(request, [...CREATE_REFUSED, "collation"]);
			refuseOptions(request.body, "create", CREATE_REFUSED);
			refuseCollation(request.body);
			const ns = namespaceOf(request);
			// Creating what exists with the same options (there is only one set) succeeds, as in MongoDB 7.
			return store.writes.run(() => {
				store.catalog.getOrCreate(ns);
				return {};
			});
		},
	},
	drop: {
		kind: "write",
		run(request, { store }) {
			refuseUnknownFields(request, []);
			const ns = namespaceOf(request);
			return store.writes.run((): Reply => {
				const collection = store.catalog.get(ns);
				if (collection === undefined) return {};
				const nIndexesWas = collection.indexes.length + 1;
				store.catalog.drop(collection);
				return { nIndexesWas, ns };
			});
		},
	},
	dropDatabase: {
		kind: "write",
		run(request, { store }) {
			refuseUnknownFields(request, []);
			return store.writes.run(() => {
				for (const collection of store.catalog.inDatabase(request.database)) store.catalog.drop(collection);
				return { dropped: request.database };
			});
		},
	},
	renameCollection: {
		kind: "write",
		run(request, { store }) {
			refuseUnknownFields(request, ["to", "dropTarget"]);
			const from = fullNamespace(request.body.renameCollection);
			const to = fullNamespace(request.body.to);
			const dropTarget = flagField(request.body, "dropTarget");
			return store.writes.run(() => rename(store.catalog, from, to, dropTarget));
		},
	},
	collMod: {
		kind: "write",
		run(request, { store }) {
			refuseUnknownFields(request, ["index"]);
			const ns = namespaceOf(request);
			const index = documentField(request.body, "index", "collMod");
			return store.writes.run(() => changeExpiry(store.catalog, ns, index));
		},
	},
	listCollections: {
		kind: "read",
		run(request, context) {
			refuseUnknownFields(request, ["filter", "nameOnly", "authorizedCollections", "cursor"]);
			const matches = compileFilter(documentField(request.body, "filter", "listCollections"));
			const nameOnly = flagField(request.body, "nameOnly");
			const described = context.catalog.inDatabase(request.database).map(describe);
			const listed = described
				.filter((doc) => matches(doc, null))
				.map((doc): Doc => (nameOnly ? { name: doc.name, type: doc.type } : doc));
			const cursor = documentField(request.body, "cursor", "listCollections");
			return firstBatch(`${request.database}.$cmd.listCollections`, listed, cursor, operationOf(request), context);
		},
	},
	listDatabases: {
		kind: "read",
		run(request, { catalog }) {
			refuseUnknownFields(request, ["filter", "nameOnly", "authorizedDatabases"]);
			const matches = compileFilter(documentField(request.body, "filter", "listDatabases"));
			const names = [...new Set(catalog.all().map(({ databaseName }) => databaseName))].sort();
			const databases = names
				.map((name): Doc => ({ name, sizeOnDisk: BigInt(sizeOf(catalog.inDatabase(name))), empty: false }))
				.filter((doc) => matches(doc, null));
			if (flagField(request.body, "nameOnly")) return { databases: databases.map(({ name }) => ({ name })) };
			const totalSize = databases.reduce((sum, doc) => sum + (doc.sizeOnDisk as bigint), 0n);
			return { databases, totalSize, totalSizeMb: totalSize >> 20n };
		},
	},
};

function describe(collection: Collection): Doc {
	return {
		name: collection.name,
		type: "collection",
		options: {},
		info: { readOnly: false, uuid: new Binary(collection.uuid, Binary.SUBTYPE_UUID) },
		idIndex: collection.idIndex.spec,
	};
}

/** About: what SQLite's pages would hold is not counted per table. */
const sizeOf = (collections: readonly Collection[]): number =>
	collections.reduce((sum, collection) => sum + collection.size() * 1024, 4096);

function fullNamespace(value: Value): string {
	const [database = "", ...rest] = String(value).split(".");
	return checkedNamespace(database, rest.join("."));
}

function rename(catalog: Catalog, from: string, to: string, dropTarget: boolean): Reply {
	const source = catalog.get(from);
	const target = catalog.get(to);
	if (source === undefined) throw new StoreError("NamespaceNotFound", `Source collection ${from} does not exist`);
	if (from === to) throw new StoreError("IllegalOperation", "Can't rename a collection to itself");
	if (target !== undefined) {
		if (!dropTarget) throw new StoreError("NamespaceExists", "target namespace exists");
		catalog.drop(target);
	}
	catalog.rename(source, to);
	return {};
}

/** The one thing collMod changes: after how many seconds a TTL index lets documents go. */
function changeExpiry(catalog: Catalog, ns: string, wanted: Doc): Reply {
	const collection = catalog.get(ns);
	if (collection === undefined) throw new StoreError("NamespaceNotFound", `ns does not exist: ${ns}`);
	for (const field in wanted) {
		if (!["name", "keyPattern", "expireAfterSeconds"].includes(field)) {
			throw new StoreError("InvalidOptions", `collMod: index.${field} is not supported by the embedded store`);
		}
	}
	const index = findIndex(collection, isPlain(wanted.keyPattern) ? wanted.keyPattern : wanted.name);
	if (index === undefined) throw new StoreError("IndexNotFound", `cannot find index for ns ${ns}`);
	const before = index.spec.expireAfterSeconds;
	const after = checkedExpiry(wanted.expireAfterSeconds);
	index.spec.expireAfterSeconds = after;
	catalog.saveIndex(index);
	return { ...(before !== undefined && { expireAfterSeconds_old: before }), expireAfterSeconds_new: after };
}
