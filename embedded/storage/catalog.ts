/** What the file holds: collections and their indexes, as tables of SQLite and as objects in memory. */
import { decode } from "../bson/decode.ts";
import { encode } from "../bson/encode.ts";
import type { Doc } from "../bson/values.ts";
import { StoreError } from "../errors.ts";
import { IndexDefinition } from "../index/definition.ts";
import { compileFilter } from "../query/filter.ts";
import { Collection } from "./collection.ts";
import { blob, type Connection } from "./sqlite.ts";

/**
 * A collection is a table `c<id>` of rows (r: natural order, k: key of `_id`, d: BSON), an index a table `x<id>` of
 * (k: key, r: row). Ids are never used again. `generation` grows with every change that a reader has to notice.
 */
const TABLES = `
	CREATE TABLE IF NOT EXISTS collections (id INTEGER PRIMARY KEY AUTOINCREMENT, ns TEXT NOT NULL UNIQUE, uuid BLOB NOT NULL);
	CREATE TABLE IF NOT EXISTS indexes (id INTEGER PRIMARY KEY AUTOINCREMENT, collection INTEGER NOT NULL, spec BLOB NOT NULL,
		multikey INTEGER NOT NULL DEFAULT 0, ready INTEGER NOT NULL DEFAULT 0);
	CREATE TABLE IF NOT EXISTS generation (n INTEGER NOT NULL);
	INSERT INTO generation SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM generation);
`;

/** Source: manual, "Naming Restrictions". */
const MAX_NAMESPACE_BYTES = 255;

export class Catalog {
	readonly connection: Connection;
	private readonly byNamespace = new Map<string, Collection>();
	private generation = 0;

	constructor(connection: Connection) {
		this.connection = connection;
	}

	/** For the writer, once: makes the tables and drops index builds that a crash left unfinished. */
	prepare(): void {
		this.connection.exec(TABLES);
		for (const [id] of this.connection.all("SELECT id FROM indexes WHERE ready = 0")) {
			this.connection.exec(`DROP TABLE IF EXISTS x${id}`);
			this.connection.run("DELETE FROM indexes WHERE id = ?", id ?? null);
		}
		this.reload();
	}

	/** Reads everything again: after a rollback, which undid changes to the tables but not to the objects. */
	reload(): void {
		this.byNamespace.clear();
		this.generation = this.storedGeneration();
		const byId = new Map<number, Collection>();
		for (const [id, ns, uuid] of this.connection.all("SELECT id, ns, uuid FROM collections ORDER BY id")) {
			const collection = new Collection(this, Number(id), String(ns), blob(uuid));
			this.byNamespace.set(collection.ns, collection);
			byId.set(collection.id, collection);
		}
		const indexes = this.connection.all("SELECT id, collection, spec, multikey, ready FROM indexes ORDER BY id");
		for (const [id, collection, spec, multikey, ready] of indexes) {
			const index = defineIndex(Number(id), decode(blob(spec)), Number(multikey), ready === 1);
			byId.get(Number(collection))?.indexes.push(index);
		}
	}

	/** For readers, inside a read transaction: takes over what the writer has changed. */
	refresh(): void {
		if (this.storedGeneration() !== this.generation) this.reload();
	}

	get(ns: string): Collection | undefined {
		return this.byNamespace.get(ns);
	}

	all(): Collection[] {
		return [...this.byNamespace.values()];
	}

	inDatabase(name: string): Collection[] {
		return this.all().filter((collection) => collection.databaseName === name);
	}

	getOrCreate(ns: string): Collection {
		const existing = this.byNamespace.get(ns);
		if (existing !== undefined) return existing;
		checkLength(ns);
		const uuid = Buffer.from(crypto.randomUUID().replaceAll("-", ""), "hex");
		const { lastId } = this.connection.run("INSERT INTO collections (ns, uuid) VALUES (?, ?)", ns, uuid);
		const collection = new Collection(this, lastId, ns, uuid);
		this.connection.exec(
			`CREATE TABLE ${collection.table} (r INTEGER PRIMARY KEY, k BLOB NOT NULL, d BLOB NOT NULL);
			CREATE UNIQUE INDEX ${collection.table}k ON ${collection.table} (k);`,
		);
		this.byNamespace.set(ns, collection);
		this.changed();
		return collection;
	}

	drop(collection: Collection): void {
		for (const index of [...collection.indexes]) this.dropIndex(collection, index);
		this.dropTable(collection.table);
		this.connection.run("DELETE FROM collections WHERE id = ?", collection.id);
		this.byNamespace.delete(collection.ns);
		this.changed();
	}

	rename(collection: Collection, ns: string): void {
		checkLength(ns);
		this.connection.run("UPDATE collections SET ns = ? WHERE id = ?", ns, collection.id);
		this.byNamespace.delete(collection.ns);
		collection.ns = ns;
		this.byNamespace.set(ns, collection);
		this.changed();
	}

	/** An empty index, not ready: see index-build.ts. */
	addIndex(collection: Collection, spec: Doc): IndexDefinition {
		const { lastId } = this.connection.run(
			"INSERT INTO indexes (collection, spec) VALUES (?, ?)",
			collection.id,
			encode(spec),
		);
		const index = defineIndex(lastId, spec, 0, false);
		const key = index.unique
			? "k BLOB NOT NULL PRIMARY KEY, r INTEGER NOT NULL"
			: "k BLOB NOT NULL, r INTEGER NOT NULL";
		const primaryKey = index.unique ? "" : ", PRIMARY KEY (k, r)";
		this.connection.exec(`CREATE TABLE x${index.id} (${key}${primaryKey}) WITHOUT ROWID`);
		collection.indexes.push(index);
		this.changed();
		return index;
	}

	/** Stores what has changed about an index: that it is ready, that it has met an array. */
	saveIndex({ id, multikey, ready }: IndexDefinition): void {
		this.connection.run("UPDATE indexes SET multikey = ?, ready = ? WHERE id = ?", multikey, ready ? 1 : 0, id);
		this.changed();
	}

	dropIndex(collection: Collection, index: IndexDefinition): void {
		this.dropTable(`x${index.id}`);
		this.connection.run("DELETE FROM indexes WHERE id = ?", index.id);
		collection.indexes.splice(collection.indexes.indexOf(index), 1);
		this.changed();
	}

	private dropTable(table: string): void {
		this.connection.forget(table);
		this.connection.exec(`DROP TABLE IF EXISTS ${table}`);
	}

	private changed(): void {
		this.connection.run("UPDATE generation SET n = n + 1");
		this.generation = this.storedGeneration();
	}

	private storedGeneration(): number {
		return Number(this.connection.get("SELECT n FROM generation")?.[0]);
	}
}

function checkLength(ns: string): void {
	if (Buffer.byteLength(ns) <= MAX_NAMESPACE_BYTES) return;
	throw new StoreError("InvalidNamespace", `The namespace ${ns} is longer than ${MAX_NAMESPACE_BYTES} bytes`);
}

function defineIndex(id: number, spec: Doc, multikey: number, ready: boolean): IndexDefinition {
	const { partialFilterExpression } = spec;
	if (partialFilterExpression === undefined) return new IndexDefinition(id, spec, { multikey, ready });
	const matches = compileFilter(partialFilterExpression);
	return new IndexDefinition(id, spec, { multikey, ready, inPartialFilter: (doc) => matches(doc, null) });
}
