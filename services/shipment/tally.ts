import { kept } from "../../mixins/kept.ts";
import type { ShopScope } from "../shop/scope.ts";
import { ShipmentModel, type ShipmentState, shipmentStates } from "./shipment.model.ts";

export interface ShipmentTally {
	counts: Record<ShipmentState, number>;
	at: Date;
}

/** Pages ask again and again. */
const keptMs = 2_000;
const tallies = kept<ShipmentTally>(keptMs);

/** How many parcels are in each state, now or two seconds ago; each a count of one index's entries. */
export const tallyShipments = (shopId: string | undefined, scope: ShopScope): Promise<ShipmentTally> =>
	tallies(JSON.stringify([shopId, scope]), async () => {
		const at = new Date();
		const conditions: object[] = shopId === undefined ? [] : [{ shopId }];
		if (scope !== "*") conditions.push({ shopId: { $in: scope } });
		const count = (state: ShipmentState) => ShipmentModel.countDocuments({ $and: [...conditions, { state }] });
		const counted = await Promise.all(shipmentStates.map(async (state) => [state, await count(state)] as const));
		return { counts: Object.fromEntries(counted) as ShipmentTally["counts"], at };
	});
