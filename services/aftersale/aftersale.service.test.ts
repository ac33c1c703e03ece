import type { ServiceBroker } from "moleculer";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { consumer } from "../../mixins/consumer.ts";
import type { HubEvent } from "../../mixins/event.ts";
import { startBroker } from "../../test/broker.ts";
import EventService from "../event/event.service.ts";
import OrderService from "../order/order.service.ts";
import { type Aftersale, AftersaleModel } from "./aftersale.model.ts";
import AftersaleService from "./aftersale.service.ts";
import type { PlatformAftersale } from "./aftersale.ts";
import type { AftersaleSummary } from "./list.ts";
import type { Tab } from "./tabs.ts";
import type { AftersaleEntry } from "./timeline.model.ts";

const at = (second: number): Date => new Date(1_700_000_000_000 + second * 1_000);

const aftersale = (changes: Partial<PlatformAftersale> = {}): PlatformAftersale => ({
	platform: "taobao",
	shopId: "s1",
	aftersaleNo: "180001",
	orderNo: "4000001",
	type: "RETURN_REFUND",
	status: "APPLIED",
	rawType: "REFUND_AND_RETURN",
	rawStatus: "WAIT_SELLER_AGREE",
	lines: [{ lineId: "1", platformSkuId: "p1", outerSku: "CUP", title: "杯", quantity: 1, refundFen: 3_900 }],
	refundFen: 3_900,
	reason: "质量问题",
	buyerNote: "",
	evidence: [],
	refusal: "",
	returnParcel: null,
	deadline: null,
	appliedAt: at(0),
	modifiedAt: at(1),
	...changes,
});
const id = "taobao:s1:180001";

let broker: ServiceBroker;
const events: HubEvent[] = [];
const save = (changes: Partial<PlatformAftersale> = {}) =>
	broker.call<{ result: string }, object>("aftersale.save", aftersale(changes));
const stored = () => broker.call<Aftersale, object>("aftersale.get", { id });
const list = (query: object, meta: object = {}) =>
	broker.call<{ items: Aftersale[] }, object>("aftersale.list", query, { meta });

beforeAll(async () => {
	const handle = async (_service: unknown, event: HubEvent): Promise<void> => void events.push(event);
	const listener = {
		name: "listener",
		mixins: [consumer({ name: "listener", subjects: ["hub.aftersale.*"], handle })],
	};
	broker = await startBroker(EventService, OrderService, AftersaleService, listener);
});
afterEach(async () => {
	await AftersaleModel.deleteMany({});
	events.length = 0;
});
afterAll(() => broker?.stop());

describe("an after-sale", () => {
	it("is stored once, with its order, and told of", async () => {
		expect(await save()).toMatchObject({ result: "created" });
		expect(await save()).toMatchObject({ result: "unchanged" });
		expect(await stored()).toMatchObject({ _id: id, orderId: "taobao:s1:4000001", version: 1, status: "APPLIED" });
		await vi.waitFor(() => expect(events.map(({ subject }) => subject)).toEqual(["hub.aftersale.created"]));
		expect(events[0]?.body).toMatchObject({
			aftersaleId: id,
			orderId: "taobao:s1:4000001",
			type: "RETURN_REFUND",
			status: "APPLIED",
			version: 1,
			change: { status: [null, "APPLIED"] },
		});
	});

	it("follows the platform, and an older telling changes nothing", async () => {
		await save({ modifiedAt: at(5), status: "WAIT_BUYER_RETURN" });
		expect(await save({ modifiedAt: at(4) })).toMatchObject({ result: "stale" });
		expect(await save({ modifiedAt: at(6), status: "DONE" })).toMatchObject({ result: "updated" });
		expect(await stored()).toMatchObject({ status: "DONE", version: 2 });
	});

	it("takes a change within the same second", async () => {
		await save();
		expect(await save({ status: "REFUSED" })).toMatchObject({ result: "updated" });
	});

	it("keeps what the platform blanks later", async () => {
		await save({
			returnParcel: { carrier: "SF", trackingNo: "SF1" },
			buyerNote: "坏了",
			evidence: ["https://i/1.jpg"],
		});
		await save({ modifiedAt: at(9), reason: "", status: "DONE" });
		expect(await stored()).toMatchObject({
			returnParcel: { carrier: "SF", trackingNo: "SF1" },
			buyerNote: "坏了",
			reason: "质量问题",
			evidence: ["https://i/1.jpg"],
		});
	});

	it("ends as the newest when many tell it at once", async () => {
		await Promise.all(Array.from({ length: 10 }, (_, n) => save({ modifiedAt: at(n), refundFen: 100 + n })));
		expect(await stored()).toMatchObject({ refundFen: 109 });
	});

	it.each([
		["status", { status: "DONE" }, 0],
		["type", { type: "RETURN_REFUND" }, 1],
		["order number", { q: "4000001 999" }, 1],
		["return tracking number", { q: "SF1" }, 1],
		["time", { from: at(1) }, 0],
	])("is found by %s", async (_what, query, count) => {
		await save({ returnParcel: { carrier: "SF", trackingNo: "SF1" } });
		expect((await list(query)).items).toHaveLength(count);
	});

	it("is found by its deadline, the soonest first, while somebody has to act", async () => {
		const deadlines = [at(30), at(10), at(20), at(99)];
		for (const [n, deadline] of deadlines.entries()) await save({ aftersaleNo: `18${n}`, deadline });
		await save({ aftersaleNo: "189", deadline: at(5), status: "CLOSED" });
		const due = { deadlineBefore: at(40), limit: 2 };
		const page = await broker.call<{ items: Aftersale[]; nextCursor: string }, object>("aftersale.list", due);
		const rest = await list({ ...due, cursor: page.nextCursor });
		expect([...page.items, ...rest.items].map(({ aftersaleNo }) => aftersaleNo)).toEqual(["181", "182", "180"]);
		const counted = await broker.call<AftersaleSummary, object>("aftersale.summary", {});
		expect(counted).toMatchObject({ overdue: 4, dueSoon: 0, byStatus: { APPLIED: 4, CLOSED: 1, DONE: 0 } });
		const meta = { shops: ["another"] };
		const unseen = await broker.call<AftersaleSummary, object>("aftersale.summary", {}, { meta });
		expect(unseen).toMatchObject({ overdue: 0, byStatus: { APPLIED: 0 } });
	});

	it("is in the tab of what it waits for, whose count is what its list shows", async () => {
		const soon = new Date(Date.now() + 3_600_000);
		await save({ aftersaleNo: "1", deadline: new Date(Date.now() + 7_200_000) });
		await save({ aftersaleNo: "2", status: "WAIT_SELLER_RECEIVE", deadline: soon });
		await save({ aftersaleNo: "3", status: "WAIT_BUYER_CONFIRM", type: "EXCHANGE", deadline: soon });
		await save({ aftersaleNo: "4", status: "CLOSED", deadline: soon });
		await save({ aftersaleNo: "5", status: "REFUSED", shopId: "s2" });
		await AftersaleModel.updateMany({ aftersaleNo: { $in: ["2", "4"] } }, { $set: { "erp.state": "OK" } });
		const inTab: Partial<Record<Tab, string[]>> = {
			all: ["5", "4", "3", "2", "1"],
			"to-answer": ["1"],
			"wait-return": [],
			"to-receive": ["2"],
			"wait-erp": ["2"],
			sending: ["3"],
			"not-taken": [],
			"due-soon": ["2", "1"], // the soonest first
			done: [],
			refused: ["5", "4"],
		};
		const { byTab } = await broker.call<AftersaleSummary, object>("aftersale.summary", {});
		for (const [tab, numbers] of Object.entries(inTab)) {
			const listed = (await list({ tab })).items.map(({ aftersaleNo }) => aftersaleNo);
			expect({ tab, listed, count: byTab[tab as Tab] }).toEqual({ tab, listed: numbers, count: numbers.length });
		}
		const ofShop = await broker.call<AftersaleSummary, object>("aftersale.summary", { shopId: "s2" });
		expect(ofShop.byTab).toMatchObject({ all: 1, refused: 1, "to-answer": 0 });
		const meta = { shops: ["s2"] };
		const outOfReach = await broker.call<AftersaleSummary, object>("aftersale.summary", { shopId: "s1" }, { meta });
		expect(outOfReach.byTab.all).toBe(0);
	});

	it("remembers what happened to it, by whom", async () => {
		const told = { aftersaleNo: "180777" };
		await save(told);
		await save({ ...told, modifiedAt: at(5), status: "WAIT_BUYER_RETURN", refundFen: 3_800 });
		const query = { id: "taobao:s1:180777" };
		await vi.waitFor(async () => {
			const { items } = await broker.call<{ items: AftersaleEntry[] }, object>("aftersale.timeline", query);
			expect(items).toMatchObject([
				{ what: "aftersale.created", orderId: "taobao:s1:4000001", change: { status: [null, "APPLIED"] } },
				{
					what: "aftersale.changed",
					version: 2,
					change: { status: ["APPLIED", "WAIT_BUYER_RETURN"], refundFen: [3_900, 3_800] },
				},
			]);
		});
	});

	it("knows what the ERP made of it, and a late word of it changes nothing", async () => {
		await save();
		const tell = (subject: string, version: number, more: object = {}) => {
			const body = {
				kind: "aftersale",
				aftersaleId: id,
				orderId: "o",
				connectionId: "erp",
				docNo: "",
				reason: "",
				version,
			};
			const event = { id: `${subject}:${version}`, subject, at: new Date().toISOString(), traceId: "" };
			return broker.call("event.publish", { events: [{ ...event, body: { ...body, ...more } }] });
		};
		await tell("hub.push.doubtful", 2, { reason: "timeout" });
		await tell("hub.push.done", 4, { docNo: "R1" });
		await vi.waitFor(async () => expect((await stored()).erp).toMatchObject({ state: "OK", docNo: "R1" }));
		await tell("hub.push.rejected", 3, { reason: "old" });
		await tell("hub.push.rejected", 6, { reason: "仓库不存在" });
		await vi.waitFor(async () =>
			expect((await stored()).erp).toMatchObject({ state: "REJECTED", reason: "仓库不存在" }),
		);
		expect((await list({ erpState: "REJECTED" })).items).toHaveLength(1);
		await save({ modifiedAt: at(9), status: "DONE" });
		expect((await stored()).erp.state).toBe("REJECTED");
		await vi.waitFor(() => expect(events.map(({ subject }) => subject)).toContain("hub.aftersale.push-rejected"));
	});

	it("that was before shipping stays so when the order is shipped later", async () => {
		await save({ type: "REFUND_BEFORE_SHIP" });
		await save({ type: "REFUND_ONLY", status: "CLOSED", modifiedAt: at(9) });
		expect(await stored()).toMatchObject({ type: "REFUND_BEFORE_SHIP", status: "CLOSED" });
	});

	it("says that a flow gave it up, until the ERP has it after all", async () => {
		await save();
		const tell = (name: string, subject: string, body: object) =>
			broker.call("event.publish", {
				events: [{ id: `${id}:${name}`, subject, at: new Date().toISOString(), traceId: "", body }],
			});
		const parked = { aftersaleId: id, subject: "hub.aftersale.changed", reason: "a broken mapping" };
		await tell("other", "hub.delivery.parked", { ...parked, consumer: "shipment-aftersales" });
		await tell("flow", "hub.delivery.parked", { ...parked, consumer: "flow-aftersale-to-erp-in" });
		const shown = { state: "PARKED", reason: "a broken mapping" };
		await vi.waitFor(async () => expect((await stored()).erp).toMatchObject(shown));
		expect(events.filter(({ subject }) => subject === "hub.aftersale.push-parked")).toHaveLength(1);
		const push = { kind: "aftersale", aftersaleId: id, connectionId: "c1", docNo: "R1", reason: "", version: 1 };
		await tell("push", "hub.push.done", push);
		await vi.waitFor(async () => expect((await stored()).erp).toMatchObject({ state: "OK", docNo: "R1", reason: "" }));
		await tell("late", "hub.delivery.parked", { ...parked, consumer: "flow-aftersale-to-erp-in" });
		await tell("last", "hub.push.rejected", { ...push, reason: "no", version: 2 });
		await vi.waitFor(async () => expect((await stored()).erp).toMatchObject({ state: "REJECTED", reason: "no" }));
	});

	it("notes the goods that came back once, and no more than were to come", async () => {
		await save();
		const receive = (more: object) => broker.call<Aftersale, object>("aftersale.receive", { id, ...more });
		await Promise.all([receive({ note: "货架 3" }), receive({ note: "货架 3" })]);
		expect(await receive({ note: "货架 3" })).toMatchObject({
			version: 2,
			received: { quantity: 1, condition: "good" },
		});
		expect(await receive({ condition: "defective" })).toMatchObject({ received: { condition: "defective", note: "" } });
		await expect(receive({ quantity: 2 })).rejects.toMatchObject({ type: "INVALID" });
		await vi.waitFor(() =>
			expect(events.filter(({ subject }) => subject === "hub.aftersale.received")).toHaveLength(2),
		);
	});

	it("is there only for those who may see its shop", async () => {
		await save();
		const meta = { shops: ["another"] };
		expect((await list({}, meta)).items).toEqual([]);
		await expect(broker.call("aftersale.get", { id }, { meta })).rejects.toMatchObject({ type: "NOT_FOUND" });
	});
});
