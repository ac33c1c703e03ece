import type { Context, ServiceBroker, ServiceSchema } from "moleculer";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { hubError } from "../../config/errors.ts";
import { ownsModels } from "../../mixins/database.ts";
import { startBroker } from "../../test/broker.ts";
import type { ErpDriver, ErpParcel } from "./driver.ts";
import { generic } from "./generic/driver.ts";
import { PushModel } from "./push.model.ts";
import { pushIdOf } from "./push-id.ts";
import { ParcelCursorModel, StrayParcelModel } from "./read-back.model.ts";
import { readBack, readParcelsBack } from "./read-back.ts";
import { TurnModel } from "./turn.ts";

let broker: ServiceBroker;
/** What the ERP has sent, by the moment it left. */
let sent: { at: Date; parcel: ErpParcel }[] = [];
let asked: Date[] = [];
let accepted: { orderId: string; parcels: unknown[] }[] = [];
let trouble: Error | null = null;

/** Two parcels a page, as an ERP that tells of them by time. */
const driver: ErpDriver = {
	...generic,
	*parcels(since) {
		asked.push(since);
		const page = sent.filter(({ at }) => at >= since).slice(0, 2);
		return { parcels: page.map(({ parcel }) => parcel), until: page.at(-1)?.at ?? since };
	},
};

const line = (lineId: string, erpSku: string) => ({ lineId, erpSku, quantity: 2, parts: [] });
const hub: ServiceSchema[] = [
	{
		name: "connection",
		actions: {
			open({ params: { id } }: Context<{ id: string }>) {
				if (id === "broken") throw hubError("CONFLICT", "switched off meanwhile");
				return { id, settings: {}, secrets: {}, url: "http://erp" };
			},
			all: () => ({
				items: [
					{ _id: "broken", dialect: "silent", status: "ACTIVE", createdAt: start },
					{ _id: "off", dialect: "silent", status: "DISABLED", createdAt: start },
					{ _id: "tells", dialect: "generic", status: "ACTIVE", createdAt: start },
					{ _id: "silent", dialect: "silent", status: "ACTIVE", createdAt: start },
				],
			}),
		},
	},
	{
		name: "order",
		actions: {
			get: ({ params: { id } }: Context<{ id: string }>) => ({ _id: id, lines: [line("1", "CUP"), line("2", "LID")] }),
			list: ({ params: { q } }: Context<{ q: string }>) => ({
				items: q === "900" ? [{ _id: "taobao:s:900", orderNo: "900" }] : [],
			}),
		},
	},
	{
		name: "shipment",
		actions: {
			list: ({ params: { orderId } }: Context<{ orderId: string }>) => ({
				items: accepted.filter((each) => each.orderId === orderId).flatMap(({ parcels }) => parcels),
			}),
			accept({ params }: Context<(typeof accepted)[number]>) {
				if (trouble) throw trouble;
				accepted.push(params);
			},
		},
	},
	{ name: "models", mixins: [ownsModels(PushModel, ParcelCursorModel, StrayParcelModel, TurnModel)] },
];

beforeAll(async () => {
	broker = await startBroker(...hub);
});
afterAll(() => broker.stop());
beforeEach(async () => {
	[sent, asked, accepted, trouble] = [[], [], [], null];
	await Promise.all([PushModel.deleteMany({}), ParcelCursorModel.deleteMany({}), StrayParcelModel.deleteMany({})]);
});

const start = new Date("2026-01-02T00:00:00Z");
const read = (): Promise<number> => readBack(broker, driver, "silent", start);
const ships = (minute: number, number: string, lines: ErpParcel["lines"] = []): Date => {
	const at = new Date(start.getTime() + minute * 60_000);
	sent.push({ at, parcel: { number, carrier: "SF", trackingNo: `SF${number}${minute}`, lines } });
	return at;
};
const pushed = (number: string, orderId: string): Promise<unknown> => {
	const what = { connectionId: "silent", kind: "order" as const, orderId, orderNo: number, number };
	return PushModel.create({ _id: pushIdOf("silent", "order", orderId), ...what, state: "OK", document: {} });
};

describe("readBack", () => {
	it("gives each parcel to its order, once, and goes on where it ended", async () => {
		await pushed("500-2", "taobao:s:500"); // the number of a second revision
		for (const minute of [1, 2, 3]) ships(minute, "500-2");
		const last = ships(4, "900");
		expect(await read()).toBe(4);
		expect(accepted.map(({ orderId }) => orderId)).toEqual([...Array(3).fill("taobao:s:500"), "taobao:s:900"]);
		expect(await read()).toBe(0);
		expect(accepted).toHaveLength(4);
		expect(asked.at(-1)).toEqual(last);
	});

	it("tells the lines by the platform's ids, after what has left", async () => {
		await pushed("500", "taobao:s:500");
		ships(1, "500", [{ sku: "CUP", quantity: 1 }]);
		ships(2, "500", [
			{ sku: "CUP", quantity: 1 },
			{ sku: "LID", quantity: 2 },
		]);
		await read();
		expect(accepted.flatMap(({ parcels }) => parcels)).toMatchObject([
			{ carrier: "SF", lines: [{ lineId: "1", quantity: 1 }] },
			{
				lines: [
					{ lineId: "1", quantity: 1 },
					{ lineId: "2", quantity: 2 },
				],
			},
		]);
	});

	it("puts a parcel aside that no order takes, with the reason, and offers it again", async () => {
		ships(1, "600");
		ships(2, "900");
		await read();
		expect(accepted).toHaveLength(1);
		expect(await StrayParcelModel.find().lean()).toMatchObject([
			{ _id: "silent:600:SF6001", number: "600", reason: expect.stringContaining("no order of the number 600") },
		]);
		await pushed("600", "taobao:s:600");
		await read();
		expect(accepted.map(({ orderId }) => orderId)).toEqual(["taobao:s:900", "taobao:s:600"]);
		expect(await StrayParcelModel.countDocuments()).toBe(0);
	});

	it("does not go on past a parcel while the hub cannot take it", async () => {
		ships(1, "900");
		trouble = hubError("STORE_UNAVAILABLE");
		await expect(read()).rejects.toMatchObject({ type: "STORE_UNAVAILABLE" });
		trouble = null;
		await read();
		expect(accepted).toHaveLength(1);
		expect(await StrayParcelModel.countDocuments()).toBe(0);
	});

	it("reads every connection that is on and tells nobody, whatever becomes of another", async () => {
		ships(1, "900");
		const all = await readParcelsBack(broker, { generic, silent: driver });
		expect(all).toEqual({ taken: 1, failed: { broken: expect.stringContaining("switched off meanwhile") } });
		expect(asked[0]).toEqual(start);
	});

	it("is done by one process at a time", async () => {
		await ParcelCursorModel.create({ _id: "silent", since: start, leaseUntil: new Date(Date.now() + 60_000) });
		ships(1, "900");
		expect(await read()).toBe(0);
		expect(asked).toEqual([]);
	});
});
