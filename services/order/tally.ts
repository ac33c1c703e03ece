/** How many orders are in each tab of the order centre. */
import { kept } from "../../mixins/kept.ts";
import type { ShopScope } from "../shop/scope.ts";
import { conditionsOf, type TallyQuery } from "./filters.ts";
import { OrderModel } from "./order.model.ts";
import { type Stage, stages } from "./stage.ts";
import { type Tab, tabRows, tabs } from "./tabs.ts";

export interface Tally {
	counts: Record<Tab, number>;
	at: Date;
}

/** Pages ask again and again. */
const keptMs = 2_000;
const tallies = kept<Tally>(keptMs);

/** As it is, or was two seconds ago. */
export const tallyOf = (query: TallyQuery, scope: ShopScope): Promise<Tally> =>
	tallies(JSON.stringify([query, scope]), () => countTabs(query, scope));

/** An order is in one stage, so a tab has as many as its stages have; each is a count of one index's entries. */
async function countTabs(query: TallyQuery, scope: ShopScope): Promise<Tally> {
	const at = new Date();
	const conditions = conditionsOf(query, scope);
	const counted = await Promise.all(
		stages.map(async (stage) => [stage, await count([...conditions, { stage }])] as const),
	);
	const inStage = new Map<Stage, number>(counted);
	const countOf = (tab: Tab): number => {
		const { stages: of } = tabRows[tab];
		return (of.length ? of : stages).reduce((sum, stage) => sum + (inStage.get(stage) ?? 0), 0);
	};
	return { counts: Object.fromEntries(tabs.map((tab) => [tab, countOf(tab)])) as Tally["counts"], at };
}

const count = (conditions: object[]): Promise<number> => OrderModel.countDocuments({ $and: conditions });
