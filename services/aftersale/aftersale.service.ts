import type { Service, ServiceSchema } from "moleculer";
import { actorOf, type HubContext } from "../../mixins/actor.ts";
import { ownsModels } from "../../mixins/database.ts";
import { nudge, outbox } from "../../mixins/outbox.ts";
import { pageParams } from "../../mixins/paging.ts";
import { scopeOf } from "../shop/scope.ts";
import { AftersaleModel } from "./aftersale.model.ts";
import { aftersaleStatuses, aftersaleTypes, type PlatformAftersale } from "./aftersale.ts";
import { type AftersaleQuery, getAftersale, listAftersales } from "./list.ts";
import { platformAftersaleParams } from "./params.ts";
import { saveAftersale } from "./save.ts";

const day = { type: "date", convert: true, optional: true };

/** aftersale: the only writer of the aftersales collection. */
const AftersaleService: ServiceSchema = {
	name: "aftersale",
	mixins: [
		outbox(AftersaleModel),
		ownsModels(AftersaleModel), // starts first and stops last
	],
	actions: {
		/**
		 * Stores one platform after-sale. Safe to repeat, in any order and from several processes.
		 *
		 * Params: a PlatformAftersale. Returns {id, result}: "stale" when a newer version is stored already.
		 */
		save: {
			visibility: "public", // by the pull, never by the gateway
			params: platformAftersaleParams,
			async handler(this: Service, ctx: HubContext<PlatformAftersale>) {
				const saved = await saveAftersale(ctx.params, { by: actorOf(ctx), traceId: ctx.requestID ?? "" });
				if (saved.result === "created" || saved.result === "updated") nudge(this);
				return saved;
			},
		},
		get: {
			params: { $$strict: true, id: "string|min:3|max:200" },
			handler: (ctx: HubContext<{ id: string }>) => getAftersale(ctx.params.id, scopeOf(ctx)),
		},
		list: {
			params: {
				$$strict: true,
				status: { type: "enum", values: [...aftersaleStatuses], optional: true },
				type: { type: "enum", values: [...aftersaleTypes], optional: true },
				platform: "string|max:30|optional",
				shopId: "string|max:100|optional",
				orderId: "string|max:200|optional",
				q: "string|max:20000|optional",
				from: day,
				to: day,
				...pageParams,
			},
			handler: (ctx: HubContext<AftersaleQuery>) => listAftersales(ctx.params, scopeOf(ctx)),
		},
	},
};

export default AftersaleService;
