/** A connection to the database file, with its prepared statements. */
import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from "node:sqlite";

/** Rows are arrays in the order of the selected columns. */
export type Row = SQLOutputValue[];

/** Tables come and go; statements of tables long gone are dropped first. */
const MAX_STATEMENTS = 2000;
const BUSY_MS = 5000;

export class Connection {
	readonly database: DatabaseSync;
	readonly readOnly: boolean;
	private readonly statements = new Map<string, StatementSync>();

	constructor(file: string, options: { readOnly: boolean; cacheMegabytes: number }) {
		this.readOnly = options.readOnly;
		this.database = new DatabaseSync(file, { readOnly: options.readOnly });
		this.exec(`PRAGMA busy_timeout = ${BUSY_MS}; PRAGMA cache_size = ${-1024 * options.cacheMegabytes};`);
	}

	exec(sql: string): void {
		this.database.exec(sql);
	}

	get(sql: string, ...values: SQLInputValue[]): Row | undefined {
		return this.statement(sql).get(...values) as unknown as Row | undefined;
	}

	all(sql: string, ...values: SQLInputValue[]): Row[] {
		return this.statement(sql).all(...values) as unknown as Row[];
	}

	/** Runs a change; `changes` counts rows, `lastId` is the row id of an insert. */
	run(sql: string, ...values: SQLInputValue[]): { changes: number; lastId: number } {
		const { changes, lastInsertRowid } = this.statement(sql).run(...values);
		return { changes: Number(changes), lastId: Number(lastInsertRowid) };
	}

	/** Before a table is dropped: a statement that still knows it would keep it from being dropped. */
	forget(table: string): void {
		const mentions = new RegExp(`\\b${table}\\b`);
		for (const sql of this.statements.keys()) if (mentions.test(sql)) this.statements.delete(sql);
	}

	close(): void {
		this.statements.clear();
		this.database.close();
	}

	private statement(sql: string): StatementSync {
		const known = this.statements.get(sql);
		if (known !== undefined) return known;
		const statement = this.database.prepare(sql);
		statement.setReturnArrays(true);
		this.statements.set(sql, statement);
		for (const oldest of this.statements.keys()) {
			if (this.statements.size <= MAX_STATEMENTS) break;
			this.statements.delete(oldest);
		}
		return statement;
	}
}

/** Opens the file for the one writer. FULL: a commit is on the disk before it is acknowledged. */
export function openWriter(file: string): Connection {
	const connection = new Connection(file, { readOnly: false, cacheMegabytes: 64 });
	connection.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;");
	connection.exec("PRAGMA wal_autocheckpoint = 4000;");
	return connection;
}

export const openReader = (file: string): Connection => new Connection(file, { readOnly: true, cacheMegabytes: 32 });

/** A BLOB column as a Buffer on the same memory. */
export function blob(value: SQLOutputValue | undefined): Buffer {
	if (!(value instanceof Uint8Array)) throw new TypeError("the store's file is damaged: a BLOB was expected");
	return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
}

const SQLITE_CONSTRAINT_PRIMARYKEY = 1555;
const SQLITE_CONSTRAINT_UNIQUE = 2067;

export function isUniqueViolation(error: unknown): boolean {
	if (!(error instanceof Error) || !("errcode" in error)) return false;
	return error.errcode === SQLITE_CONSTRAINT_UNIQUE || error.errcode === SQLITE_CONSTRAINT_PRIMARYKEY;
}
