import { type Pending, pending } from "../../mixins/outbox.ts";
import type { StoredWaybill } from "./waybill.model.ts";

export type WaybillVerb = "taken" | "printed" | "recycled";

/** Who did it and under which trace. */
export interface Who {
	by: string;
	traceId: string;
}

/** `turn`: of the waybill after the write that the event goes along with. */
export function waybillEvent(
	verb: WaybillVerb,
	{ _id: waybillId, orderId, parcelNo, carrier, trackingNo }: StoredWaybill,
	turn: number,
	{ by, traceId }: Who,
): Pending {
	const body = { waybillId, orderId, parcelNo, carrier, trackingNo, by, version: turn };
	return pending(`hub.waybill.${verb}`, body, traceId, `waybill:${waybillId}:${verb}:${turn}`);
}
