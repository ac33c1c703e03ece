/** The feed with real orders and after-sales behind it: one database, so each test has its own shop and clients. */
import { randomUUID } from "node:crypto";
import type { ServiceBroker } from "moleculer";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { startBroker } from "../../test/broker.ts";
import AftersaleService from "../aftersale/aftersale.service.ts";
import EventService from "../event/event.service.ts";
import { platformOrder } from "../order/order.sample.ts";
import OrderService from "../order/order.service.ts";
import type { Order, PlatformOrder } from "../order/order.ts";
import SkuService from "../sku/sku.service.ts";
import { FeedModel, type FeedTopic } from "./feed.model.ts";
import FeedService from "./feed.service.ts";
import type { FeedPage } from "./read.ts";

let broker: ServiceBroker;
beforeAll(async () => {
	broker = await startBroker(EventService, OrderService, SkuService, AftersaleService, FeedService);
});
afterAll(() => broker.stop());

const patience = { timeout: 20_000, interval: 50 };

/** A shop and the calls of one client that is limited to it. */
function clientOfShop(shopId = `shop-${randomUUID()}`, client = `erp-${randomUUID()}`) {
	const options = { meta: { actor: `client:${client}`, shops: [shopId] } };
	const fetched = (query: object = {}, topic = "orders"): Promise<FeedPage> =>
		broker.call("feed.fetch", { topic, ...query }, options);
	return {
		shopId,
		connectionId: `feed:${client}`,
		fetched,
		async arrived(ids: string[], topic: FeedTopic = "orders"): Promise<FeedPage> {
			const wanted = { topic, subjectId: { $in: ids } };
			await fetched({}, topic); // a client's first one has the hub begin to keep the feed
			await vi.waitFor(async () => expect(await FeedModel.countDocuments(wanted)).toBe(ids.length), patience);
			return fetched({}, topic);
		},
		ack: (cursor: string, topic = "orders") => broker.call("feed.ack", { topic, cursor }, options),
	};
}

const save = async (shopId: string, over: Partial<PlatformOrder> = {}): Promise<string> =>
	(await broker.call<{ id: string }, object>("order.save", platformOrder({ shopId, ...over }))).id;
const get = (id: string) => broker.call<Order, object>("order.get", { id });
const becomes = (id: string, erp: object): Promise<void> =>
	vi.waitFor(async () => expect((await get(id)).erp).toMatchObject(erp), patience);
const idsOf = ({ items }: FeedPage) => items.map(({ order }) => order?._id);
const lastOf = ({ items }: FeedPage): string => items.at(-1)?.cursor ?? "";

describe("the orders of the feed", () => {
	it("come again until they are acknowledged, oldest first, and then no more", async () => {
		const erp = clientOfShop();
		const ids = [await save(erp.shopId), await save(erp.shopId)];
		expect(idsOf(await erp.arrived(ids))).toEqual(ids);
		const again = await erp.fetched();
		expect(idsOf(again)).toEqual(ids);
		expect(again.items[0]).toMatchObject({ what: "ready", order: { receiver: { name: "王**" } } });
		await erp.ack(again.items[0]?.cursor ?? "");
		expect(idsOf(await erp.fetched())).toEqual(ids.slice(1));
		await erp.ack(lastOf(again));
		expect(await erp.fetched()).toEqual({ items: [], nextCursor: null });
	});

	it("count as perhaps in the ERP when they are fetched, and as in it when acknowledged", async () => {
		const erp = clientOfShop();
		const id = await save(erp.shopId);
		const page = await erp.arrived([id]);
		await becomes(id, { state: "IN_DOUBT", connectionId: erp.connectionId });
		await erp.ack(lastOf(page));
		await becomes(id, { state: "OK", connectionId: erp.connectionId });
	});

	it("are acknowledged late, twice and at once without harm", async () => {
		const erp = clientOfShop();
		const ids = [await save(erp.shopId), await save(erp.shopId)];
		const { items } = await erp.arrived(ids);
		const [first = "", last = ""] = items.map(({ cursor }) => cursor);
		await Promise.all([erp.ack(last), erp.ack(last), erp.ack(first)]);
		await erp.ack(first);
		expect((await erp.fetched()).items).toEqual([]);
		for (const id of ids) await becomes(id, { state: "OK" });
	});

	it("come page by page", async () => {
		const erp = clientOfShop();
		const ids = [await save(erp.shopId), await save(erp.shopId), await save(erp.shopId)];
		await erp.arrived(ids);
		const first = await erp.fetched({ limit: 2 });
		const second = await erp.fetched({ limit: 2, cursor: first.nextCursor });
		expect([...idsOf(first), ...idsOf(second)]).toEqual(ids);
		expect(second.nextCursor).toBeNull();
	});

	it("are not handed out any more when a refund came first", async () => {
		const erp = clientOfShop();
		const order = platformOrder({ shopId: erp.shopId });
		const { id } = await broker.call<{ id: string }, object>("order.save", order);
		await erp.fetched({}, "aftersales");
		await vi.waitFor(async () => expect(await FeedModel.exists({ subjectId: id })).not.toBeNull(), patience);
		await broker.call("order.noteAftersale", { id, no: "a1", settledAt: null });
		expect((await erp.fetched()).items).toEqual([]);
		expect((await get(id)).erp.state).toBe("NONE");
	});

	it("are called back when a refund comes after they were handed out, and free again when that is acknowledged", async () => {
		const erp = clientOfShop();
		const id = await save(erp.shopId);
		const page = await erp.arrived([id]);
		await becomes(id, { state: "IN_DOUBT" });
		await broker.call("order.noteAftersale", { id, no: "a1", settledAt: null });
		await erp.ack(lastOf(page));
		const recall = await vi.waitFor(async () => {
			const { items } = await erp.fetched();
			expect(items).toMatchObject([{ what: "recall", order: { _id: id } }]);
			return items[0]?.cursor ?? "";
		}, patience);
		await erp.ack(recall);
		await becomes(id, { state: "CANCELLED", recall: { state: "NONE" } });
	});

	it("go to one client only, however many ask at once", async () => {
		const one = clientOfShop();
		const other = clientOfShop(one.shopId);
		const ids = [await save(one.shopId), await save(one.shopId), await save(one.shopId)];
		await one.fetched({}, "aftersales");
		const wanted = { subjectId: { $in: ids } };
		await vi.waitFor(async () => expect(await FeedModel.countDocuments(wanted)).toBe(ids.length), patience);
		const pages = await Promise.all([one.fetched(), other.fetched(), one.fetched(), other.fetched()]);
		const [ofOne, ofOther] = [
			[0, 2],
			[1, 3],
		].map((at) => new Set(at.flatMap((each) => idsOf(pages[each] as FeedPage))));
		expect([...(ofOne ?? []), ...(ofOther ?? [])].sort()).toEqual(ids.sort());
	});

	it("of other shops are not seen", async () => {
		const erp = clientOfShop();
		const stranger = clientOfShop();
		const id = await save(erp.shopId);
		await erp.arrived([id]);
		expect((await stranger.fetched()).items).toEqual([]);
	});
});

describe("the after-sales of the feed", () => {
	it("come as they are now, to each client until it acknowledges them", async () => {
		const erp = clientOfShop();
		const at = new Date("2026-01-02T03:04:05Z");
		const aftersale = {
			platform: "taobao",
			shopId: erp.shopId,
			aftersaleNo: "180001",
			orderNo: "4000001",
			type: "REFUND_ONLY",
			status: "APPLIED",
			rawType: "REFUND",
			rawStatus: "WAIT_SELLER_AGREE",
			lines: [{ lineId: "1", platformSkuId: "p1", outerSku: "CUP", title: "杯", quantity: 1, refundFen: 3_900 }],
			refundFen: 3_900,
			reason: "质量问题",
			buyerNote: "",
			evidence: [],
			refusal: "",
			returnParcel: null,
			deadline: null,
			appliedAt: at,
			modifiedAt: at,
		};
		await broker.call("aftersale.save", aftersale);
		const id = `taobao:${erp.shopId}:180001`;
		const page = await erp.arrived([id], "aftersales");
		expect(page.items).toMatchObject([{ what: "created", aftersale: { _id: id, status: "APPLIED" } }]);
		await erp.ack(lastOf(page), "aftersales");
		expect((await erp.fetched({}, "aftersales")).items).toEqual([]);
	});
});

describe("a wrong call of the feed", () => {
	it.each([["x"], [Buffer.from("feed:-1").toString("base64url")], [Buffer.from("feed:999999").toString("base64url")]])(
		"with the cursor %s is refused",
		async (cursor) => {
			await expect(clientOfShop().ack(cursor)).rejects.toMatchObject({ type: "INVALID" });
		},
	);

	it("by a person is refused: what he fetched would count as being in an ERP", async () => {
		const asPerson = { meta: { actor: "user:admin" } };
		await expect(broker.call("feed.fetch", { topic: "orders" }, asPerson)).rejects.toMatchObject({ type: "FORBIDDEN" });
	});
});
