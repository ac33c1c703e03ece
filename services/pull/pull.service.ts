import type { Service, ServiceSchema } from "moleculer";
import { hubError } from "../../config/errors.ts";
import { actorOf, type HubContext } from "../../mixins/actor.ts";
import { consumer } from "../../mixins/consumer.ts";
import { ownsModels } from "../../mixins/database.ts";
import type { HubEvent } from "../../mixins/event.ts";
import { pageParams } from "../../mixins/paging.ts";
import type { ShopView } from "../shop/shop.ts";
import type { PullKey } from "./cursor.ts";
import { pullFigures } from "./figures.ts";
import { pullKinds } from "./kinds.ts";
import { askWindows, type LedgerQuery, listWindows } from "./ledger.ts";
import { windowsOf } from "./plan.ts";
import { CursorModel, ReadingModel, WindowModel, windowStates } from "./pull.model.ts";
import { PullRunner } from "./runner.ts";
import { listsOf } from "./source.ts";
import { countGaps, type Strip, strips } from "./strip.ts";
import { settle, takeOne } from "./take.ts";
import { type PullTrouble, pullTroubles } from "./troubles.ts";

const shopId = "string|min:1|max:60";
const kind = { type: "enum", values: [...pullKinds], default: "orders" } as const;
const date = { type: "date", convert: true } as const;
const settleMs = 2_500;
const maxAskedWindows = 5_000;
/** The first pull of a shop may have days to catch up with. */
const runTimeout = 600_000;

interface AskedPull extends PullKey {
	from: Date;
	to?: Date;
}

const runners = new WeakMap<Service, PullRunner>();
const runnerOf = (service: Service): PullRunner => {
	const runner = runners.get(service);
	if (!runner) throw hubError("SERVICE_UNAVAILABLE", "the pull has not started");
	return runner;
};

/** pull: keeps the hub's copy of what is on the platforms complete, and the ledger that proves it. */
const PullService: ServiceSchema = {
	name: "pull",
	dependencies: ["shop", "order", "event"],
	mixins: [
		consumer({ name: "pull-replays", subjects: ["hub.pull.replayed"], handle: takeAgain }),
		ownsModels(CursorModel, WindowModel, ReadingModel), // starts first and stops last
	],
	actions: {
		/** One run for one shop, now; waits for its end. Returns a RunResult; state "busy" when one is under way. */
		tick: {
			visibility: "public",
			timeout: runTimeout,
			params: { $$strict: true, shopId, kind },
			handler(this: Service, ctx: HubContext<PullKey>) {
				return runnerOf(this).run(ctx.params);
			},
		},
		/** Something happened on the platform, to `id` if that is known: it is read at once. Returns at once. */
		hint: {
			visibility: "public",
			params: { $$strict: true, shopId, kind, id: "string|min:1|max:100|optional" },
			async handler(this: Service, ctx: HubContext<PullKey & { id?: string }>) {
				const { id, ...key } = ctx.params;
				if (id) return runnerOf(this).take(key, id);
				runnerOf(this).wake(key);
				// Once more when the second it happened in is over: the platform's clock is known to a second only.
				setTimeout(() => runners.get(this)?.wake(key), settleMs).unref();
			},
		},
		/**
		 * Reads a range again, all of it, known or not. Returns the ids of its windows, whose progress is in `windows`.
		 * Without `to`: until now.
		 */
		run: {
			params: { $$strict: true, shopId, kind, from: date, to: { ...date, optional: true } },
			async handler(this: Service, ctx: HubContext<AskedPull>) {
				const windows = await askForRange(ctx);
				runnerOf(this).wake({ shopId: ctx.params.shopId, kind: ctx.params.kind });
				return { windows };
			},
		},
		/** Figure[]: how far the lists are read, and what is not. */
		figures: { visibility: "public", params: { $$strict: true }, handler: () => pullFigures(new Date()) },
		/** The ledger of one shop, newest first. */
		windows: {
			params: {
				$$strict: true,
				shopId,
				kind: { type: "enum", values: [...pullKinds], optional: true },
				state: { type: "enum", values: [...windowStates], optional: true },
				...pageParams,
			},
			async handler(ctx: HubContext<LedgerQuery>) {
				await ctx.call("shop.get", { id: ctx.params.shopId }); // refuses a shop that is not the caller's
				return listWindows(ctx.params);
			},
		},
		/** Strip[]: what of the last hours was read, and how far each list is. */
		strips: {
			visibility: "public", // by the report service, which knows whose shops they are
			timeout: 30_000,
			params: { $$strict: true, shopIds: { type: "array", items: shopId }, hours: "number|integer|min:1|max:72" },
			handler: (ctx: HubContext<{ shopIds: string[]; hours: number }>): Promise<Strip[]> =>
				strips(ctx.params.shopIds, ctx.params.hours, new Date()),
		},
		/** How many stretches of time of these shops were not read: {gaps}. */
		gaps: {
			visibility: "public",
			params: { $$strict: true, shopIds: { type: "array", items: shopId } },
			handler: async (ctx: HubContext<{ shopIds: string[] }>) => ({ gaps: await countGaps(ctx.params.shopIds) }),
		},
		/** What keeps the hub's copy from being whole, for the alerts. */
		troubles: {
			visibility: "public",
			params: { $$strict: true },
			handler: (): Promise<PullTrouble[]> => pullTroubles(new Date()),
		},
	},
	events: {
		"aftersale.saved": { handler: readOrderSoon },
		"shipment.refused": { handler: readOrderSoon }, // the platform knows something of it that we do not
		"shop.changed": {
			async handler(this: Service) {
				await runners.get(this)?.plan();
			},
		},
	},
	async started() {
		const runner = new PullRunner(this);
		runners.set(this, runner);
		await runner.start();
	},
	async stopped() {
		await runners.get(this)?.stop();
	},
};

async function readOrderSoon(this: Service, ctx: HubContext<{ shopId: string; orderNo: string }>): Promise<void> {
	const { shopId, orderNo } = ctx.params;
	// Not in the same second: a reading of it could not tell whether it was made before or after.
	setTimeout(() => runners.get(this)?.take({ shopId, kind: "orders" }, orderNo), settleMs).unref();
}

/** @throws NOT_FOUND, INVALID for a range that ends before it starts, or that the platform does not answer for */
async function askForRange(ctx: HubContext<AskedPull>): Promise<string[]> {
	const { shopId, kind, from } = ctx.params;
	const shop = await ctx.call<ShopView, { id: string }>("shop.get", { id: shopId });
	const { lists, now } = await listsOf(ctx.broker, shop.platform, shopId, kind);
	const refuse = (field: string, why: string): Error => hubError("INVALID", `${field} ${why}`, { field });
	const asked = lists.map((rules) => {
		const to = new Date(Math.min((ctx.params.to ?? now).getTime(), now.getTime() - rules.lagMs));
		if (from >= to) throw refuse("from", "must be before `to`, and before now");
		if (from.getTime() < now.getTime() - rules.historyMs) throw refuse("from", "is longer ago than the platform keeps");
		const windows = windowsOf({ from, to }, rules);
		if (windows.length > maxAskedWindows) throw refuse("from", "makes too long a range");
		return { key: { shopId, kind, list: rules.name }, windows };
	});
	const ids = await Promise.all(asked.map(({ key, windows }) => askWindows(key, windows, actorOf(ctx))));
	return ids.flat();
}

/** A parked record that a person sent back: read again now. @throws what stands against it, to be tried again */
async function takeAgain({ broker }: Service, event: HubEvent): Promise<void> {
	const { shopId, id, kind } = event.body as unknown as PullKey & { id: string };
	const { platform } = await broker.call<ShopView, { id: string }>("shop.get", { id: shopId });
	const puller = { broker, platform, shopId, kind };
	await settle(puller, [await takeOne(puller, { id, kept: false }, new Date())]);
}

export default PullService;
