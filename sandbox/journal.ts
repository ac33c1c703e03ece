import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";

/** What a row is: one namespace a kind, so that two kinds may use the same key. */
export type Kind =
	| "seed"
	| "order"
	| "aftersale"
	| "document"
	| "fault"
	| "token"
	| "code"
	| "behaviour"
	| "hub"
	| "message"
	| "shelf"
	| "waybill"
	| "request"; // what a platform knows a repeated call by

/** How long to wait for a predecessor on the same folder that is still ending. */
const lockTimeoutMs = 3000;

/**
 * The sandbox's memory on disk: rows of JSON by kind and key.
 *
 * State lives in memory; every change is also `put` here and written by `flush` before the answer leaves. So a process
 * killed at any moment has kept all it ever confirmed. (SQLite without fsync: safe against a killed process, which is
 * what the crash runs do, not against a power cut.)
 */
export class Journal {
	readonly #db: DatabaseSync;
	readonly #write: StatementSync;
	readonly #erase: StatementSync;
	/** kind + key -> the row to write, or null to remove it. The object is read at `flush`, so late changes are kept. */
	readonly #pending = new Map<string, { kind: Kind; key: string; row: object | null }>();

	constructor(dir: string) {
		mkdirSync(dir, { recursive: true });
		this.#db = new DatabaseSync(join(dir, "sandbox.db"), { timeout: lockTimeoutMs });
		// The lock is exclusive: two sandboxes on one folder would each answer from a memory the other does not know.
		this.#db.exec(`PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;
			CREATE TABLE IF NOT EXISTS rows (kind TEXT, key TEXT, body TEXT NOT NULL, PRIMARY KEY (kind, key)) WITHOUT ROWID`);
		this.#write = this.#db.prepare("INSERT OR REPLACE INTO rows VALUES (?, ?, ?)");
		this.#erase = this.#db.prepare("DELETE FROM rows WHERE kind = ? AND key = ?");
	}

	/** Every row of a kind, in no particular order. */
	load<T>(kind: Kind): T[] {
		const rows = this.#db.prepare("SELECT body FROM rows WHERE kind = ?").all(kind) as { body: string }[];
		return rows.map(({ body }) => JSON.parse(body) as T);
	}

	put(kind: Kind, key: string, row: object): void {
		this.#pending.set(`${kind}\n${key}`, { kind, key, row });
	}

	remove(kind: Kind, key: string): void {
		this.#pending.set(`${kind}\n${key}`, { kind, key, row: null });
	}

	/** Removes every row of a kind at once. */
	clear(kind: Kind): void {
		this.flush();
		this.#db.prepare("DELETE FROM rows WHERE kind = ?").run(kind);
	}

	flush(): void {
		if (this.#pending.size === 0) return;
		this.#db.exec("BEGIN");
		for (const { kind, key, row } of this.#pending.values()) {
			if (row) this.#write.run(kind, key, JSON.stringify(row));
			else this.#erase.run(kind, key);
		}
		this.#db.exec("COMMIT");
		this.#pending.clear();
	}

	close(): void {
		this.flush();
		this.#db.close();
	}
}
