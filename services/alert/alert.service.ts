import type { Service, ServiceSchema } from "moleculer";
import type { HubContext } from "../../mixins/actor.ts";
import { ownsModels } from "../../mixins/database.ts";
import { every } from "../../mixins/every.ts";
import { nudge, outbox } from "../../mixins/outbox.ts";
import { type Page, type PageQuery, pageByTime, pageParams } from "../../mixins/paging.ts";
import { scopeOf } from "../shop/scope.ts";
import { type Alert, type AlertKind, AlertModel, alertKinds } from "./alert.model.ts";
import { reconcile } from "./reconcile.ts";
import { sources } from "./troubles.ts";

interface AlertQuery extends PageQuery {
	state?: Alert["state"];
	kind?: AlertKind;
	shopId?: string;
}

const lookEveryMs = 5_000;

/**
 * alert: what a person should know of. Alerts follow from the state of things and are worked out anew every few
 * seconds, so none is lost and none outlives its cause.
 */
const AlertService: ServiceSchema = {
	name: "alert",
	mixins: [
		outbox(AlertModel),
		every(lookEveryMs, look),
		ownsModels(AlertModel), // starts first and stops last
	],
	actions: {
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
