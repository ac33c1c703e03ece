import type { ServiceSchema } from "moleculer";
import type { HubContext } from "../../mixins/actor.ts";
import { scopeOf } from "../shop/scope.ts";
import { ordersByDeadline, ordersByHour, ordersByPlatform, type Stretch, workCounts } from "./report.ts";

const date = { type: "date", convert: true } as const;
const stretch = { $$strict: true, from: date, to: date } as const;
const now = { $$strict: true };
const slow = 30_000; // an embedded store reads some 20,000 orders a second, less while others ask too

/** Orders in numbers, within the caller's shops. For the report service, which keeps what it is told for a while. */
export const reportActions: NonNullable<ServiceSchema["actions"]> = {
	/** HourOrders[] */
	byHour: {
		visibility: "public",
		timeout: slow,
		params: stretch,
		handler: (ctx: HubContext<Stretch>) => ordersByHour(ctx.params, scopeOf(ctx)),
	},
	/** PlatformOrders[]; platforms without any are left out. */
	byPlatform: {
		visibility: "public",
		timeout: slow,
		params: stretch,
		handler: (ctx: HubContext<Stretch>) => ordersByPlatform(ctx.params, scopeOf(ctx)),
	},
	/** ShopDeadlines[] */
	byDeadline: {
		visibility: "public",
		timeout: slow,
		params: now,
		handler: (ctx: HubContext<object>) => ordersByDeadline(new Date(), scopeOf(ctx)),
	},
	/** WorkCounts */
	work: {
		visibility: "public",
		params: now,
		handler: (ctx: HubContext<object>) => workCounts(new Date(), scopeOf(ctx)),
	},
};
