/**
 * Reads rows in chunks. Each chunk is a query of its own that goes on after the last (key, row), so nothing is open
 * in between: cursors cost nothing while they wait, and writes and DROP go ahead.
 */
import type { SQLInputValue } from "node:sqlite";
import { ID_INDEX, type IndexDefinition } from "../index/definition.ts";
import type { IndexScan } from "../index/index-scan.ts";
import type { Range } from "../index/ranges.ts";
import type { Collection } from "./collection.ts";
import { StoredDocument } from "./document.ts";
import { blob } from "./sqlite.ts";

/** Chunks grow, so that a long scan asks rarely and a short one reads little. */
const MAX_CHUNK = 512;
const GROWTH = 4;

/** All documents in natural order. */
export function* collectionRows(
	{ connection, table }: Collection,
	reverse: boolean,
	first: number,
): Generator<StoredDocument, void> {
	const [after, order] = reverse ? ["<", "DESC"] : [">", "ASC"];
	let last: number | undefined;
	for (let chunk = first; ; chunk = Math.min(chunk * GROWTH, MAX_CHUNK)) {
		const rows =
			last === undefined
				? connection.all(`SELECT r, d FROM ${table} ORDER BY r ${order} LIMIT ?`, chunk)
				: connection.all(`SELECT r, d FROM ${table} WHERE r ${after} ? ORDER BY r ${order} LIMIT ?`, last, chunk);
		for (const [row, bytes] of rows) {
			last = Number(row);
			yield new StoredDocument(last, blob(bytes));
		}
		if (rows.length < chunk) return;
	}
}

/** The documents of one range of an index, in the order of its keys; a document may come once per key. */
export function* indexRows(
	collection: Collection,
	index: IndexDefinition,
	range: Range,
	reverse: boolean,
	first: number,
): Generator<StoredDocument, void> {
	const source = sourceOf(collection, index);
	let last: { key: Buffer; row: number } | undefined;
	for (let chunk = first; ; chunk = Math.min(chunk * GROWTH, MAX_CHUNK)) {
		const { sql, values } = chunkQuery(source, range, reverse, last);
		const rows = collection.connection.all(sql, ...values, chunk);
		for (const [row, bytes, key] of rows) {
			last = { key: blob(key), row: Number(row) };
			yield new StoredDocument(last.row, blob(bytes));
		}
		if (rows.length < chunk) return;
	}
}

interface Source {
	select: string;
	key: string;
	row: string;
}

/** CROSS JOIN keeps SQLite from reading the collection first. */
function sourceOf({ table }: Collection, index: IndexDefinition): Source {
	if (index.id === ID_INDEX) return { select: `SELECT r, d, k FROM ${table} WHERE`, key: "k", row: "r" };
	const select = `SELECT x.r, c.d, x.k FROM x${index.id} x CROSS JOIN ${table} c ON c.r = x.r WHERE`;
	return { select, key: "x.k", row: "x.r" };
}

function chunkQuery(
	{ select, key, row }: Source,
	{ low, high }: Range,
	reverse: boolean,
	last: { key: Buffer; row: number } | undefined,
): { sql: string; values: SQLInputValue[] } {
	const order = reverse ? `ORDER BY ${key} DESC, ${row} DESC` : `ORDER BY ${key}, ${row}`;
	const conditions: string[] = [];
	const values: SQLInputValue[] = [];
	if (last === undefined || reverse) {
		conditions.push(`${key} >= ?`);
		values.push(low);
	}
	if (last !== undefined) {
		conditions.push(`(${key}, ${row}) ${reverse ? "<" : ">"} (?, ?)`);
		values.push(last.key, last.row);
	}
	if (high !== null && (last === undefined || !reverse)) {
		conditions.push(`${key} < ?`);
		values.push(high);
	}
	return { sql: `${select} ${conditions.join(" AND ")} ${order} LIMIT ?`, values };
}

/** How many entries an index has in the ranges of a scan, counted no further than `most`. Touches no document. */
export function countEntries({ connection, table }: Collection, { index, ranges }: IndexScan, most: number): number {
	const entries = index.id === ID_INDEX ? table : `x${index.id}`;
	let count = 0;
	for (const { low, high } of ranges) {
		if (count >= most) break;
		const left = Math.min(Math.ceil(most - count), Number.MAX_SAFE_INTEGER);
		const row =
			high === null
				? connection.get(`SELECT count(*) FROM (SELECT 1 FROM ${entries} WHERE k >= ? LIMIT ?)`, low, left)
				: connection.get(
						`SELECT count(*) FROM (SELECT 1 FROM ${entries} WHERE k >= ? AND k < ? LIMIT ?)`,
						low,
						high,
						left,
					);
		count += Number(row?.[0]);
	}
	return count;
}

/** The next documents in natural order. */
export function rowsAfter({ connection, table }: Collection, row: number, count: number): StoredDocument[] {
	const rows = connection.all(`SELECT r, d FROM ${table} WHERE r > ? ORDER BY r LIMIT ?`, row, count);
	return rows.map(([id, bytes]) => new StoredDocument(Number(id), blob(bytes)));
}
