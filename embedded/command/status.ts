/** How the server and its collections are: serverStatus, collStats, dbStats, validate. */
import { statSync } from "node:fs";
import { hostname } from "node:os";
import type { Doc } from "../bson/values.ts";
import { StoreError } from "../errors.ts";
import type { Collection } from "../storage/collection.ts";
import { validateIndexes } from "../storage/validate.ts";
import { type Commands, operationOf } from "./command.ts";
import { VERSION } from "./hello.ts";
import { readyIndexes } from "./indexes.ts";
import { namespaceOf, refuseUnknownFields } from "./request.ts";

export const statusCommands: Commands = {
	serverStatus: {
		kind: "plain",
		run: (_request, { store, startedAt, openConnections }) => ({
			host: hostname(),
			version: VERSION,
			process: "embedded",
			pid: BigInt(process.pid),
			uptime: (Date.now() - startedAt) / 1000,
			localTime: new Date(),
			connections: { current: openConnections() },
			mem: { resident: Math.round(process.memoryUsage.rss() / (1 << 20)) },
			storageEngine: { name: "sqlite", persistent: true },
			storage: { bytes: BigInt(statSync(store.file).size) },
		}),
	},
	collStats: {
		kind: "read",
		run(request, { catalog }) {
			refuseUnknownFields(request, ["scale"]);
			const ns = namespaceOf(request);
			return { ns, ...statsOf(catalog.get(ns)) };
		},
	},
	dbStats: {
		kind: "read",
		run(request, { catalog }) {
			refuseUnknownFields(request, ["scale", "freeStorage"]);
			const collections = catalog.inDatabase(request.database);
			return {
				db: request.database,
				collections: collections.length,
				views: 0,
				objects: collections.reduce((sum, collection) => sum + collection.count(), 0),
				indexes: collections.reduce((sum, collection) => sum + readyIndexes(collection).length, 0),
			};
		},
	},
	validate: {
		kind: "read",
		run(request, context) {
			refuseUnknownFields(request, ["full"]);
			const ns = namespaceOf(request);
			const collection = context.catalog.get(ns);
			if (collection === undefined) throw new StoreError("NamespaceNotFound", `Collection '${ns}' does not exist`);
			const operation = operationOf(request, context.allowance);
			operation.expect(collection.size());
			const errors = validateIndexes(collection, () => operation.examine());
			return {
				ns,
				nIndexes: readyIndexes(collection).length,
				nrecords: collection.count(),
				valid: errors.length === 0,
				errors,
			};
		},
	},
};

function statsOf(collection: Collection | undefined): Doc {
	if (collection === undefined) return { count: 0, nindexes: 0, capped: false };
	return { count: collection.count(), nindexes: readyIndexes(collection).length, capped: false };
}
