/** What is in a tab of the after-sale centre, and how many. Each condition has an index: see aftersale.model.ts. */
import type { ShopScope } from "../shop/scope.ts";
import { AftersaleModel } from "./aftersale.model.ts";
import { type Tab, tabRows, tabs } from "./tabs.ts";

export function tabConditions(tab: Tab, now: Date): object[] {
	const { statuses, erpStates, decisionStates, dueWithinMs } = tabRows[tab];
	const conditions: object[] = [];
	if (statuses.length) conditions.push({ status: isOneOf(statuses) });
	if (erpStates) conditions.push({ "erp.state": isOneOf(erpStates) });
	if (decisionStates) conditions.push({ "decision.state": isOneOf(decisionStates) });
	if (dueWithinMs) conditions.push({ deadline: { $lt: new Date(now.getTime() + dueWithinMs) } });
	return conditions;
}

/** A list of one would not be read in an index's order. */
const isOneOf = (values: readonly string[]): unknown => (values.length === 1 ? values[0] : { $in: values });

export async function countTabs(shops: ShopScope, now: Date): Promise<Record<Tab, number>> {
	const inReach = shops === "*" ? [] : [{ shopId: isOneOf(shops) }];
	const counts = tabs.map(async (tab) => {
		const all = [...tabConditions(tab, now), ...inReach];
		return [tab, await AftersaleModel.countDocuments(all.length ? { $and: all } : {})] as const;
	});
	return Object.fromEntries(await Promise.all(counts)) as Record<Tab, number>;
}
