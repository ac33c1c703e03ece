import type { ServiceBroker } from "moleculer";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { database } from "../../mixins/database.ts";
import { type RunningSandbox, runSandbox } from "../../sandbox/testing/running.ts";
import { startBroker } from "../../test/broker.ts";
import EventService from "../event/event.service.ts";
import OrderService from "../order/order.service.ts";
import type { Order } from "../order/order.ts";
import { connectShop } from "../platform/contract/bench.ts";
import TaobaoService from "../platform/taobao/taobao.service.ts";
import ShopService from "../shop/shop.service.ts";
import SkuService from "../sku/sku.service.ts";
import { forgetLooks } from "./gaps.ts";
import { CursorModel, type PullWindow, ReadingModel, WindowModel } from "./pull.model.ts";
import PullService from "./pull.service.ts";
import type { RunResult } from "./run.ts";

let sandbox: RunningSandbox;
let broker: ServiceBroker;
const shopId = "taobao-demo";
const kind = "orders" as const;

const tick = () => broker.call<RunResult, object>("pull.tick", { shopId });
const fault = (fault: string, limit: object = {}) =>
	sandbox.control("POST", "faults", { target: "taobao", fault, ...limit });
/** Long enough for an order to be read once: in its own second it is read again, since it may still change. */
const aWhileLater = () => fault("clock:5");
const orders = async (): Promise<Order[]> => {
	const items: Order[] = [];
	for (let cursor: string | undefined; ; ) {
		const params = { limit: 200, ...(cursor && { cursor }) };
		const page = await broker.call<{ items: Order[]; nextCursor: string | null }, object>("order.list", params);
		items.push(...page.items);
		if (!page.nextCursor) return items;
		cursor = page.nextCursor;
	}
};
const orderNos = async (): Promise<string[]> => (await orders()).map(({ orderNo }) => orderNo).sort();
const pulledNos = async (): Promise<string[]> => {
	await pulled();
	return orderNos();
};
const parked = async (state: string) =>
	(await broker.call<{ items: { _id: string; reason: string }[] }, object>("event.parked", { state })).items;
const windows = async (query: object = {}): Promise<PullWindow[]> =>
	(await broker.call<{ items: PullWindow[] }, object>("pull.windows", { shopId, ...query })).items;

/** Looks again until what it sees will do, and gives it. */
async function until<T>(look: () => Promise<T>, willDo: (seen: T) => boolean): Promise<T> {
	const last = { seen: await look() };
	const again = async (): Promise<boolean> => {
		last.seen = await look();
		return willDo(last.seen);
	};
	if (!willDo(last.seen)) await vi.waitUntil(again, { timeout: 15_000, interval: 20 });
	return last.seen;
}

/** One run, after the one that may be under way. */
const pulled = () => until(tick, ({ state }) => state !== "busy");

/** Runs until so many orders were taken or parked: the second in which they were placed has to come first. */
async function pulledAll(count: number): Promise<Pick<RunResult, "taken" | "parked">> {
	const sum = { taken: 0, parked: 0 };
	await until(pulled, ({ taken, parked }) => {
		sum.taken += taken;
		sum.parked += parked;
		return sum.taken + sum.parked >= count;
	});
	return sum;
}

async function wholeTruth(): Promise<void> {
	const truth = await sandbox.truth("kind=orders");
	const stored = new Map((await orders()).map((order) => [order.orderNo, order]));
	expect([...stored.keys()].sort()).toEqual(truth.map((row) => row.platformOrderId).sort());
	for (const row of truth) expect(stored.get(row.platformOrderId)?.money.paidFen).toBe(row.paidFen);
}

beforeAll(async () => {
	sandbox = await runSandbox();
	broker = await startBroker(EventService, ShopService, TaobaoService, OrderService, SkuService, PullService);
	// The clock stays out of the way once it has rung for the new shop: these tests say when.
	const off = { enabled: false };
	const pull = { orders: { everySec: 3_600, backHours: 1 }, aftersales: off, products: off };
	await connectShop(broker, sandbox, "taobao", { pull, messageUrl: "" }); // messages would be there before the pull
	await until(
		() => database.collection("jobs").findOne({ "data.shopId": shopId }),
		(job) => job?.lastFinishedAt instanceof Date,
	);
	await until(tick, ({ state }) => state === "read");
});
beforeEach(async () => {
	await CursorModel.updateMany({}, { $set: { at: new Date(Date.now() - 60_000) } });
});
afterEach(async () => {
	await sandbox.control("DELETE", "faults");
	await sandbox.control("POST", "reset", {});
	for (const name of ["orders", "pull_readings", "windows", "parked"]) {
		await database.collection(name).deleteMany({});
	}
});
afterAll(async () => {
	await broker?.stop();
	await sandbox?.end();
});

describe("a pull", () => {
	it("stores every order of several pages once, to the fen", async () => {
		await sandbox.place({ count: 101, seed: "pages" });
		expect((await pulledAll(101)).parked).toBe(0);
		await wholeTruth();
	});

	it("asks again only for what changed", async () => {
		const [first = "", ...others] = await sandbox.place({ count: 5 });
		await aWhileLater();
		await pulledAll(5);
		const fetched = async (ids: string[]) =>
			(
				await ReadingModel.find({ id: { $in: ids } })
					.sort({ id: 1 })
					.lean()
			).map(({ fetchedAt }) => fetchedAt);
		const before = await fetched(others);
		await sandbox.act(first, { action: "change-memo", seller: "加急" });
		const memo = async (): Promise<string | undefined> => {
			await pulled();
			return (await orders()).find(({ orderNo }) => orderNo === first)?.memo.seller;
		};
		await until(memo, (seller) => seller === "加急");
		expect(await fetched(others)).toEqual(before);
	});

	it("brings a refund to the order as a hold", async () => {
		const [orderNo = ""] = await sandbox.place({ count: 1 });
		await pulledAll(1);
		await sandbox.act(orderNo, { action: "request-refund", type: "REFUND_BEFORE_SHIP" });
		const held = async (): Promise<string[]> => {
			await pulled();
			return (await orders()).flatMap(({ holds }) => holds.map(({ reason }) => reason));
		};
		await until(held, (reasons) => reasons.includes("REFUND_APPLIED"));
	});

	it.each([
		["page-shift", { rate: 0.3 }],
		["repeat-pages", { rate: 0.5 }],
		["late-page", { times: 2 }],
		["cut-json", { rate: 0.1 }],
		["reset", { rate: 0.1 }],
	])("loses nothing to %s", async (trouble, limit) => {
		await sandbox.place({ count: 55 });
		await fault(trouble, limit);
		await pulled();
		await sandbox.control("DELETE", "faults");
		await until(pulledNos, ({ length }) => length === 55);
		await wholeTruth();
	});

	it("moves on only as far as it has stored", async () => {
		await sandbox.place({ count: 3 });
		const before = await CursorModel.findOne({ shopId, kind }).lean();
		await fault("business-error");
		expect(await pulled()).toMatchObject({ state: "failed", taken: 0 });
		expect((await CursorModel.findOne({ shopId, kind }).lean())?.at).toEqual(before?.at);
		expect(await windows()).toEqual([expect.objectContaining({ state: "FAILED", asked: false })]);
		await sandbox.control("DELETE", "faults");
		await pulledAll(3);
		expect((await windows()).filter(({ state }) => state !== "DONE")).toEqual([]);
	});

	it("catches up window by window after an outage", async () => {
		await CursorModel.updateMany({}, { $set: { at: new Date(Date.now() - 3 * 3_600_000) } });
		await sandbox.place({ count: 4 });
		await pulledAll(4);
		const cursor = await CursorModel.findOne({ shopId, kind }).lean();
		expect(Date.now() - (cursor?.at.getTime() ?? 0)).toBeLessThan(10_000);
	});

	it("keeps quiet times in few rows", async () => {
		await pulled();
		for (let run = 0; run < 3; run += 1) {
			await CursorModel.updateMany({}, { $set: { at: new Date(Date.now() - 20_000) } });
			await pulled();
		}
		expect(await windows()).toEqual([expect.objectContaining({ state: "DONE", total: 0, read: 0 })]);
	});

	it("finds a hole in the ledger, and has it read again", async () => {
		const nowMs = Math.floor(Date.now() / 1_000) * 1_000;
		const ago = (minutes: number): Date => new Date(nowMs - minutes * 60_000);
		const done = { shopId, kind, list: "changed", asked: false, by: "clock", state: "DONE" as const };
		const lost = await sandbox.place({ count: 2 });
		await fault("clock:-1200"); // so that what is placed now was changed twenty minutes ago
		const missed = await sandbox.place({ count: 3 });
		await sandbox.control("DELETE", "faults");
		await WindowModel.create([
			{ ...done, _id: "before", from: ago(60), to: ago(30) },
			{ ...done, _id: "after", from: ago(10), to: ago(2) }, // nothing covers the twenty minutes between
		]);
		forgetLooks();
		await until(pulledNos, (nos) => nos.length === lost.length + missed.length);
		await pulled();
		expect(await windows({ state: "GAP" })).toEqual([]);
		const repaired = (await windows()).find(({ by, asked }) => by === "rule:gap" && !asked);
		expect(repaired).toMatchObject({ state: "DONE", from: ago(30), to: ago(10), reason: "read again" });
	});

	it("records what the platform no longer answers for as a gap", async () => {
		await CursorModel.updateMany({}, { $set: { at: new Date(Date.now() - 100 * 24 * 3_600_000) } });
		await WindowModel.deleteMany({});
		// Enough of the way to see the gap; the months behind it need not be read here.
		await fault("business-error");
		await pulled();
		expect(await windows({ state: "GAP" })).toEqual([expect.objectContaining({ asked: false, state: "GAP" })]);
	});

	it("is done by one process at a time, and taken over when that one is gone", async () => {
		const lease = { by: "another process", until: new Date(Date.now() + 60_000) };
		await CursorModel.updateMany({}, { $set: { lease } });
		expect(await tick()).toMatchObject({ state: "busy" });
		await CursorModel.updateMany({}, { $set: { "lease.until": new Date(Date.now() - 1) } });
		expect(await pulled()).toMatchObject({ state: "read" });
	});

	it("follows the platform's clock back", async () => {
		await fault("clock:900");
		await sandbox.place({ count: 1 });
		await pulledAll(1);
		await sandbox.control("DELETE", "faults");
		await sandbox.place({ count: 1 });
		await until(pulledNos, ({ length }) => length === 2);
	});

	it("takes what a message named, and nothing else for it", async () => {
		const [named = ""] = await sandbox.place({ count: 2 });
		await broker.call("pull.hint", { shopId, kind, id: named });
		await until(orderNos, ({ length }) => length === 1);
		expect(await orderNos()).toEqual([named]);
	});

	it("wakes at a hint", async () => {
		await sandbox.place({ count: 2 });
		await broker.call("pull.hint", { shopId });
		await until(orderNos, ({ length }) => length === 2);
		await pulled(); // the run that was woken has ended: it would read the next test's orders, or miss this one's
	});
});

describe("an order that cannot be taken", () => {
	it("is parked, the others go on, and it is taken when it has become readable", async () => {
		const placed = await sandbox.place({ count: 12 });
		await aWhileLater();
		await fault("unknown-status", { times: 1 });
		expect((await pulledAll(12)).parked).toBe(1);
		expect(await parked("PARKED")).toEqual([expect.objectContaining({ reason: expect.stringContaining("UNKNOWN") })]);
		expect(await orderNos()).toHaveLength(11);

		await ReadingModel.updateMany({ failures: 1 }, { $set: { retryAt: new Date() } });
		await pulled();
		expect(await orderNos()).toEqual(placed.sort());
		expect(await parked("PARKED")).toEqual([]);
	});

	it("is read again when a person replays it", async () => {
		const [orderNo = ""] = await sandbox.place({ count: 1 });
		await aWhileLater();
		await fault("unknown-status", { times: 1 });
		await pulledAll(1);
		const [item] = await parked("PARKED");
		await broker.call("event.replay", { id: item?._id });
		await until(orderNos, ([first]) => first === orderNo);
	});
});

describe("a pull that was asked for", () => {
	it("reads the range again, known or not, and shows its progress", async () => {
		await sandbox.place({ count: 3 });
		await pulledAll(3);
		await database.collection("orders").deleteMany({}); // as if they had been lost
		const from = new Date(Date.now() - 3_600_000);
		const until5s = new Date(Date.now() + 5_000);
		const asked = await broker.call<{ windows: string[] }, object>("pull.run", { shopId, from, to: until5s });
		expect(asked.windows.length).toBeGreaterThanOrEqual(1);
		await until(
			() => windows({ state: "DONE" }),
			(done) => asked.windows.every((id) => done.some(({ _id }) => _id === id)),
		);
		expect(await orderNos()).toHaveLength(3);
	});

	it.each([
		["a range that ends before it starts", { from: new Date("2026-01-02"), to: new Date("2026-01-01") }],
		["a range in the future", { from: new Date(Date.now() + 3_600_000) }],
		["a range longer ago than the platform keeps", { from: new Date("2020-01-01") }],
	])("refuses %s", async (_what, range) => {
		await expect(broker.call("pull.run", { shopId, ...range })).rejects.toMatchObject({ type: "INVALID" });
	});

	it("counts its tries when its list is refused, and holds up no other", async () => {
		const row = { shopId, kind, list: "changed", asked: true, by: "user:li", state: "OPEN" } as const;
		const to = new Date(Date.now() - 60_000);
		const tooLong = { ...row, _id: "too-long", from: new Date(to.getTime() - 3 * 86_400_000), to };
		const good = { ...row, _id: "good", from: to, to: new Date(Date.now() - 10_000) };
		await WindowModel.create([tooLong, good]);
		await pulled();
		await pulled();
		const rows = await WindowModel.find({ asked: true }).sort({ _id: 1 }).lean();
		expect(rows).toMatchObject([{ state: "DONE" }, { state: "FAILED", attempts: 2 }]);
	});

	it("refuses a shop that is not there, or not the caller's", async () => {
		const from = new Date(Date.now() - 60_000);
		await expect(broker.call("pull.run", { shopId: "none", from })).rejects.toMatchObject({ type: "NOT_FOUND" });
		const meta = { shops: ["another"] };
		await expect(broker.call("pull.run", { shopId, from }, { meta })).rejects.toMatchObject({ type: "NOT_FOUND" });
		await expect(broker.call("pull.windows", { shopId }, { meta })).rejects.toMatchObject({ type: "NOT_FOUND" });
	});
});

describe("the shop's token", () => {
	it("that died and works again brings the shop back", async () => {
		await broker.call("shop.mark", { shopId, status: "TOKEN_EXPIRED", reason: "test" });
		await sandbox.place({ count: 1 });
		await pulledAll(1);
		expect(await broker.call("shop.get", { id: shopId })).toMatchObject({ status: "ACTIVE", reason: "" });
	});
});

describe("the clock", () => {
	it("pulls a shop by itself, as often as the shop says", async () => {
		await broker.call("shop.update", { id: shopId, pull: { orders: { everySec: 1 } } });
		await sandbox.place({ count: 2 });
		await until(orderNos, ({ length }) => length === 2);
		await broker.call("shop.update", { id: shopId, pull: { orders: { everySec: 3_600 } } });
	});

	it("leaves a shop alone that was switched off", async () => {
		await broker.call("shop.update", { id: shopId, status: "DISABLED" });
		const jobs = database.collection("jobs");
		await until(
			() => jobs.countDocuments({ "data.shopId": shopId }),
			(count) => count === 0,
		);
		await broker.call("shop.update", { id: shopId, status: "ACTIVE" });
		await until(
			() => jobs.countDocuments({ "data.shopId": shopId }),
			(count) => count === 1,
		);
	});
});
