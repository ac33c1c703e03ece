import type { Context, ServiceBroker, ServiceSchema } from "moleculer";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { consumer } from "../../mixins/consumer.ts";
import type { HubEvent } from "../../mixins/event.ts";
import { startBroker } from "../../test/broker.ts";
import EventService from "../event/event.service.ts";
import { type Alert, AlertModel } from "./alert.model.ts";
import AlertService from "./alert.service.ts";
import { reconcile } from "./reconcile.ts";
import { sources } from "./troubles.ts";

const day = 86_400_000;
const now = new Date();
const state = {
	shops: [] as object[],
	pull: [] as object[],
	recalls: [] as object[],
	strays: [] as object[],
	waiting: [] as object[],
};
const shop = (id: string, changes: object = {}) => ({
	_id: id,
	platform: "jd",
	status: "ACTIVE",
	reason: "",
	token: { expiresAt: new Date(now.getTime() + 30 * day), renewsItself: true },
	...changes,
});
const asked: object[] = [];
const audited: object[] = [];
const stand: ServiceSchema[] = [
	{ name: "shop", actions: { all: () => ({ items: state.shops }) } },
	{ name: "pull", actions: { troubles: () => state.pull } },
	{ name: "erp", actions: { strayParcels: () => ({ items: state.strays }) } },
	{
		name: "shipment",
		actions: {
			waiting({ params }: Context<object>) {
				asked.push(params);
				return state.waiting;
			},
		},
	},
	{ name: "alertChannel", actions: { failing: () => [] } },
	{ name: "order", actions: { openRecalls: () => state.recalls } },
	{
		name: "audit",
		actions: {
			record: ({ params, meta }: Context<object, { actor?: string }>) =>
				void audited.push({ ...params, actor: meta.actor }),
		},
	},
];

let broker: ServiceBroker;
const events: HubEvent[] = [];
const list = async (query: object = {}, meta: object = {}) =>
	(await broker.call<{ items: Alert[] }, object>("alert.list", query, { meta })).items;
const look = async (at = new Date()): Promise<void> => {
	for (const source of sources) await reconcile(source.kinds, await source.look(broker, at), at);
};

beforeAll(async () => {
	const handle = async (_: unknown, event: HubEvent): Promise<void> => void events.push(event);
	const listener = { name: "listener", mixins: [consumer({ name: "listener", subjects: ["hub.alert.*"], handle })] };
	broker = await startBroker(EventService, AlertService, listener, ...stand);
});
beforeEach(() => {
	Object.assign(state, { shops: [], pull: [], recalls: [], strays: [], waiting: [] });
});
afterEach(async () => {
	await AlertModel.deleteMany({});
	events.length = 0;
});
afterAll(() => broker?.stop());

describe("an alert", () => {
	it("is there while its trouble is, and once for it", async () => {
		state.shops = [shop("s1", { status: "TOKEN_EXPIRED", reason: "Invalid session" })];
		await look();
		await look();
		expect(await list({ state: "OPEN" })).toMatchObject([
			{ kind: "shop.token-expired", level: "critical", ref: { shopId: "s1" }, reason: "Invalid session", times: 1 },
		]);
		state.shops = [shop("s1")];
		await look();
		expect(await list({ state: "OPEN" })).toEqual([]);
		expect(await list()).toMatchObject([{ state: "CLOSED", until: expect.any(Date) }]);
	});

	it("is told of by an event when it is raised and when it is over", async () => {
		state.shops = [shop("s1", { status: "TOKEN_EXPIRED" })];
		await look();
		state.shops = [];
		await look();
		await vi.waitFor(
			() => expect(events.map(({ subject }) => subject)).toEqual(["hub.alert.raised", "hub.alert.closed"]),
			{ timeout: 5_000 },
		);
	});

	it("tells of a parcel that an ERP has sent and no order can take", async () => {
		const parcel = { connectionId: "wdt", number: "42", trackingNo: "SF1", reason: "no such order" };
		state.strays = [{ _id: "wdt:42:SF1", ...parcel }];
		await look();
		const { reason, ...ref } = parcel;
		expect(await list({ state: "OPEN" })).toMatchObject([{ kind: "parcel.stray", ref, reason }]);
	});

	it("tells of a parcel that waits for a flow for long, or with its deadline near", async () => {
		const since = new Date("2026-01-01T10:00:00Z");
		const parcel = { shopId: "s1", orderId: "jd:s1:1", carrier: "SF", trackingNo: "SF1" };
		state.waiting = [{ _id: "jd:s1:1:SF1", ...parcel, waitsSince: since, shipDeadline: "2026-01-01T12:00:00.000Z" }];
		asked.length = 0;
		await look(now);
		const patience = { since: new Date(now.getTime() - day / 96), deadlineBefore: new Date(now.getTime() + day / 12) };
		expect(asked).toContainEqual(patience);
		const reason = "no flow has let it go since 2026-01-01T10:00:00.000Z; to be shipped by 2026-01-01T12:00:00.000Z";
		expect(await list({ state: "OPEN" })).toMatchObject([{ kind: "shipment.waiting", ref: parcel, reason }]);
	});

	it.each([
		["the ERP refused", { state: "REFUSED", reason: "已发货" }, 0, "recall.refused"],
		["nobody answered for minutes", { state: "WANTED", reason: "" }, 6 * 60_000, "recall.waiting"],
		["it was asked for just now", { state: "WANTED", reason: "" }, 60_000, undefined],
	])("about an order that the ERP should give back: %s", async (_what, how, agoMs, kind) => {
		state.recalls = [{ orderId: "jd:s1:1", shopId: "s1", why: "refund", at: new Date(Date.now() - agoMs), ...how }];
		await look();
		const open = await list({ state: "OPEN" });
		expect(open.map((alert) => alert.kind)).toEqual(kind ? [kind] : []);
		if (kind) expect(open[0]).toMatchObject({ level: "critical", ref: { orderId: "jd:s1:1", why: "refund" } });
	});

	it.each([
		["one that only a person can renew, three days before its end", 2 * day, false, 1],
		["one that renews itself and did not, minutes before its end", 60_000, true, 1],
		["one that renews itself, days before its end", day, true, 0],
		["none that lasts", 30 * day, false, 0],
	])("about a token: %s", async (_what, leftMs, renewsItself, count) => {
		state.shops = [shop("s1", { token: { expiresAt: new Date(now.getTime() + leftMs), renewsItself } })];
		await look(now);
		expect(await list({ kind: "shop.token-expiring" })).toHaveLength(count);
	});

	it("tells of what could not be taken, and of windows", async () => {
		const ref = { shopId: "s1", kind: "orders", id: "42" };
		await broker.call("event.park", { id: "jd:s1:42", source: "pull", ref, reason: "state 9 is unknown" });
		state.pull = [{ kind: "window.gap", shopId: "s1", pulled: "orders", list: "changed", from: "2026", reason: "r" }];
		await look();
		expect((await list()).map(({ kind }) => kind).sort()).toEqual(["record.parked", "window.gap"]);
		await broker.call("event.discard", { id: "pull:jd:s1:42" });
		await look();
		expect((await list({ state: "OPEN" })).map(({ kind }) => kind)).toEqual(["window.gap"]);
	});

	it("is shown only to those who may see its shop", async () => {
		state.shops = [shop("s1", { status: "TOKEN_EXPIRED" })];
		await look();
		expect(await list({}, { shops: ["another"] })).toEqual([]);
		expect(await list({}, { shops: ["s1"] })).toHaveLength(1);
	});

	it("comes by itself", async () => {
		state.shops = [shop("s9", { status: "TOKEN_EXPIRED" })];
		await vi.waitFor(async () => expect(await list({ shopId: "s9" })).toHaveLength(1), { timeout: 15_000 });
	}, 20_000);
});

describe("an alert of a flow", () => {
	const raise = (over: object = {}) =>
		broker.call<{ id: string; news: boolean }, object>("alert.raise", {
			key: "orders-late",
			level: "warning",
			reason: "3 orders",
			ref: { shopId: "s1", orderId: "jd:s1:1" },
			...over,
		});
	const settle = (key = "orders-late") => broker.call<{ id: string; news: boolean }, object>("alert.settle", { key });

	it("is one for its key, with the latest words, until it is settled", async () => {
		expect(await raise()).toEqual({ id: "flow.raised:orders-late", news: true });
		expect(await raise({ level: "critical", reason: "9 orders", ref: {} })).toMatchObject({ news: false });
		expect(await list()).toMatchObject([
			{
				kind: "flow.raised",
				state: "OPEN",
				level: "critical",
				reason: "9 orders",
				ref: { key: "orders-late" },
				times: 1,
			},
		]);
		expect(await settle()).toEqual({ id: "flow.raised:orders-late", news: true });
		expect(await list()).toMatchObject([{ state: "CLOSED", until: expect.any(Date), times: 1 }]);
	});

	it("counts how often it came back, and tells of each coming and going once", async () => {
		const key = "comes-and-goes"; // the events of other tests may still be on their way
		const again = { key };
		const acts = [() => raise(again), () => raise(again), () => settle(key), () => settle(key), () => raise(again)];
		const news = [];
		for (const act of acts) news.push((await act()).news);
		expect(news).toEqual([true, false, true, false, true]);
		expect(await list()).toMatchObject([{ state: "OPEN", until: null, times: 2 }]);
		const told = () => events.filter(({ body }) => body.alertId === `flow.raised:${key}`);
		await vi.waitFor(() => expect(told()).toHaveLength(3), { timeout: 5_000 });
		expect(told().map(({ subject }) => subject)).toEqual(["hub.alert.raised", "hub.alert.closed", "hub.alert.raised"]);
		const body = { kind: "flow.raised", level: "warning", ref: { shopId: "s1", orderId: "jd:s1:1", key } };
		expect(told()[0]).toMatchObject({ body });
	});

	it("is raised once by many at the same moment", async () => {
		const answers = await Promise.all(Array.from({ length: 8 }, () => raise()));
		expect(answers.filter(({ news }) => news)).toHaveLength(1);
		expect(await list()).toMatchObject([{ times: 1 }]);
	});

	it("is left alone by what works out the others", async () => {
		await raise();
		await look();
		expect(await list({ state: "OPEN" })).toMatchObject([{ kind: "flow.raised" }]);
	});

	it("is none of the others, were its key the same", async () => {
		state.shops = [shop("s1", { status: "TOKEN_EXPIRED" })];
		await look();
		expect(await settle("shop.token-expired:s1")).toMatchObject({ news: false });
		expect(await list({ state: "OPEN" })).toMatchObject([{ kind: "shop.token-expired" }]);
	});

	it("is shown only to those who may see its shop", async () => {
		await raise();
		expect(await list({}, { shops: ["another"] })).toEqual([]);
		expect(await list({}, { shops: ["s1"] })).toHaveLength(1);
	});

	const byHand = (id: string, meta: object = {}) =>
		broker.call<Alert, object>("alert.settleByHand", { id }, { meta: { actor: "user:amy", ...meta } });

	it("is settled by a person where no flow does so any more, once, and that is written down", async () => {
		audited.length = 0;
		const { id } = await raise({ key: "flow-is-gone" });
		expect(await byHand(id)).toMatchObject({ _id: id, state: "CLOSED", until: expect.any(Date) });
		await expect(byHand(id)).rejects.toMatchObject({
			type: "CONFLICT",
			message: expect.stringContaining("over already"),
		});
		expect(audited).toEqual([{ what: "alert.settle", ref: id, actor: "user:amy" }]);
		const told = () => events.filter(({ body }) => body.alertId === id).map(({ subject }) => subject);
		await vi.waitFor(() => expect(told()).toEqual(["hub.alert.raised", "hub.alert.closed"]), { timeout: 5_000 });
	});

	it("is not settled by who may not see its shop, nor one that there is not", async () => {
		const { id } = await raise();
		for (const [which, meta] of [
			[id, { shops: ["another"] }],
			["flow.raised:none", {}],
		] as const)
			await expect(byHand(which, meta)).rejects.toMatchObject({ type: "NOT_FOUND" });
		expect(await byHand(id, { shops: ["s1"] })).toMatchObject({ state: "CLOSED" });
	});

	it("alone is settled by a person: the others go with their cause", async () => {
		state.shops = [shop("s1", { status: "TOKEN_EXPIRED" })];
		await look();
		await expect(byHand("shop.token-expired:s1")).rejects.toMatchObject({
			type: "CONFLICT",
			message: expect.stringContaining("goes by itself when its cause is gone"),
		});
		expect(await list({ state: "OPEN" })).toMatchObject([{ kind: "shop.token-expired" }]);
	});

	it.each([
		["no key", { key: " " }],
		["a level that there is not", { level: "loud" }],
		["what is no text about it", { ref: { shopId: 1 } }],
		["something unknown", { kind: "window.gap" }],
	])("is refused with %s", async (_what, over) => {
		await expect(raise(over)).rejects.toMatchObject({ type: "VALIDATION_ERROR" });
		expect(await list()).toEqual([]);
	});
});
