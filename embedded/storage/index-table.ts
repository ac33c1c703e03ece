/** The table of one secondary index: adding and removing the keys of documents. */
import type { Doc } from "../bson/values.ts";
import type { IndexDefinition, IndexKeys } from "../index/definition.ts";
import type { Catalog } from "./catalog.ts";
import { duplicateKey } from "./duplicate-key.ts";
import { isUniqueViolation } from "./sqlite.ts";

/** Undoes one change that was made for a document, should a later one fail. */
export type Undo = () => void;

export class IndexTable {
	private readonly catalog: Catalog;
	private readonly ns: string;
	private readonly index: IndexDefinition;
	private readonly insertSql: string;
	private readonly deleteSql: string;

	constructor(catalog: Catalog, ns: string, index: IndexDefinition) {
		this.catalog = catalog;
		this.ns = ns;
		this.index = index;
		this.insertSql = `INSERT INTO x${index.id} (k, r) VALUES (?, ?)`;
		this.deleteSql = `DELETE FROM x${index.id} WHERE k = ? AND r = ?`;
	}

	/** Adds a document's keys. Throws DuplicateKey when one belongs to another document; `undo` holds what was done. */
	add(row: number, { keys, multikey }: IndexKeys, doc: Doc, undo: Undo[]): void {
		this.noteArrays(multikey);
		for (const key of keys) {
			if (!this.insert(key, row, doc)) continue;
			undo.push(() => this.delete(key, row));
		}
	}

	remove(row: number, keys: readonly Buffer[]): void {
		for (const key of keys) this.delete(key, row);
	}

	/** Replaces the keys of a document, touching only those that differ. */
	replace(row: number, before: readonly Buffer[], after: IndexKeys, doc: Doc, undo: Undo[]): void {
		const added = without(after.keys, before);
		this.add(row, { keys: added, multikey: after.multikey }, doc, undo);
		for (const key of without(before, after.keys)) {
			this.delete(key, row);
			undo.push(() => this.insert(key, row, doc));
		}
	}

	/** While an index is being built, the builder and the writers may both come with the same key. */
	private insert(key: Buffer, row: number, doc: Doc): boolean {
		try {
			this.catalog.connection.run(this.insertSql, key, row);
			return true;
		} catch (error) {
			if (!isUniqueViolation(error)) throw error;
			if (!this.index.ready && this.has(key, row)) return false;
			throw duplicateKey(this.ns, this.index, key, doc);
		}
	}

	private has(key: Buffer, row: number): boolean {
		const sql = `SELECT 1 FROM x${this.index.id} WHERE k = ? AND r = ?`;
		return this.catalog.connection.get(sql, key, row) !== undefined;
	}

	private delete(key: Buffer, row: number): void {
		this.catalog.connection.run(this.deleteSql, key, row);
	}

	private noteArrays(multikey: number): void {
		if ((this.index.multikey | multikey) === this.index.multikey) return;
		this.index.multikey |= multikey;
		this.catalog.saveIndex(this.index);
	}
}

function without(keys: readonly Buffer[], others: readonly Buffer[]): readonly Buffer[] {
	const [key] = keys;
	const [other] = others;
	if (keys.length === 1 && others.length === 1 && key && other) return key.equals(other) ? [] : keys;
	const known = new Set(others.map((each) => each.toString("latin1")));
	return keys.filter((each) => !known.has(each.toString("latin1")));
}
