/** One action on many orders. */
import type { Service } from "moleculer";
import { hubError } from "../../config/errors.ts";
import type { HubContext } from "../../mixins/actor.ts";
import { nudge } from "../../mixins/outbox.ts";
import { eachRow, type RowResults } from "../../mixins/rows.ts";
import { type ShopScope, scopeOf } from "../shop/scope.ts";
import { closeOrder } from "./close.ts";
import { auditOrder, holdOrder, isHandReason, releaseOrder, repushOrder } from "./decisions.ts";
import { causeOf, skusBy } from "./desk.ts";
import type { Cause } from "./events.ts";
import { getOrder } from "./list.ts";
import { OrderModel } from "./order.model.ts";
import type { HoldReason, MemoFlag } from "./order.ts";
import { verifyOrder } from "./push-of.ts";
import { rematchOrder } from "./rematch.ts";
import { tagOrder, untagOrder } from "./tags.ts";

export const bulkMost = 1_000;
const atOnce = 16;

/** What a bulk call may carry beside `action` and `ids`. */
export interface BulkParams {
	reason?: HoldReason;
	note?: string;
	text?: string;
	flag?: MemoFlag;
	tags?: string[];
	/** For `ship`: the parcel of each order, in the order of `ids`. */
	parcels?: { carrier: string; trackingNo: string }[];
}

type Field = keyof BulkParams;

/** One order of a bulk call. */
interface Row {
	id: string;
	at: number; // its place in `ids`
	params: BulkParams;
	cause: Cause;
	ctx: HubContext<unknown>;
}

interface Rule {
	takes: readonly Field[]; // of the call's parameters
	needs?: Field;
	/** Does it to one order, which is in the caller's reach. */
	act(row: Row): Promise<unknown>;
}

const rules = {
	hold: {
		takes: ["reason", "note"],
		act: ({ id, params: { reason = "MANUAL" }, cause }) => holdOrder(id, reason, cause),
	},
	release: {
		takes: ["reason", "note"],
		act: ({ id, params: { reason = "MANUAL" }, cause }) => releaseOrder(id, reason, cause),
	},
	remark: {
		takes: ["text", "flag"],
		needs: "text",
		act: ({ ctx, id, params: { text, flag } }) => ctx.call("order.remark", { id, text, ...(flag && { flag }) }),
	},
	/** The colour alone; the note stays. */
	flag: {
		takes: ["flag"],
		needs: "flag",
		act: async ({ ctx, id, params: { flag } }) => {
			const { memo } = await getOrder(id, "*");
			return ctx.call("order.remark", { id, text: memo.seller, flag });
		},
	},
	tag: { takes: ["tags"], needs: "tags", act: ({ id, params: { tags = [] }, cause }) => tagOrder(id, tags, cause) },
	untag: { takes: ["tags"], needs: "tags", act: ({ id, params: { tags = [] }, cause }) => untagOrder(id, tags, cause) },
	verify: { takes: [], act: ({ ctx, id }) => verifyOrder(ctx, id) },
	repush: { takes: [], act: ({ id, cause }) => repushOrder(id, cause) },
	rematch: { takes: [], act: ({ ctx, id, cause }) => rematchOrder(id, skusBy(ctx), cause) },
	audit: { takes: ["note"], act: ({ id, cause }) => auditOrder(id, cause) },
	close: { takes: ["note"], act: ({ id, cause }) => closeOrder(id, cause) },
	ship: {
		takes: ["parcels"],
		needs: "parcels",
		act: ({ ctx, id, at, params }) => ctx.call("shipment.accept", { orderId: id, parcels: [params.parcels?.[at]] }),
	},
} as const satisfies Record<string, Rule>;

export type BulkAction = keyof typeof rules;
export const bulkActions = Object.keys(rules) as BulkAction[];

export interface BulkCall extends BulkParams {
	action: BulkAction;
	ids: string[];
}

export interface BulkResult {
	id: string;
	ok: boolean;
	type?: string; // of config/errors.ts
	detail?: string;
}

/**
 * Does the action to every order, each by itself: what stands against one stops no other. Results are in the order of
 * `ids`. Repeating those that failed is harmless.
 * @throws INVALID when a parameter is not the action's, or one it needs is missing
 */
export async function bulk(service: Service, ctx: HubContext<BulkCall>): Promise<RowResults<BulkResult>> {
	const { action, ids, ...params } = ctx.params;
	const rule: Rule = rules[action];
	checkParams(action, rule, ctx.params);
	const inReach = await reachOf(ids, scopeOf(ctx));
	const cause = causeOf(ctx);
	const parts = {
		atOnce,
		known: (id: string) => ({ id }),
		unforeseen: (orderId: string, { message: reason }: Error) =>
			service.logger.error("bulk row failed", { action, orderId, reason }),
	};
	const done = await eachRow(ids, parts, async (id, at) => {
		if (!inReach(id)) throw hubError("NOT_FOUND", "no such order", { id });
		await rule.act({ id, at, params, cause, ctx });
		return {};
	});
	nudge(service);
	return done;
}

function checkParams(action: BulkAction, { takes, needs }: Rule, { ids, action: _, ...params }: BulkCall): void {
	const given = (Object.keys(params) as Field[]).filter((field) => params[field] !== undefined);
	const alien = given.find((field) => !takes.includes(field));
	if (alien) throw hubError("INVALID", `${action} takes no ${alien}`, { field: alien });
	if (needs && params[needs] === undefined) throw hubError("INVALID", `${action} needs ${needs}`, { field: needs });
	if (action === "hold" && params.reason && !isHandReason(params.reason)) {
		throw hubError("INVALID", `nobody holds for ${params.reason} by hand`, { field: "reason" });
	}
	if (params.parcels && params.parcels.length !== ids.length) {
		throw hubError("INVALID", `${ids.length} ids and ${params.parcels.length} parcels`, { field: "parcels" });
	}
}

/** Which of the orders the caller may act on, asked once for all. */
async function reachOf(ids: readonly string[], scope: ShopScope): Promise<(id: string) => boolean> {
	if (scope === "*") return () => true; // what is not there says so itself
	const found = await OrderModel.find({ _id: { $in: ids }, shopId: { $in: scope } }, { _id: 1 }).lean();
	const inReach = new Set(found.map(({ _id }) => _id));
	return (id) => inReach.has(id);
}
