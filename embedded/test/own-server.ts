/** A store of a test's own, in this process: for what only concerns this server. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Db, MongoClient } from "mongodb";
import { type RunningStore, startStore } from "../server.ts";

export interface OwnServer {
	directory: string;
	store: RunningStore;
	client: MongoClient;
	db: Db;
	close(): Promise<void>;
}

export async function ownServer(options: { ttlEveryMs?: number } = {}): Promise<OwnServer> {
	const directory = mkdtempSync(join(tmpdir(), "store-"));
	const store = await startStore(directory, { port: 0 }, options);
	const client = await MongoClient.connect(store.url);
	const close = async (): Promise<void> => {
		await client.close();
		await store.close();
		rmSync(directory, { recursive: true });
	};
	return { directory, store, client, db: client.db("own"), close };
}
