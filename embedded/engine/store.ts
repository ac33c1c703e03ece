/** An open data folder: the writer's connection, the catalog, the write queue. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Catalog } from "../storage/catalog.ts";
import { lockFolder } from "../storage/lock.ts";
import { openWriter } from "../storage/sqlite.ts";
import { WriteQueue } from "./write-queue.ts";

/** The file inside a data folder that holds everything. */
export const databaseFile = (directory: string): string => join(directory, "store.sqlite");

export class Store {
	readonly file: string;
	readonly catalog: Catalog;
	readonly writes: WriteQueue;
	private readonly unlock: () => void;

	/** Throws FolderInUse when another process has the folder. */
	constructor(directory: string) {
		mkdirSync(directory, { recursive: true, mode: 0o700 });
		this.unlock = lockFolder(directory);
		this.file = databaseFile(directory);
		this.catalog = new Catalog(openWriter(this.file));
		this.catalog.prepare();
		this.writes = new WriteQueue(this.catalog);
	}

	/** Finishes queued writes and folds the write-ahead log into the file. Readers have to be closed before. */
	close(): void {
		this.writes.close();
		this.catalog.connection.exec("PRAGMA wal_checkpoint(TRUNCATE)");
		this.catalog.connection.close();
		this.unlock();
	}
}
