/**
 * One process owns a data folder. The lock is SQLite's own, on a small file beside the data: the operating system
 * gives it back the moment the process is gone, however it went.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** A restarted store may come before the system has buried the killed one. */
const PATIENCE_MS = 2000;
const SQLITE_BUSY = 5;

export class FolderInUse extends Error {
	constructor(directory: string, owner: string) {
		super(
			`The data folder ${directory} is in use by another store (process ${owner}). Stop it, or choose another folder.`,
		);
		this.name = "FolderInUse";
	}
}

/** Takes the folder or throws FolderInUse; the function it returns gives the folder back. */
export function lockFolder(directory: string): () => void {
	const ownerFile = join(directory, "store.owner");
	const lock = new DatabaseSync(join(directory, "store.lock"), { timeout: PATIENCE_MS });
	try {
		lock.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE;");
	} catch (error) {
		lock.close();
		if (!(error instanceof Error && "errcode" in error && error.errcode === SQLITE_BUSY)) throw error;
		throw new FolderInUse(directory, readOwner(ownerFile));
	}
	writeFileSync(ownerFile, String(process.pid));
	return () => lock.close();
}

/** Only for the message: between taking the lock and writing the file nobody is named. */
function readOwner(file: string): string {
	try {
		return readFileSync(file, "utf8");
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === "ENOENT") return "unknown";
		throw error;
	}
}
