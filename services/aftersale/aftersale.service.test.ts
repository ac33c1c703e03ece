import type { ServiceBroker } from "moleculer";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { consumer } from "../../mixins/consumer.ts";
import type { HubEvent } from "../../mixins/event.ts";
import { startBroker } from "../../test/broker.ts";
import EventService from "../event/event.service.ts";
import { type Aftersale, AftersaleModel } from "./aftersale.model.ts";
import AftersaleService from "./aftersale.service.ts";
import type { PlatformAftersale } from "./aftersale.ts";

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
	broker = await startBroker(EventService, AftersaleService, listener);
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
		expect(events[0]?.body).toMatchObject({ aftersaleId: id, version: 1, change: { status: [null, "APPLIED"] } });
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

	it("is there only for those who may see its shop", async () => {
		await save();
		const meta = { shops: ["another"] };
		expect((await list({}, meta)).items).toEqual([]);
		await expect(broker.call("aftersale.get", { id }, { meta })).rejects.toMatchObject({ type: "NOT_FOUND" });
	});
});
