/** How the server and its collections are. */
import type { Commands } from "./command.ts";
import { VERSION } from "./hello.ts";
import { readyIndexes } from "./indexes.ts";
import { namespaceOf } from "./request.ts";

export const statusCommands: Commands = {
	serverStatus: {
		kind: "plain",
		run: (_request, { startedAt, openConnections }) => ({
			version: VERSION,
			process: "embedded",
			pid: BigInt(process.pid),
			uptime: (Date.now() - startedAt) / 1000,
			localTime: new Date(),
			connections: { current: openConnections() },
			storageEngine: { name: "sqlite", persistent: true },
		}),
	},
	collStats: {
		kind: "read",
		fields: ["scale"],
		run(request, { catalog }) {
			const ns = namespaceOf(request);
			const collection = catalog.get(ns);
			if (collection === undefined) return { ns, count: 0, nindexes: 0 };
			return { ns, count: collection.count(), nindexes: readyIndexes(collection).length };
		},
	},
};
