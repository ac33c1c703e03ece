import { hubError } from "../../config/errors.ts";
import { type Page, type PageQuery, pageByTime } from "../../mixins/paging.ts";
import { anyOf } from "../../mixins/terms.ts";
import type { ShopScope } from "../shop/scope.ts";
import { type Aftersale, AftersaleModel } from "./aftersale.model.ts";
import { type AftersaleStatus, type AftersaleType, aftersaleStatuses } from "./aftersale.ts";
import { type DecisionState, decisionStates } from "./decision.ts";
import type { AftersaleErpState } from "./hub-part.ts";
import { countTabs, tabConditions } from "./tab-conditions.ts";
import { type Tab, tabRows } from "./tabs.ts";
import { type AftersaleView, hidden, viewOf } from "./view.ts";

export interface AftersaleQuery extends PageQuery {
	tab?: Tab;
	status?: AftersaleStatus;
	type?: AftersaleType;
	platform?: string;
	shopId?: string;
	orderId?: string;
	decisionState?: DecisionState;
	erpState?: AftersaleErpState;
	deadlineBefore?: Date; // somebody must act before that; the soonest comes first
	q?: string; // after-sale, order or return tracking numbers, several at once
	from?: Date; // applied in [from, to)
	to?: Date;
}

/** Newest application first, or by deadline where that is asked for. */
export async function listAftersales(query: AftersaleQuery, scope: ShopScope): Promise<Page<AftersaleView>> {
	const byDeadline = query.deadlineBefore || (query.tab && tabRows[query.tab].dueWithinMs);
	const order = byDeadline ? { by: "deadline", oldestFirst: true } : { by: "appliedAt" };
	const sorting = { ...order, projection: hidden };
	const page = await pageByTime<Aftersale>(AftersaleModel, conditionsOf(query, scope), query, sorting);
	return { ...page, items: page.items.map(viewOf) };
}

function conditionsOf(query: AftersaleQuery, scope: ShopScope): object[] {
	const { tab, from, to, q, decisionState, erpState, deadlineBefore, limit: _, cursor: __, ...equal } = query;
	const conditions: object[] = Object.entries(equal).map(([field, value]) => ({ [field]: value }));
	if (tab) conditions.push(...tabConditions(tab, new Date()));
	if (scope !== "*") conditions.push({ shopId: { $in: scope } });
	if (decisionState) conditions.push({ "decision.state": decisionState });
	if (erpState) conditions.push({ "erp.state": erpState });
	if (deadlineBefore) conditions.push({ deadline: { $lt: deadlineBefore } });
	if (from) conditions.push({ appliedAt: { $gte: from } });
	if (to) conditions.push({ appliedAt: { $lt: to } });
	if (q) conditions.push(anyOf(q, ["aftersaleNo", "orderNo", "returnParcel.trackingNo"]));
	return conditions;
}

/** @throws NOT_FOUND, for after-sales outside the caller's shops too */
export async function getAftersale(id: string, scope: ShopScope): Promise<AftersaleView> {
	const aftersale = await AftersaleModel.findById(id, hidden).lean<Aftersale>();
	if (!aftersale || (scope !== "*" && !scope.includes(aftersale.shopId))) {
		throw hubError("NOT_FOUND", "no such after-sale", { id });
	}
	return viewOf(aftersale);
}

export interface AftersaleSummary {
	byTab: Record<Tab, number>;
	byStatus: Record<AftersaleStatus, number>;
	byDecision: Record<DecisionState, number>; // of the last decision of each
	overdue: number; // somebody should have acted
	dueSoon: number; // somebody must within a day
}

const soonMs = 24 * 3_600_000;

/** Counts for the dashboard. Each is one indexed count. */
export async function summariseAftersales(scope: ShopScope, now: Date): Promise<AftersaleSummary> {
	const shops = scope === "*" ? {} : { shopId: { $in: scope } };
	const count = (filter: object): Promise<number> => AftersaleModel.countDocuments({ ...filter, ...shops });
	const tally = async <K extends string>(keys: readonly K[], field: string): Promise<Record<K, number>> => {
		const counts = await Promise.all(keys.map(async (key) => [key, await count({ [field]: key })] as const));
		return Object.fromEntries(counts) as Record<K, number>;
	};
	const soon = new Date(now.getTime() + soonMs);
	return {
		byTab: await countTabs(scope, now),
		byStatus: await tally(aftersaleStatuses, "status"),
		byDecision: await tally(decisionStates, "decision.state"),
		overdue: await count({ deadline: { $lt: now } }),
		dueSoon: await count({ deadline: { $gte: now, $lt: soon } }),
	};
}
