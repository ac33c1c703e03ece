import { randomUUID } from "node:crypto";
import type { Context } from "moleculer";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hubError } from "../../config/errors.ts";
import type { BulkResult } from "./bulk.ts";
import { type Desk, startDesk } from "./desk.testbed.ts";
import { platformOrder } from "./order.sample.ts";
import type { Order } from "./order.ts";

interface Bulk {
	results: BulkResult[];
	done: number;
	failed: number;
}

let desk: Desk;
const parcels: object[] = [];
/** What the ERP says of an order. */
const erpHas = new Map<string, object>();
const verified: string[] = [];
beforeAll(async () => {
	desk = await startDesk(
		{
			name: "shipment",
			actions: { accept: ({ params }: { params: object }) => void parcels.push(params) },
		},
		{
			name: "erp",
			actions: {
				list({ params: { orderId } }: Context<{ orderId: string }>) {
					const revisions = erpHas.has(orderId) ? [1, 2] : [];
					return { items: revisions.map((revision) => ({ _id: `${orderId}:${revision}`, kind: "order", revision })) };
				},
				verify({ params: { id } }: Context<{ id: string }>) {
					verified.push(id);
					return { found: erpHas.get(id.replace(/:\d+$/, "")) };
				},
			},
		},
	);
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

	it("tags orders, which are found by it, and takes tags away", async () => {
		const [one = "", two = ""] = await saveMany(2);
		const tag = `t-${randomUUID()}`;
		const tagged = async (): Promise<string[]> =>
			(await desk.call<{ items: Order[] }>("order.list", { tag })).items.map(({ _id }) => _id).toSorted();
		expect(await bulk({ action: "tag", ids: [one, two], tags: [tag, "加急"] })).toMatchObject({ done: 2 });
		expect(await bulk({ action: "tag", ids: [one], tags: [tag] })).toMatchObject({ done: 1 });
		expect(await tagged()).toEqual([one, two].toSorted());
		expect(await bulk({ action: "untag", ids: [two], tags: [tag, "none"] })).toMatchObject({ done: 1 });
		expect(await tagged()).toEqual([one]);
		expect((await desk.get(two)).tags).toEqual(["加急"]);
		const entries = await desk.timeline(one, 3);
		expect(entries.filter(({ what }) => what === "order.tagged")).toMatchObject([
			{ by: "user:li", change: { tags: [[], [tag, "加急"]] } },
		]);
	});

	it("refuses a twenty-first tag of an order", async () => {
		const ids = await saveMany(1);
		const tags = (from: number, count: number): string[] => Array.from({ length: count }, (_, at) => `t${from + at}`);
		expect(await bulk({ action: "tag", ids, tags: tags(0, 20) })).toMatchObject({ done: 1 });
		expect((await bulk({ action: "tag", ids, tags: tags(20, 1) })).results).toMatchObject([{ type: "INVALID" }]);
	});

	it("keeps tags when the platform tells the order anew", async () => {
		const order = platformOrder();
		const id = await desk.save(order);
		await bulk({ action: "tag", ids: [id], tags: ["vip"] });
		await desk.save({ ...order, rawStatus: "PAID", modifiedAt: new Date(order.modifiedAt.getTime() + 1_000) });
		expect(await desk.get(id)).toMatchObject({ rawStatus: "PAID", tags: ["vip"] });
	});

	it("changes the colour of a note and leaves its words", async () => {
		const order = platformOrder();
		const id = await desk.save({ ...order, memo: { ...order.memo, seller: "老客" } });
		await bulk({ action: "flag", ids: [id], flag: "blue" });
		expect(desk.calls.findLast(([action]) => action === "platform.taobao.remark")?.[1]).toMatchObject({
			orderNo: order.orderNo,
			text: "老客",
			flag: "blue",
		});
	});

	it("asks the ERP for the last document of each order", async () => {
		const [known = "", unclear = "", without = ""] = await saveMany(3);
		erpHas.set(known, { state: "FOUND", docNo: "SO-1" }).set(unclear, { state: "UNKNOWN", reason: "超时" });
		const { results } = await bulk({ action: "verify", ids: [known, unclear, without] });
		expect(verified).toContain(`${known}:2`);
		expect(results).toMatchObject([
			{ ok: true },
			{ ok: false, type: "ERP_UNREADABLE", detail: expect.stringContaining("超时") },
			{ ok: false, type: "NOT_FOUND" },
		]);
	});
});
