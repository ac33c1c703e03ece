import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { badValue } from "../errors.ts";
import { insertDocument } from "./change.ts";
import { Store } from "./store.ts";

let directory: string;
let store: Store;

beforeEach(() => {
	directory = mkdtempSync(join(tmpdir(), "store-"));
	store = new Store(directory);
});
afterEach(() => {
	store.close();
	rmSync(directory, { recursive: true });
});

const NS = "shop.orders";
const insert = (_id: number) => insertDocument(store.catalog, NS, { _id });
const count = () => store.catalog.get(NS)?.count() ?? 0;

describe("WriteQueue", () => {
	it("resolves after the commit, in order", async () => {
		const order: number[] = [];
		const writes = [1, 2, 3].map((n) => store.writes.run(() => insert(n)).then(() => order.push(n)));
		expect(count()).toBe(0);
		await Promise.all(writes);
		expect(order).toEqual([1, 2, 3]);
		expect(count()).toBe(3);
	});

	it("undoes a job that fails unexpectedly, and none of those beside it", async () => {
		const first = store.writes.run(() => insert(1));
		const failing = store.writes.run(() => {
			insert(2);
			throw new TypeError("a mistake");
		});
		const last = store.writes.run(() => insert(3));
		await expect(failing).rejects.toThrow("a mistake");
		await Promise.all([first, last]);
		expect(count()).toBe(2);
		await store.writes.run(() => insert(2));
		expect(count()).toBe(3);
	});

	it("forgets a collection that came into being in what was undone", async () => {
		const failing = store.writes.run(() => {
			insert(1);
			throw new TypeError("a mistake");
		});
		await expect(failing).rejects.toThrow("a mistake");
		expect(store.catalog.get(NS)).toBeUndefined();
		await store.writes.run(() => insert(1));
		expect(count()).toBe(1);
	});

	it("keeps what a job had done when its last statement was refused", async () => {
		const refused = store.writes.run(() => {
			insert(1);
			throw badValue("no");
		});
		await expect(refused).rejects.toThrow("no");
		expect(count()).toBe(1);
	});

	it("finishes what is queued when it closes, and takes nothing more", async () => {
		const write = store.writes.run(() => insert(1));
		store.writes.close();
		await write;
		expect(count()).toBe(1);
		await expect(store.writes.run(() => insert(2))).rejects.toMatchObject({ code: 11600 });
	});
});
