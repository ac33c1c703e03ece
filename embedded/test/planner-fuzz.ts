/**
 * Random queries with and without indexes have to find the same documents, and in the same order.
 * More than the test runs: `node embedded/test/planner-fuzz.ts SEED ROUNDS`.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decode } from "../bson/decode.ts";
import { encode } from "../bson/encode.ts";
import { show } from "../bson/show.ts";
import type { Doc, Value } from "../bson/values.ts";
import { insertDocument } from "../engine/change.ts";
import { countDocuments } from "../engine/count.ts";
import { findDocuments, planFor, type Query } from "../engine/find.ts";
import { IndexBuilder } from "../engine/index-build.ts";
import { Operation } from "../engine/operation.ts";
import { Store } from "../engine/store.ts";
import type { SortKeys } from "../index/index-scan.ts";
import { Sorter } from "../index/sort.ts";
import type { Collection } from "../storage/collection.ts";
import { FIELDS, Random, randomDocument, randomFilter } from "./random-documents.ts";

export interface FuzzResult {
	queries: number;
	/** How many an index served, and of those, how many it also gave in order. */
	byIndex: number;
	sortedByIndex: number;
	withResults: number;
	differences: string[];
}

const DOCUMENTS = 150;
const QUERIES = 250;
const NS = "fuzz.documents";
const PATTERNS: Doc[] = [
	{ a: 1 },
	{ b: -1 },
	{ a: 1, b: 1 },
	{ a: -1, c: 1, b: -1 },
	{ "n.x": 1 },
	{ "list.k": 1 },
	{ "list.k": 1, "list.v": -1 },
	{ "list.v": 1, a: 1 },
	{ c: 1, "n.x": -1 },
];
const PARTIAL_FILTERS: Doc[] = [{ a: { $exists: true } }, { b: { $gt: 1 } }, { c: "a" }];

export async function fuzzPlanner(seed: number, rounds: number): Promise<FuzzResult> {
	const random = new Random(seed);
	const result: FuzzResult = { queries: 0, byIndex: 0, sortedByIndex: 0, withResults: 0, differences: [] };
	for (let round = 0; round < rounds; round++) await fuzzRound(random, round, result);
	return result;
}

async function fuzzRound(random: Random, round: number, result: FuzzResult): Promise<void> {
	const directory = mkdtempSync(join(tmpdir(), "planner-fuzz-"));
	const store = new Store(directory);
	try {
		const builder = new IndexBuilder(store);
		const specs = PATTERNS.map((key, i) => ({ v: 2, key, name: `i${i}`, ...randomOptions(random) }));
		const arrays = round % 3 !== 0;
		// Half of the rounds index while documents come, half afterwards.
		if (round % 2 === 0) for (const spec of specs) await builder.build(NS, spec);
		await store.writes.run(() => fill(store, random, arrays));
		if (round % 2 === 1) for (const spec of specs) await builder.build(NS, spec);
		const collection = store.catalog.get(NS);
		if (collection === undefined) throw new Error("no documents");
		for (let i = 0; i < QUERIES; i++) compareOnce(collection, random, result);
	} finally {
		store.close();
		rmSync(directory, { recursive: true });
	}
}

function randomOptions(random: Random): Doc {
	if (random.chance(0.2)) return { sparse: true };
	return random.chance(0.2) ? { partialFilterExpression: random.pick(PARTIAL_FILTERS) } : {};
}

/** Inserts, then replaces and deletes some. */
function fill(store: Store, random: Random, arrays: boolean): void {
	for (let id = 0; id < DOCUMENTS; id++) insertDocument(store.catalog, NS, stored(randomDocument(random, id, arrays)));
	const collection = store.catalog.getOrCreate(NS);
	for (let i = 0; i < 50; i++) {
		const existing = collection.byRow(1 + random.below(DOCUMENTS));
		if (existing === undefined) continue;
		if (random.chance(0.2)) {
			collection.remove(existing);
			continue;
		}
		const next = stored(randomDocument(random, existing.doc._id as number, arrays));
		collection.update(existing, next, encode(next));
	}
}

/** Values as the store reads them. */
const stored = (doc: Doc): Doc => decode(encode(doc));

function compareOnce(collection: Collection, random: Random, result: FuzzResult): void {
	const query: Query = {
		filter: stored(randomFilter(random)),
		sort: randomSort(random),
		skip: 0,
		limit: random.chance(0.3) ? 1 + random.below(10) : 0,
	};
	result.queries++;
	const expected = outcome(() => read(collection, { ...query, hint: { $natural: 1 } }));
	const actual = outcome(() => read(collection, query));
	const plan = planFor(collection, query);
	if (plan.kind === "index" || plan.kind === "union") result.byIndex++;
	if (plan.kind === "index" && plan.sorted && query.sort.length > 0) result.sortedByIndex++;
	if (Array.isArray(expected) && expected.length > 0) result.withResults++;
	const difference =
		describeDifference(actual, expected, query) ??
		(query.limit === 0 && Array.isArray(expected) ? countDifference(collection, query, expected.length) : undefined);
	if (difference === undefined) return;
	result.differences.push(
		`${difference}: filter ${show(query.filter)} sort ${JSON.stringify(query.sort)} limit ${query.limit} plan ${plan.kind} ${plan.kind === "index" ? plan.index.name : ""}`,
	);
}

function randomSort(random: Random): SortKeys {
	if (random.chance(0.4)) return [];
	const fields = random.times(1 + random.below(2), () => random.pick([...FIELDS.slice(0, 4), "_id"]));
	return [...new Set(fields)].map((field) => [field, random.pick([1, -1])]);
}

const read = (collection: Collection, query: Query): Doc[] =>
	Array.from(findDocuments(collection, query, new Operation(0)), ({ doc }) => doc);

/** The documents, or the message of the refusal. */
function outcome(find: () => Doc[]): Doc[] | string {
	try {
		return find();
	} catch (error) {
		return (error as Error).message;
	}
}

function describeDifference(actual: Doc[] | string, expected: Doc[] | string, query: Query): string | undefined {
	if (typeof actual === "string" || typeof expected === "string") {
		// Parallel arrays in a sort are refused only when a document has them and no index spares the sort.
		return typeof actual === "string" && typeof expected !== "string" ? `refused (${actual})` : undefined;
	}
	if (actual.length !== expected.length) return `${actual.length} documents instead of ${expected.length}`;
	if (query.limit === 0 && ids(actual) !== ids(expected)) return "other documents";
	const sorter = new Sorter(query.sort);
	const inOrder = actual.every((doc, i) => {
		const other = expected[i];
		return other !== undefined && sorter.compareKeys(sorter.keyOf(doc), sorter.keyOf(other)) === 0;
	});
	return inOrder ? undefined : "another order";
}

const ids = (docs: Doc[]): string =>
	docs
		.map(({ _id }: { _id?: Value }) => Number(_id))
		.sort((a, b) => a - b)
		.join();

function countDifference(collection: Collection, { filter }: Query, expected: number): string | undefined {
	const counted = countDocuments(collection, filter, new Operation(0));
	return counted === expected ? undefined : `counted ${counted} instead of ${expected}`;
}

if (import.meta.main) {
	const [seed = 1, rounds = 20] = process.argv.slice(2).map(Number);
	const result = await fuzzPlanner(seed, rounds);
	console.log({ ...result, differences: result.differences.length });
	for (const difference of result.differences.slice(0, 20)) console.log(difference);
	process.exitCode = result.differences.length > 0 ? 1 : 0;
}
