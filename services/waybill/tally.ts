import { kept } from "../../mixins/kept.ts";
import type { ShopScope } from "../shop/scope.ts";
import { WaybillModel, type WaybillState, waybillStates } from "./waybill.model.ts";

export interface WaybillTally {
	counts: Record<WaybillState, number>;
	at: Date;
}

/** Pages ask again and again. */
const keptMs = 2_000;
const tallies = kept<WaybillTally>(keptMs);

/** How many numbers are in each state, now or two seconds ago; each a count of one index's entries. */
export const tallyWaybills = (shopId: string | undefined, scope: ShopScope): Promise<WaybillTally> =>
	tallies(JSON.stringify([shopId, scope]), async () => {
		const at = new Date();
		const conditions: object[] = shopId === undefined ? [] : [{ shopId }];
		if (scope !== "*") conditions.push({ shopId: { $in: scope } });
		const count = (state: WaybillState) => WaybillModel.countDocuments({ $and: [...conditions, { state }] });
		const counted = await Promise.all(waybillStates.map(async (state) => [state, await count(state)] as const));
		return { counts: Object.fromEntries(counted) as WaybillTally["counts"], at };
	});
