import type { ServiceSchema } from "moleculer";
import { carrierCodes } from "../../config/carriers.ts";
import type { HubContext } from "../../mixins/actor.ts";
import { type ClaimedOrder, claimed, claimedOrder } from "../platform/claimed.ts";
import { manualPlatform } from "./manual.ts";

const internal = { visibility: "public" } as const;
const shopId = "string|min:1|max:60";
const orderNo = "string|min:1|max:100";

interface ShipCall {
	requestId: string;
	order?: ClaimedOrder;
}

/**
 * platform.manual: what shipping asks of a platform, for orders that have none. A parcel is told to nobody, so it is
 * shipped when the order lets it: the claim is the whole of the call.
 */
const ManualPlatformService: ServiceSchema = {
	name: `platform.${manualPlatform}`,
	actions: {
		can: {
			...internal,
			params: { $$strict: true },
			handler: () => ({ parts: "quantities", manyParcels: true, carriers: carrierCodes }),
		},
		/** @throws ORDER_HELD, ORDER_NOT_READY, CONFLICT while another parcel is being told of */
		ship: {
			...internal,
			params: {
				$$strict: true,
				shopId,
				orderNo,
				carrier: "string",
				trackingNo: "string",
				lines: "array",
				further: "boolean",
				requestId: "string|min:1|max:300",
				order: claimedOrder,
			},
			handler: (ctx: HubContext<ShipCall>): Promise<void> =>
				claimed(ctx, ctx.params.order, ctx.params.requestId, () => Promise.resolve()),
		},
		/** Nothing is known of a parcel but what the hub itself knows. */
		shipped: { ...internal, params: { $$strict: true, shopId, orderNo }, handler: () => [] },
	},
};

export default ManualPlatformService;
