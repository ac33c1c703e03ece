import type { Context, ServiceBroker, ServiceSchema } from "moleculer";
import { afterEach, describe, expect, it } from "vitest";
import { hubError } from "../../config/errors.ts";
import { startBroker } from "../../test/broker.ts";
import EventService from "../event/event.service.ts";
import { platformOrder } from "../order/order.sample.ts";
import OrderService from "../order/order.service.ts";
import SkuService from "../sku/sku.service.ts";
import { CursorModel, WindowModel } from "./pull.model.ts";
import PullService from "./pull.service.ts";

const shop = {
	platform: "taobao",
	status: "ACTIVE",
	pull: { orders: { enabled: true, everySec: 3_600, backHours: 1 } },
};
const rules = {
	name: "changed",
	way: "numbered",
	stampless: false,
	windowMs: 30 * 60_000,
	lagMs: 0,
	overlapMs: 60_000,
	pageSize: 50,
	historyMs: 90 * 86_400_000,
	mostRows: 10_000,
	rereadOpenMs: null,
};
const shopService: ServiceSchema = {
	name: "shop",
	actions: { get: (ctx: Context<{ id: string }>) => ({ ...shop, _id: ctx.params.id }), all: () => ({ items: [] }) },
};
const changedAt = new Date(Math.floor(Date.now() / 1_000) * 1_000 - 60_000);

/** A platform whose orders all changed in one second; those named `bad…` it never answers for in a readable way. */
const platformOf = (orderNos: string[]): ServiceSchema => ({
	name: "platform.taobao",
	actions: {
		"orders.lists": () => ({ lists: [rules], now: new Date() }),
		"orders.count": ({ params: { from, to } }: Context<{ from: Date; to: Date }>) => ({
			total: from <= changedAt && changedAt <= to ? orderNos.length : 0,
			at: new Date(),
		}),
		"orders.pull": () => ({
			rows: orderNos.map((id) => ({ id, modifiedAt: changedAt, kept: false })),
			next: null,
			at: new Date(),
		}),
		"orders.get"({ params: { shopId, id } }: Context<{ shopId: string; id: string }>) {
			if (id.startsWith("bad")) throw hubError("PLATFORM_BAD_RESPONSE", "no trade");
			const document = platformOrder({ shopId, orderNo: id, modifiedAt: changedAt });
			return { document, fetchedAt: new Date() };
		},
	},
});

describe("a window in which some orders can never be read", () => {
	let broker: ServiceBroker;
	afterEach(() => broker.stop());

	it.each([
		[5, 25, "goes on without them after some tries, and they are parked"],
		[12, 3, "is held up when they are most of it: that is no matter of single orders"],
	])("(%i of them, %i others) %s", async (bad, good) => {
		const shopId = `s-${bad}`;
		const names = (name: string, count: number) => Array.from({ length: count }, (_, i) => `${name}-${i}`);
		broker = await startBroker(
			EventService,
			OrderService,
			SkuService,
			PullService,
			shopService,
			platformOf([...names("bad", bad), ...names("good", good)]),
		);
		for (let run = 0; run < 8; run += 1) await broker.call("pull.tick", { shopId });
		const parked = await broker.call<{ items: { ref: { shopId: string } }[] }, object>("event.parked", { limit: 200 });
		const goesOn = bad < good;
		expect(parked.items.filter(({ ref }) => ref.shopId === shopId)).toHaveLength(goesOn ? bad : 0);
		expect(await WindowModel.countDocuments({ shopId, state: "FAILED" })).toBe(goesOn ? 0 : 1);
		const cursor = await CursorModel.findOne({ shopId }).lean();
		expect((cursor?.at ?? 0) > changedAt).toBe(goesOn);
	});
});
