import type { Service, ServiceSchema } from "moleculer";
import type { HubContext } from "../../mixins/actor.ts";
import { ownsModels } from "../../mixins/database.ts";
import { every } from "../../mixins/every.ts";
import { nudge, outbox } from "../../mixins/outbox.ts";
import { type Page, type PageQuery, pageByTime, pageParams } from "../../mixins/paging.ts";
import { reseals } from "../../mixins/reseal.ts";
import { scopeOf } from "../shop/scope.ts";
import { type Alert, type AlertKind, AlertModel, alertKinds, alertLevels } from "./alert.model.ts";
import { sealedChannels } from "./channel/channel.ts";
import { alertFigures } from "./figures.ts";
import { raiseOwn, reconcile, settleOwn } from "./reconcile.ts";
import { settleByHand } from "./settle-by-hand.ts";
import { sources } from "./troubles.ts";

interface Raising {
	key: string;
	level: Alert["level"];
	reason: string;
	ref: Record<string, string>;
}

interface AlertQuery extends PageQuery {
	state?: Alert["state"];
	kind?: AlertKind;
	shopId?: string;
}

const lookEveryMs = 5_000;
const key = "string|trim|min:1|max:200";
/** So that no flow's key is that of a derived alert. */
const ownKey = (told: string): string => `flow.raised:${told}`;

/**
 * alert: what a person should know of. Alerts follow from the state of things and are worked out anew every few
 * seconds, so none is lost and none outlives its cause. Those that flows raise stay until a flow or a person settles them.
 */
const AlertService: ServiceSchema = {
	name: "alert",
	mixins: [
		outbox(AlertModel),
		every(lookEveryMs, look),
		reseals(sealedChannels), // of its channels, which are part of it
		ownsModels(AlertModel), // starts first and stops last
	],
	actions: {
		/** Figure[]: open alerts. */
		figures: { visibility: "public", params: { $$strict: true }, handler: () => alertFigures() },
		/** Newest first. Alerts about no shop are for those who may see all of them. */
		list: {
			params: {
				$$strict: true,
				state: { type: "enum", values: ["OPEN", "CLOSED"], optional: true },
				kind: { type: "enum", values: [...alertKinds], optional: true },
				shopId: "string|max:100|optional",
				...pageParams,
			},
			handler(ctx: HubContext<AlertQuery>): Promise<Page<Alert>> {
				const { state, kind, shopId, ...page } = ctx.params;
				const scope = scopeOf(ctx);
				const conditions: object[] = [];
				if (state) conditions.push({ state });
				if (kind) conditions.push({ kind });
				if (shopId) conditions.push({ "ref.shopId": shopId });
				if (scope !== "*") conditions.push({ "ref.shopId": { $in: scope } });
				return pageByTime<Alert>(AlertModel, conditions, page, { by: "since", projection: { outbox: 0 } });
			},
		},
		/**
		 * Raises an alert of a flow. Safe to repeat: while the one of this key is open, it only gets the latest words.
		 * `ref`: what it is about (shopId, orderId, aftersaleId), by which it is shown to those who may see that shop.
		 * Neither key nor reason may name a person. Returns {id, news}: whether it was not open.
		 */
		raise: {
			visibility: "public", // by flows, never by the gateway
			params: {
				$$strict: true,
				key,
				level: { type: "enum", values: [...alertLevels] },
				reason: "string|max:500",
				ref: { type: "record", key: "string|max:40", value: "string|max:200", default: {} },
			},
			async handler(this: Service, ctx: HubContext<Raising>) {
				const { key, level, reason, ref } = ctx.params;
				const trouble = { key: ownKey(key), kind: "flow.raised" as const, level, reason, ref: { ...ref, key } };
				const news = await raiseOwn(trouble, new Date());
				if (news) nudge(this);
				return { id: trouble.key, news };
			},
		},
		/** The alert that a flow raised under this key is over. Returns {id, news}: whether it was open. */
		settle: {
			visibility: "public",
			params: { $$strict: true, key },
			async handler(this: Service, ctx: HubContext<{ key: string }>) {
				const id = ownKey(ctx.params.key);
				const news = await settleOwn(id, new Date());
				if (news) nudge(this);
				return { id, news };
			},
		},
		/**
		 * A person says that the alert of a flow is over, where no flow settles it any more. Audited. Returns the Alert.
		 * Throws NOT_FOUND, out of reach too; CONFLICT for one that is over, or that is worked out and goes with its cause.
		 */
		settleByHand: {
			params: { $$strict: true, id: "string|min:1|max:220" },
			async handler(this: Service, ctx: HubContext<{ id: string }>): Promise<Alert> {
				const settled = await settleByHand(ctx, ctx.params.id, scopeOf(ctx));
				nudge(this);
				return settled;
			},
		},
	},
};

/** A source that does not answer leaves its alerts as they are. */
async function look(service: Service): Promise<void> {
	const now = new Date();
	const results = await Promise.allSettled(
		sources.map(async ({ kinds, look }) => reconcile(kinds, await look(service.broker, now), now)),
	);
	if (results.some((result) => result.status === "fulfilled" && result.value)) nudge(service);
	const failed = results.find((result) => result.status === "rejected");
	if (failed) throw failed.reason;
}

export default AlertService;
