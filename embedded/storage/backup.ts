import { existsSync } from "node:fs";
import { backup, DatabaseSync } from "node:sqlite";

/**
 * Copies the database into a new file while the store may be running: SQLite's online backup, which takes over what is
 * written meanwhile. To restore, put the file into an empty data folder as `store.sqlite`.
 */
export async function backUp(databaseFile: string, target: string): Promise<void> {
	if (!existsSync(databaseFile)) throw new Error(`there is no store at ${databaseFile}`);
	if (existsSync(target)) throw new Error(`${target} exists already; a backup does not overwrite`);
	const source = new DatabaseSync(databaseFile, { readOnly: true });
	try {
		await backup(source, target);
	} finally {
		source.close();
	}
}
