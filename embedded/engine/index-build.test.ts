import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Doc } from "../bson/values.ts";
import { deleteDocuments, insertDocument } from "./change.ts";
import { everything, findDocuments } from "./find.ts";
import { IndexBuilder } from "./index-build.ts";
import { Operation } from "./operation.ts";
import { Store } from "./store.ts";

const NS = "shop.orders";
const COUNT = 1200;
const SPEC: Doc = { v: 2, key: { no: 1 }, name: "no", unique: true };
let directory: string;
let store: Store;
let builder: IndexBuilder;

beforeEach(async () => {
	directory = mkdtempSync(join(tmpdir(), "store-"));
	store = new Store(directory);
	builder = new IndexBuilder(store);
	await store.writes.run(() => {
		for (let no = 0; no < COUNT; no++) insertDocument(store.catalog, NS, { _id: no, no });
	});
});
afterEach(() => {
	store.close();
	rmSync(directory, { recursive: true });
});

const insert = (_id: string, no: number) => store.writes.run(() => insertDocument(store.catalog, NS, { _id, no }));
const indexes = () => store.catalog.get(NS)?.indexes ?? [];

/** Resolves when the build has begun but has documents left. */
async function begun(build: Promise<void>): Promise<void> {
	build.catch(() => undefined); // looked at by the test
	while (indexes().length === 0) await new Promise(setImmediate);
	expect(indexes()[0]?.ready).toBe(false);
}

describe("an index build", () => {
	it("takes in what is written and removed while it runs", async () => {
		const build = builder.build(NS, SPEC);
		await begun(build);
		await insert("new", COUNT);
		await store.writes.run(() =>
			deleteDocuments(store.catalog, NS, everything({ no: { $gte: 1190 } }), true, new Operation(0)),
		);
		await insert("again", 1195);
		await build;
		const found = findDocuments(
			store.catalog.get(NS),
			{ ...everything({ no: { $gte: 1180 } }), hint: "no" },
			new Operation(0),
		);
		expect(Array.from(found, ({ doc }) => doc.no)).toEqual([...Array.from({ length: 10 }, (_, i) => 1180 + i), 1195]);
	});

	it("fails when a writer came first with a value that is still to be met", async () => {
		const build = builder.build(NS, SPEC);
		await begun(build);
		await insert("twin of the last", COUNT - 1);
		await expect(build).rejects.toMatchObject({ code: 11000 });
		expect(indexes()).toEqual([]);
	});

	it("already guards the values it has met", async () => {
		const build = builder.build(NS, SPEC);
		await begun(build);
		await new Promise(setImmediate);
		await expect(insert("twin of the first", 0)).rejects.toMatchObject({ code: 11000 });
		await build;
	});

	it("ends when its collection is dropped", async () => {
		const build = builder.build(NS, SPEC);
		await begun(build);
		await store.writes.run(() => {
			const collection = store.catalog.get(NS);
			if (collection) store.catalog.drop(collection);
		});
		await expect(build).rejects.toMatchObject({ code: 276 });
	});

	it("leaves nothing behind when the store stops in the middle of it", async () => {
		const build = builder.build(NS, SPEC);
		await begun(build);
		store.close();
		await expect(build).rejects.toMatchObject({ code: 11600 });
		store = new Store(directory);
		expect(indexes()).toEqual([]);
		await new IndexBuilder(store).build(NS, SPEC);
		expect(indexes()[0]?.ready).toBe(true);
	});
});
