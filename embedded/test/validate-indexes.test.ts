import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { insertDocument } from "../engine/change.ts";
import { IndexBuilder } from "../engine/index-build.ts";
import { Store } from "../engine/store.ts";
import { validateIndexes } from "./validate-indexes.ts";

it("validateIndexes finds entries that are missing, and entries too many", async () => {
	const directory = mkdtempSync(join(tmpdir(), "store-"));
	const store = new Store(directory);
	try {
		await new IndexBuilder(store).build("shop.orders", { v: 2, key: { tags: 1 }, name: "tags" });
		await store.writes.run(() => insertDocument(store.catalog, "shop.orders", { _id: 1, tags: ["a", "b"] }));
		const collection = store.catalog.getOrCreate("shop.orders");
		const table = `x${collection.indexes[0]?.id}`;
		const check = () => validateIndexes(collection);
		expect(check()).toEqual([]);
		collection.connection.exec(`INSERT INTO ${table} (k, r) VALUES (x'0f', 7)`);
		expect(check()).toEqual(["index tags lacks 0 of 2 entries and has 3 in all"]);
		collection.connection.exec(`DELETE FROM ${table} WHERE r = 1`);
		expect(check()).toEqual(["index tags lacks 2 of 2 entries and has 1 in all"]);
	} finally {
		store.close();
		rmSync(directory, { recursive: true });
	}
});
