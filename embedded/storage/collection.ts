/** One collection: its documents and the upkeep of its indexes. Changes run inside a transaction of the writer. */
import type { Doc } from "../bson/values.ts";
import { type IndexDefinition, idIndex } from "../index/definition.ts";
import { encodeValue } from "../index/keys.ts";
import type { Catalog } from "./catalog.ts";
import { StoredDocument } from "./document.ts";
import { duplicateKey } from "./duplicate-key.ts";
import { IndexTable, type Undo } from "./index-table.ts";
import { blob, type Connection, isUniqueViolation } from "./sqlite.ts";

export class Collection {
	readonly id: number;
	ns: string;
	readonly uuid: Buffer;
	readonly table: string;
	readonly idIndex = idIndex();
	/** Secondary indexes, those being built included. */
	readonly indexes: IndexDefinition[] = [];
	private readonly catalog: Catalog;
	/** Known once counted; a rollback makes a new Collection. */
	private counted: number | undefined;

	constructor(catalog: Catalog, id: number, ns: string, uuid: Buffer) {
		this.catalog = catalog;
		this.id = id;
		this.ns = ns;
		this.uuid = uuid;
		this.table = `c${id}`;
	}

	get databaseName(): string {
		return this.ns.slice(0, this.ns.indexOf("."));
	}

	get name(): string {
		return this.ns.slice(this.ns.indexOf(".") + 1);
	}

	/** Throws DuplicateKey, leaving nothing behind. `bytes` is the encoded document. */
	insert(doc: Doc, bytes: Buffer): void {
		const row = this.insertRow(doc, bytes);
		const undo: Undo[] = [() => this.deleteRow(row)];
		this.orUndo(undo, () => {
			for (const index of this.indexes) this.tableOf(index).add(row, index.keysOf(doc), doc, undo);
		});
		this.grow(1);
	}

	/**
	 * Stores the new version of a document. A top-level value that is the same object in both versions counts as
	 * unchanged: its indexes are not looked at.
	 */
	update(stored: StoredDocument, doc: Doc, bytes: Buffer): void {
		const undo: Undo[] = [];
		this.orUndo(undo, () => {
			for (const index of this.indexes) {
				if (!isTouched(index, stored.doc, doc)) continue;
				const before = index.keysOf(stored.doc).keys;
				this.tableOf(index).replace(stored.row, before, index.keysOf(doc), doc, undo);
			}
		});
		this.connection.run(`UPDATE ${this.table} SET d = ? WHERE r = ?`, bytes, stored.row);
	}

	remove(stored: StoredDocument): void {
		for (const index of this.indexes) this.tableOf(index).remove(stored.row, index.keysOf(stored.doc).keys);
		this.deleteRow(stored.row);
		this.grow(-1);
	}

	/** Removes every document. */
	clear(): void {
		this.connection.exec(`DELETE FROM ${this.table}`);
		for (const index of this.indexes) this.connection.exec(`DELETE FROM x${index.id}`);
		this.counted = 0;
	}

	/** Adds one document to one index: the work of an index build. */
	addToIndex(index: IndexDefinition, stored: StoredDocument): void {
		const undo: Undo[] = [];
		this.orUndo(undo, () => this.tableOf(index).add(stored.row, index.keysOf(stored.doc), stored.doc, undo));
	}

	byIdKey(key: Buffer): StoredDocument | undefined {
		const row = this.connection.get(`SELECT r, d FROM ${this.table} WHERE k = ?`, key);
		return row && new StoredDocument(Number(row[0]), blob(row[1]));
	}

	byRow(row: number): StoredDocument | undefined {
		const found = this.connection.get(`SELECT d FROM ${this.table} WHERE r = ?`, row);
		return found && new StoredDocument(row, blob(found[0]));
	}

	/** Readers count each time: what they see moves on without them. */
	count(): number {
		if (this.connection.readOnly) return this.countRows();
		this.counted ??= this.countRows();
		return this.counted;
	}

	/** An upper estimate that costs nothing: row ids are given out in order. */
	size(): number {
		return Number(this.connection.get(`SELECT max(r) FROM ${this.table}`)?.[0] ?? 0);
	}

	get connection(): Connection {
		return this.catalog.connection;
	}

	private tableOf(index: IndexDefinition): IndexTable {
		return new IndexTable(this.catalog, this.ns, index);
	}

	private insertRow(doc: Doc, bytes: Buffer): number {
		const key = encodeValue(doc._id);
		try {
			return this.connection.run(`INSERT INTO ${this.table} (k, d) VALUES (?, ?)`, key, bytes).lastId;
		} catch (error) {
			if (!isUniqueViolation(error)) throw error;
			throw duplicateKey(this.ns, this.idIndex, key, doc);
		}
	}

	private deleteRow(row: number): void {
		this.connection.run(`DELETE FROM ${this.table} WHERE r = ?`, row);
	}

	private countRows(): number {
		return Number(this.connection.get(`SELECT count(*) FROM ${this.table}`)?.[0]);
	}

	private grow(by: number): void {
		if (this.counted !== undefined) this.counted += by;
	}

	/** Takes back what was done for one document when a later step fails. */
	private orUndo(undo: Undo[], work: () => void): void {
		try {
			work();
		} catch (error) {
			for (const step of undo.reverse()) step();
			throw error;
		}
	}
}

function isTouched(index: IndexDefinition, before: Doc, after: Doc): boolean {
	if (index.partialFilter !== undefined) return true;
	return index.paths.some(([root = ""]) => before[root] !== after[root]);
}
