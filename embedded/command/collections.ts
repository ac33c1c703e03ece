/** Collections and databases: create, drop, rename, list. */
import { Binary, type Doc, type Value } from "../bson/values.ts";
import { StoreError } from "../errors.ts";
import { compileFilter } from "../query/filter.ts";
import type { Catalog } from "../storage/catalog.ts";
import type { Collection } from "../storage/collection.ts";
import { type Commands, operationOf } from "./command.ts";
import { firstBatch } from "./cursor.ts";
import type { Reply } from "./reply.ts";
import { checkedNamespace, documentField, flagField, namespaceOf } from "./request.ts";

export const collectionCommands: Commands = {
	create: {
		kind: "write",
		fields: [],
		run(request, { store }) {
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
		fields: [],
		run(request, { store }) {
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
		fields: [],
		run(request, { store }) {
			return store.writes.run(() => {
				for (const collection of store.catalog.inDatabase(request.database)) store.catalog.drop(collection);
				return { dropped: request.database };
			});
		},
	},
	renameCollection: {
		kind: "write",
		fields: ["to", "dropTarget"],
		run(request, { store }) {
			const from = fullNamespace(request.body.renameCollection);
			const to = fullNamespace(request.body.to);
			const dropTarget = flagField(request.body, "dropTarget");
			return store.writes.run(() => rename(store.catalog, from, to, dropTarget));
		},
	},
	listCollections: {
		kind: "read",
		fields: ["filter", "nameOnly", "authorizedCollections", "cursor"],
		run(request, context) {
			const matches = compileFilter(documentField(request.body, "filter"));
			const nameOnly = flagField(request.body, "nameOnly");
			const described = context.catalog.inDatabase(request.database).map(describe);
			const listed = described
				.filter((doc) => matches(doc, null))
				.map((doc): Doc => (nameOnly ? { name: doc.name, type: doc.type } : doc));
			const cursor = documentField(request.body, "cursor");
			return firstBatch(`${request.database}.$cmd.listCollections`, listed, cursor, operationOf(request), context);
		},
	},
	listDatabases: {
		kind: "read",
		fields: ["filter", "nameOnly", "authorizedDatabases"],
		run(request, { catalog }) {
			const matches = compileFilter(documentField(request.body, "filter"));
			const names = [...new Set(catalog.all().map(({ databaseName }) => databaseName))].sort();
			const databases = names.map((name): Doc => ({ name, empty: false })).filter((doc) => matches(doc, null));
			return { databases };
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
