import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hubError } from "../../config/errors.ts";
import type { BulkResult } from "./bulk.ts";
import { type Desk, startDesk } from "./desk.testbed.ts";

interface Bulk {
	results: BulkResult[];
	done: number;
	failed: number;
}

let desk: Desk;
const parcels: object[] = [];
beforeAll(async () => {
	desk = await startDesk({
		name: "shipment",
		actions: { accept: ({ params }: { params: object }) => void parcels.push(params) },
	});
});
afterAll(() => desk.stop());

const bulk = (params: object, meta?: Record<string, unknown>): Promise<Bulk> => desk.call("order.bulk", params, meta);
const saveMany = (count: number): Promise<string[]> => Promise.all(Array.from({ length: count }, () => desk.save()));

describe("a bulk action", () => {
	it("on 1,000 orders of which 10 cannot be held does the others and says of each why not", async () => {
		const good = await saveMany(990);
		const shipped = await Promise.all(Array.from({ length: 5 }, () => desk.save({ status: "SHIPPED" })));
		const unknown = Array.from({ length: 5 }, (_, at) => `taobao:nowhere:${at}`);
		const ids = [...good, ...shipped, ...unknown].toSorted();
		const began = performance.now();
		const { results, done, failed } = await bulk({ action: "hold", ids, note: "促销核对" });
		expect(performance.now() - began).toBeLessThan(30_000);
		expect([done, failed]).toEqual([990, 10]);
		expect(results.map(({ id }) => id)).toEqual(ids);
		const byId = new Map(results.map((result) => [result.id, result]));
		for (const id of shipped) {
			expect(byId.get(id)).toMatchObject({
				ok: false,
				type: "ORDER_NOT_READY",
				detail: expect.stringMatching(/SHIPPED/),
			});
		}
		for (const id of unknown) expect(byId.get(id)).toMatchObject({ ok: false, type: "NOT_FOUND" });
		expect(await desk.get(good[0] ?? "")).toMatchObject({ holds: [{ reason: "MANUAL", by: "user:li" }] });
	}, 60_000);

	it("reaches no order of a shop out of the caller's reach", async () => {
		const [mine, theirs] = [await desk.save({ shopId: "mine" }), await desk.save({ shopId: "theirs" })];
		const { results } = await bulk({ action: "hold", ids: [mine, theirs] }, { actor: "user:li", shops: ["mine"] });
		expect(results).toMatchObject([{ ok: true }, { ok: false, type: "NOT_FOUND" }]);
		expect((await desk.get(theirs)).holds).toEqual([]);
	});

	it("passes a platform's refusal of one order on and goes on with the next", async () => {
		const [one, two] = await saveMany(2);
		const refused = (await desk.get(one ?? "")).orderNo;
		desk.answers["platform.taobao.remark"] = ({ orderNo }) => {
			if (orderNo === refused) throw hubError("PLATFORM_REFUSED", "订单已归档");
		};
		const { results } = await bulk({ action: "remark", ids: [one, two], text: "缺货" });
		expect(results).toMatchObject([
			{ type: "PLATFORM_REFUSED", detail: expect.stringMatching(/订单已归档/) },
			{ ok: true },
		]);
	});

	it("shows nothing of an error that nobody foresaw", async () => {
		const id = await desk.save();
		desk.answers["platform.taobao.remark"] = () => {
			throw new Error("13800001234");
		};
		const { results } = await bulk({ action: "remark", ids: [id], text: "x" });
		expect(results).toEqual([{ id, ok: false, type: "INTERNAL" }]);
	});

	it("ships each order with its own parcel", async () => {
		const ids = await saveMany(2);
		const two = [
			{ carrier: "SF", trackingNo: "SF0001" },
			{ carrier: "ZTO", trackingNo: "ZT0002" },
		];
		expect(await bulk({ action: "ship", ids, parcels: two })).toMatchObject({ done: 2 });
		expect(parcels).toEqual(ids.map((orderId, at) => ({ orderId, parcels: [two[at]] })));
	});

	it.each([
		["a parameter of another action", { action: "hold", text: "x" }, "text"],
		["without what it needs", { action: "remark" }, "text"],
		[
			"more parcels than orders",
			{ action: "ship", parcels: Array(2).fill({ carrier: "SF", trackingNo: "SF1" }) },
			"parcels",
		],
	])("is refused with %s", async (_, params, field) => {
		await expect(bulk({ ids: ["taobao:s:1"], ...params })).rejects.toMatchObject({ type: "INVALID", data: { field } });
	});

	it("is refused for more than 1,000 orders", async () => {
		const ids = Array.from({ length: 1_001 }, (_, at) => `taobao:s:${at}`);
		await expect(bulk({ action: "hold", ids })).rejects.toMatchObject({ code: 422 });
	});
});
