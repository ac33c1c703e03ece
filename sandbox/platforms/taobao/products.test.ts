import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type RunningSandbox, runSandbox } from "../../testing/running.ts";
import { inSeconds, top } from "../../testing/top-client.ts";

type Row = Record<string, string | number | bigint>;
interface Item extends Row {
	num_iid: number;
}
interface List {
	total_results: number;
	items?: { item: Item[] };
}
interface Detail {
	item: Item & { skus: { sku: Row[] } };
}

let sandbox: RunningSandbox;
beforeAll(async () => {
	sandbox = await runSandbox();
});
afterAll(() => sandbox.end());
beforeEach(async () => {
	await sandbox.control("POST", "reset", { seed: "products" });
});

const list = async (verb: string, params: Record<string, string> = {}) =>
	(await top<List>(sandbox.url, `taobao.items.${verb}.get`, { fields: "num_iid,modified", ...params })).body;
const detail = async (id: string) =>
	(await top<Detail>(sandbox.url, "taobao.item.seller.get", { num_iid: id, fields: "num_iid,num,approve_status,sku" }))
		.body.item;
const update = (params: Record<string, string>) => top(sandbox.url, "taobao.item.quantity.update", params);
const truth = () =>
	sandbox.truth<{ platform: string; productId: string; skus: { platformSkuId: string; stock: number }[] }>(
		"kind=products",
	);

describe("lists of products", () => {
	it("hold every product once, on sale or in the inventory", async () => {
		const lists = [await list("onsale", { page_size: "200" }), await list("inventory", { page_size: "200" })];
		const ids = lists.flatMap(({ items }) => items?.item.map(({ num_iid }) => String(num_iid)) ?? []);
		const rows = (await truth()).filter(({ platform }) => platform === "taobao");
		expect(ids.sort()).toEqual(rows.map(({ productId }) => productId).sort());
		expect(lists[1]?.total_results).toBeGreaterThan(0);
	});

	it("are sorted by change and cut by time where that is asked for", async () => {
		const [first] = await truth();
		await sandbox.control("POST", `platforms/taobao/products/${first?.productId}`, { title: "新款" });
		const newest = await list("onsale", { order_by: "modified:desc", page_size: "1" });
		expect(String(newest.items?.item[0]?.num_iid)).toBe(first?.productId);
		expect(await list("onsale", { start_modified: inSeconds(-20) })).toMatchObject({ total_results: 1 });
	});

	it.each<[string, Record<string, string>]>([
		["onsale", { page_size: "201" }],
		["onsale", { page_size: "200", page_no: "101" }],
		["onsale", { use_has_next: "true" }],
		["inventory", { page_no: "102" }],
		["inventory", { banner: "everything" }],
	])("%s refuses %j", async (verb, params) => {
		expect(await list(verb, params)).toMatchObject({ code: 41 });
	});
});

describe("stock", () => {
	it("is set as a whole or by a difference, and never less than nothing", async () => {
		const [product] = await truth();
		const [sku] = product?.skus ?? [];
		const named = { num_iid: product?.productId ?? "", sku_id: sku?.platformSkuId ?? "" };
		await update({ ...named, quantity: "5" });
		await update({ ...named, quantity: "-2", type: "2" });
		expect((await detail(named.num_iid)).skus.sku[0]).toMatchObject({ quantity: 3 });
		expect((await update({ ...named, quantity: "-4", type: "2" })).body.code).toBe(41);
		expect((await update({ ...named, quantity: "-1" })).body.code).toBe(41);
		expect((await update({ ...named, sku_id: "1", quantity: "1" })).body.code).toBe(15);
	});

	it("that runs out takes the product off sale", async () => {
		const one = (await truth()).find(({ skus }) => skus.length === 1);
		const named = { num_iid: one?.productId ?? "", sku_id: one?.skus[0]?.platformSkuId ?? "" };
		await update({ ...named, quantity: "0" });
		expect(await detail(named.num_iid)).toMatchObject({ num: 0, approve_status: "instock" });
		expect(await list("inventory", { banner: "sold_out" })).toMatchObject({ total_results: 1 });
	});
});
