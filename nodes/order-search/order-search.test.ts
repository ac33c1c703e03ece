import { randomUUID } from "node:crypto";
import { createRequire } from "node:module";
import type { NodeAPI } from "node-red";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { type Desk, startDesk } from "../../services/order/desk.testbed.ts";
import { OrderModel } from "../../services/order/order.model.ts";
import type { Order } from "../../services/order/order.ts";
import { deliveryOf, hubMessage, noteRead, openDelivery } from "../order-in/deliveries.ts";
import { arrivals, nodeOf, startFlow, statusesOf, stopFlow, within } from "../test-runtime.ts";
import orderSearch from "./order-search.ts";

const require = createRequire(import.meta.url);
const splitAndJoin = require("@node-red/nodes/core/sequence/17-split.js") as (RED: NodeAPI) => void;
const settings = { status: "", platform: "", shopId: "", hold: "", erpState: "", from: "", to: "", unit: "hours" };

describe("order-search, with the order service", () => {
	const shopId = `s-${randomUUID()}`;
	let desk: Desk;
	let ids: string[]; // newest first
	beforeAll(async () => {
		desk = await startDesk();
		const minutes = (count: number): Date => new Date(Date.UTC(2026, 0, 2, 3, count));
		const saved = [];
		for (const [count, status] of (["WAIT_SHIP", "WAIT_SHIP", "SHIPPED"] as const).entries()) {
			saved.push(await desk.save({ shopId, status, placedAt: minutes(count) }));
		}
		ids = saved.reverse();
	});
	afterAll(() => desk.stop());
	afterEach(() => stopFlow());

	const start = async (over: object = {}) => {
		await startFlow(
			desk.broker,
			[orderSearch, splitAndJoin],
			[
				{
					id: "search",
					type: "order-search",
					hub: "the-hub",
					...settings,
					shopId,
					sort: "-placedAt",
					most: 200,
					send: "list",
					...over,
					wires: [["found", "join"], ["none"]],
				},
				{ id: "found", type: "helper" },
				{ id: "join", type: "join", mode: "auto", wires: [["joined"]] },
				{ id: "joined", type: "helper" },
				{ id: "none", type: "helper" },
				{ id: "catch", type: "catch", scope: null, wires: [["errors"]] },
				{ id: "errors", type: "helper" },
			],
		);
		return Object.fromEntries(["found", "joined", "none", "errors"].map((id) => [id, arrivals(id)]));
	};
	const idsIn = (payload: unknown): string[] => (payload as Order[]).map(({ _id }) => _id);

	it("gives the orders that meet its settings, as a list", async () => {
		const { found, none } = await start({ status: "WAIT_SHIP" });
		const statuses = statusesOf("search");
		nodeOf("search").receive({ payload: Date.now(), hub: { delivery: "d1" } });
		await vi.waitFor(() => expect(found).toHaveLength(1), within);
		expect(idsIn(found?.[0]?.payload)).toEqual(ids.slice(1));
		expect(found?.[0]).toMatchObject({ hub: { delivery: "d1" } });
		expect(none).toEqual([]);
		expect(statuses).toEqual(["order-search.status.searching", "2"]);
	});

	it("lets the message say what to look for, and in which order", async () => {
		const { found } = await start({ status: "WAIT_SHIP" });
		const payload = { status: "", sort: "placedAt", from: "2026-01-02T03:00:00Z", to: "2026-01-02T03:02:00Z" };
		nodeOf("search").receive({ payload });
		await vi.waitFor(() => expect(found).toHaveLength(1), within);
		expect(idsIn(found?.[0]?.payload)).toEqual([ids[2], ids[1]]);
	});

	it("gives one message an order, which Join puts together again", async () => {
		const { found, joined } = await start({ send: "each" });
		nodeOf("search").receive({ payload: {}, topic: "look", hub: { traceId: "t1" }, parts: { id: "outer", index: 0 } });
		await vi.waitFor(() => expect(joined).toHaveLength(1), within);
		expect(found?.map(({ payload }) => (payload as Order)._id)).toEqual(ids);
		expect(found?.map(({ hub }) => hub)).toMatchObject(ids.map((orderId) => ({ orderId, shopId, traceId: "t1" })));
		expect(found?.[1]).toMatchObject({ topic: "look", parts: { index: 1, count: 3, parts: { id: "outer" } } });
		expect(idsIn(joined?.[0]?.payload)).toEqual(ids);
	});

	it("keeps each order's message to that order, of the event's delivery, when a function node drops msg.hub", async () => {
		const { found } = await start({ send: "each" });
		const event = { id: "e1", subject: "hub.alert.raised", at: "", traceId: "t1", body: {} };
		const told = { delivery: "d-search", eventId: "e1", orderId: "", shopId: "", platform: "", traceId: "t1" };
		const hub = { ...told, attempt: 1, flow: "test@1" };
		const delivery = { token: "d-search", attempt: 1, event };
		const { open, settled } = openDelivery({ delivery, consumer: "c", hub }, "m-search", 60_000);
		nodeOf("search").receive({ _msgid: "m-search", payload: {}, hub: { ...hub } });
		await vi.waitFor(() => expect(found).toHaveLength(3), within);
		const bare = (found ?? []).map(({ _msgid }) => ({ _msgid }));
		expect(bare.map((msg) => hubMessage(msg).orderId)).toEqual(ids);
		expect(bare.map(deliveryOf)).toEqual([open, open, open]);
		const [first = {}, second = {}] = bare;
		noteRead({ ...first }, { fence: 99 });
		expect([first, second, { _msgid: "m-search" }].map((msg) => hubMessage(msg).fence)).toEqual([99, 0, undefined]);
		open.settle(null);
		await settled;
		expect(bare.map(hubMessage)).toEqual([{}, {}, {}]);
	});

	it.each(["list", "each"])("says on the second output that there are none, sending as %s", async (send) => {
		const { found, none } = await start({ send });
		nodeOf("search").receive({ payload: { hold: "RISK" }, hub: { delivery: "d1" } });
		await vi.waitFor(() => expect(none).toHaveLength(1), within);
		expect(none?.[0]).toMatchObject({ payload: [], hub: { delivery: "d1" } });
		expect(found).toEqual([]);
	});

	it("reads page after page until it has what it may have at most", async () => {
		const crowded = `s-${randomUUID()}`;
		const [sample] = await OrderModel.find({ shopId }).lean();
		const orders = Array.from({ length: 450 }, (_, i) => ({
			...sample,
			_id: `taobao:${crowded}:${i}`,
			shopId: crowded,
		}));
		await OrderModel.collection.insertMany(
			orders.map((order) => ({ ...order, orderNo: order._id, outbox: [] })) as never,
		);
		const { found } = await start({ shopId: crowded, most: 430 });
		nodeOf("search").receive({ payload: {} });
		await vi.waitFor(() => expect(found).toHaveLength(1), within);
		const seen = idsIn(found?.[0]?.payload);
		expect([seen.length, new Set(seen).size]).toEqual([430, 430]);
	});

	it.each([
		["a field it does not know", { orderId: "x" }, {}, "order-search.error.unknown"],
		["a status that there is not", { status: "LOST" }, {}, "'status'"],
		["a node without a hub", {}, { hub: "gone" }, "hub.error.none"],
	])("fails, once, for %s", async (_what, payload, over, reason) => {
		const { found, none, errors } = await start(over);
		nodeOf("search").receive({ payload });
		await vi.waitFor(() => expect(errors).toHaveLength(1), within);
		expect(errors?.[0]).toMatchObject({ error: { message: expect.stringContaining(reason) } });
		expect([...(found ?? []), ...(none ?? [])]).toEqual([]);
	});
});
