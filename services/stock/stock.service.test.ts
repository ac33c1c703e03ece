import type { ServiceBroker } from "moleculer";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { HubEvent } from "../../mixins/event.ts";
import type { Page } from "../../mixins/paging.ts";
import { startBroker } from "../../test/broker.ts";
import type { StockView } from "./list.ts";
import type { SavedRow } from "./save.ts";
import { StockModel } from "./stock.model.ts";
import StockService from "./stock.service.ts";

const events: HubEvent[] = [];
const eventService = {
	name: "event",
	actions: {
		publish: ({ params }: { params: { events: HubEvent[] } }) => void events.push(...params.events),
	},
};

describe("stock", () => {
	let broker: ServiceBroker;
	beforeAll(async () => {
		broker = await startBroker(eventService, StockService);
	});
	afterAll(() => broker?.stop());
	afterEach(async () => {
		await StockModel.deleteMany({});
		events.length = 0;
	});

	const save = async (...items: object[]): Promise<SavedRow[]> =>
		(await broker.call<{ items: SavedRow[] }, object>("stock.save", { items })).items;
	const list = (params: object = {}) => broker.call<Page<StockView>, object>("stock.list", params);
	const quantity = async (q: string): Promise<number | undefined> => (await list({ q })).items[0]?.quantity;
	const changes = () => events.map(({ body }) => [body.erpSku, body.before, body.quantity]);

	it("is what the ERP says, over all its warehouses, and says when that is another", async () => {
		const rows = await save(
			{ erpSku: "CUP", warehouse: "north", quantity: 3 },
			{ erpSku: "CUP", warehouse: "south", quantity: 4 },
			{ erpSku: "LID", quantity: 0 },
		);
		expect(rows).toEqual([
			{ erpSku: "CUP", warehouse: "north", result: "changed" },
			{ erpSku: "CUP", warehouse: "south", result: "changed" },
			{ erpSku: "LID", warehouse: "", result: "changed" },
		]);
		expect(await quantity("CUP")).toBe(7);
		await save({ erpSku: "CUP", warehouse: "south", quantity: 1 });
		expect(await quantity("CUP")).toBe(4);
		await vi.waitFor(() => expect(changes()).toHaveLength(3));
		expect(changes()).toEqual(
			expect.arrayContaining([
				["CUP", null, 7],
				["LID", null, 0],
				["CUP", 7, 4],
			]),
		);
		expect(events[0]).toMatchObject({ subject: "hub.stock.changed", body: { version: 1 } });
	});

	it("is told of once when the same number comes again", async () => {
		await save({ erpSku: "CUP", quantity: 3 });
		expect(await save({ erpSku: "CUP", quantity: 3 })).toMatchObject([{ result: "unchanged" }]);
		// Moved between warehouses: as many as before.
		await save({ erpSku: "CUP", quantity: 1 }, { erpSku: "CUP", warehouse: "north", quantity: 2 });
		await save({ erpSku: "CUP", quantity: 9 });
		await vi.waitFor(() => expect(changes()).toHaveLength(2));
		expect(changes()).toEqual([
			["CUP", null, 3],
			["CUP", 3, 11],
		]);
	});

	it("keeps the latest number of each warehouse, in whatever order they come", async () => {
		const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();
		await save({ erpSku: "CUP", quantity: 5, at: at(2) });
		expect(await save({ erpSku: "CUP", quantity: 9, at: at(1) })).toMatchObject([{ result: "stale" }]);
		expect(await quantity("CUP")).toBe(5);
		// The same number at a later time keeps out what lies between.
		expect(await save({ erpSku: "CUP", quantity: 5, at: at(4) })).toMatchObject([{ result: "unchanged" }]);
		expect(await save({ erpSku: "CUP", quantity: 7, at: at(3) })).toMatchObject([{ result: "stale" }]);
		expect(await save({ erpSku: "CUP", quantity: 6, at: at(5) })).toMatchObject([{ result: "changed" }]);
		expect(await quantity("CUP")).toBe(6);
	});

	it("ends with the latest number when many tell it at once", async () => {
		const start = Date.UTC(2026, 0, 1);
		const tellings = Array.from({ length: 12 }, (_, second) => ({
			erpSku: "CUP",
			quantity: second,
			at: new Date(start + second * 1_000),
		}));
		await Promise.all(tellings.map((telling) => save(telling)));
		expect(await quantity("CUP")).toBe(11);
		await vi.waitFor(() => expect(changes().at(-1)?.[2]).toBe(11));
		const before = changes().map(([, was]) => was);
		const after = changes().map(([, , is]) => is);
		expect(before).toEqual([null, ...after.slice(0, -1)]);
	});

	it("refuses a number from the future, by itself, since it would keep out all that follow", async () => {
		const at = new Date(Date.now() + 3_600_000);
		const rows = await save({ erpSku: "CUP", quantity: 5, at }, { erpSku: "LID", quantity: 1 });
		expect(rows).toMatchObject([
			{ result: "refused", detail: expect.stringContaining("future") },
			{ result: "changed" },
		]);
		expect(await quantity("CUP")).toBeUndefined();
	});

	it.each([
		["half a piece", { erpSku: "CUP", quantity: 1.5 }],
		["less than none", { erpSku: "CUP", quantity: -1 }],
		["no SKU", { erpSku: " ", quantity: 1 }],
		["a field it does not know", { erpSku: "CUP", quantity: 1, unit: "piece" }],
	])("refuses %s", async (_name, item) => {
		await expect(save(item)).rejects.toMatchObject({ code: 422 });
	});

	it("is listed page by page", async () => {
		await save(...["A", "B", "C"].map((erpSku) => ({ erpSku, quantity: 1 })));
		const first = await list({ limit: 2 });
		const second = await list({ limit: 2, cursor: first.nextCursor });
		expect([...first.items, ...second.items].map(({ _id }) => _id).sort()).toEqual(["A", "B", "C"]);
		expect(second.nextCursor).toBeNull();
		expect(first.items[0]).not.toHaveProperty("outbox");
	});
});
