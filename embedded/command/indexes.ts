/** createIndexes, listIndexes and dropIndexes. */
import { equal } from "../bson/compare.ts";
import { show } from "../bson/show.ts";
import { type Doc, isPlain, type Value } from "../bson/values.ts";
import { StoreError } from "../errors.ts";
import type { IndexDefinition } from "../index/definition.ts";
import type { Catalog } from "../storage/catalog.ts";
import type { Collection } from "../storage/collection.ts";
import { type Commands, operationOf, type ServerContext } from "./command.ts";
import { firstBatch } from "./cursor.ts";
import { readIndexSpec, sameIndex, sameKeys, sameOptions } from "./index-spec.ts";
import type { Reply } from "./reply.ts";
import { documentField, namespaceOf } from "./request.ts";
import { statements } from "./statements.ts";

export const indexCommands: Commands = {
	createIndexes: {
		kind: "write",
		fields: ["indexes", "commitQuorum"],
		run(request, server) {
			const ns = namespaceOf(request);
			const specs = statements(request, "indexes").map(readIndexSpec);
			return server.indexBuilder.inTurn(() => createIndexes(server, ns, specs));
		},
	},
	listIndexes: {
		kind: "read",
		fields: ["cursor"],
		run(request, context) {
			const ns = namespaceOf(request);
			const collection = context.catalog.get(ns);
			if (collection === undefined) throw new StoreError("NamespaceNotFound", `ns does not exist: ${ns}`);
			const specs = readyIndexes(collection).map(({ spec }) => spec);
			const cursor = documentField(request.body, "cursor");
			return firstBatch(ns, specs, cursor, operationOf(request), context);
		},
	},
	dropIndexes: {
		kind: "write",
		fields: ["index"],
		run(request, { store }) {
			const ns = namespaceOf(request);
			return store.writes.run(() => dropIndexes(store.catalog, ns, request.body.index));
		},
	},
};

export const readyIndexes = (collection: Collection): IndexDefinition[] => [
	collection.idIndex,
	...collection.indexes.filter((index) => index.ready),
];

/** All of them or none. */
async function createIndexes(server: ServerContext, ns: string, specs: readonly Doc[]): Promise<Reply> {
	const { catalog, writes } = server.store;
	const existed = catalog.get(ns) !== undefined;
	const before = countIndexes(catalog, ns);
	const built: Value[] = [];
	try {
		for (const spec of specs) {
			if (exists(catalog, ns, spec)) continue;
			await server.indexBuilder.build(ns, spec);
			built.push(spec.name);
		}
	} catch (error) {
		for (const name of built) await writes.run(() => dropIndexes(catalog, ns, name));
		throw error;
	}
	if (catalog.get(ns) === undefined) await writes.run(() => void catalog.getOrCreate(ns));
	const after = countIndexes(catalog, ns);
	return { numIndexesBefore: before, numIndexesAfter: after, createdCollectionAutomatically: !existed };
}

const countIndexes = (catalog: Catalog, ns: string): number => 1 + (catalog.get(ns)?.indexes.length ?? 0);

/** Throws when another index has the same name, or the same fields under other options. */
function exists(catalog: Catalog, ns: string, spec: Doc): boolean {
	if (equal(spec.key, { _id: 1 })) return true;
	const indexes = catalog.get(ns)?.indexes ?? [];
	const sameName = indexes.find(({ name }) => name === spec.name);
	if (sameName !== undefined) {
		if (sameIndex(sameName.spec, spec)) return true;
		const message = `An existing index has the same name as the requested index, but is another: ${show(sameName.spec)}`;
		throw new StoreError("IndexKeySpecsConflict", message);
	}
	const sameFields = indexes.find((index) => sameKeys(index.spec, spec));
	if (sameFields === undefined) return false;
	const difference = sameOptions(sameFields.spec, spec) ? "name" : "options";
	const message = `Index already exists with a different ${difference}: ${show(sameFields.spec)}`;
	throw new StoreError("IndexOptionsConflict", message);
}

/** By name, by key pattern, by a list of names, or "*" for all but `_id`. */
function dropIndexes(catalog: Catalog, ns: string, wanted: Value): Reply {
	const collection = catalog.get(ns);
	if (collection === undefined) throw new StoreError("NamespaceNotFound", `ns not found ${ns}`);
	const nIndexesWas = collection.indexes.length + 1;
	const named = Array.isArray(wanted) ? wanted : [wanted];
	const dropped = wanted === "*" ? [...collection.indexes] : named.map((each) => indexToDrop(collection, each));
	for (const index of dropped) catalog.dropIndex(collection, index);
	return { nIndexesWas };
}

/** By name or key pattern. */
function indexToDrop(collection: Collection, wanted: Value): IndexDefinition {
	if (wanted === "_id_" || (isPlain(wanted) && equal(wanted, { _id: 1 }))) {
		throw new StoreError("InvalidOptions", "cannot drop _id index");
	}
	const index = collection.indexes.find(({ name, spec }) =>
		typeof wanted === "string" ? name === wanted : equal(spec.key, wanted),
	);
	if (index !== undefined) return index;
	throw new StoreError("IndexNotFound", `index not found: ${show(wanted)}`);
}
