/** A packer scans a label: what is in the parcel, and that it leaves. */
import { hubError } from "../../config/errors.ts";
import type { ErpLine, Order } from "../order/order.ts";
import type { ShopScope } from "../shop/scope.ts";
import type { Hub } from "./account.ts";
import { view, type WaybillView } from "./desk.ts";
import { goodsOf } from "./pick-list.ts";
import { mayLeave } from "./take.ts";
import { type StoredWaybill, WaybillModel } from "./waybill.model.ts";

interface KnownShipment {
	_id: string;
	trackingNo: string;
	state: string;
}

/** What a packer sees. */
export interface Scanned {
	waybill: WaybillView;
	order: Pick<Order, "orderNo" | "status" | "shipDeadline" | "holds" | "memo"> & { id: string };
	lines: Pick<ErpLine, "erpSku" | "outerSku" | "title" | "spec" | "imageUrl" | "quantity">[]; // what is still to leave
	shipment: { id: string; state: string } | null; // null: its platform is not told of the parcel
	already: boolean; // it was told, or taken to be told, before this scan
}

/**
 * With `ship` the parcel is taken to be told to its platform; scanning it again changes nothing and says so.
 * @throws NOT_FOUND for a number of no waybill in reach; CONFLICT for one that was given back; with `ship` ORDER_HELD,
 * ORDER_NOT_READY and what shipment.accept throws
 */
export async function scan(
	hub: Hub,
	{ trackingNo, ship }: { trackingNo: string; ship: boolean },
	scope: ShopScope,
): Promise<Scanned> {
	const waybill = await waybillOf(trackingNo, scope);
	const { orderId, carrier } = waybill;
	const order = await hub.call<Order>("order.get", { id: orderId });
	const known = await shipmentOf(hub, waybill);
	const already = known !== null && known.state !== "FAILED";
	let shipment = known;
	if (ship && !already) {
		mayLeave(order);
		if (order.status !== "WAIT_SHIP" && order.status !== "PART_SHIPPED")
			throw hubError("ORDER_NOT_READY", order.status);
		const parcels = [{ carrier, trackingNo }];
		const accepted = await hub.call<{ shipments: { id: string; state: string }[] }>("shipment.accept", {
			orderId,
			parcels,
		});
		shipment = accepted.shipments[0] ?? null;
	}
	const { orderNo, status, shipDeadline, holds, memo } = order;
	return {
		waybill: view(waybill),
		order: { id: orderId, orderNo, status, shipDeadline, holds, memo },
		lines: goodsOf(order).map(({ erpSku, outerSku, title, spec, imageUrl, quantity }) => {
			return { erpSku, outerSku, title, spec, imageUrl, quantity };
		}),
		shipment,
		already,
	};
}

/** The waybill that holds the number now; one that gave it back is on a label that must come off. */
async function waybillOf(trackingNo: string, scope: ShopScope): Promise<StoredWaybill> {
	const reach = scope === "*" ? {} : { shopId: { $in: scope } };
	const found = await WaybillModel.find({ trackingNo, ...reach }).lean<StoredWaybill[]>();
	const held = found.find(({ state }) => state === "TAKEN" || state === "PRINTED");
	if (held) return held;
	if (found.length === 0) throw hubError("NOT_FOUND", "no waybill has this number", { trackingNo });
	throw hubError("CONFLICT", "the number was given back: take the label off", { trackingNo });
}

async function shipmentOf(
	hub: Hub,
	{ orderId, trackingNo }: StoredWaybill,
): Promise<{ id: string; state: string } | null> {
	const { items } = await hub.call<{ items: KnownShipment[] }>("shipment.list", { orderId, q: trackingNo });
	const known = items.find((each) => each.trackingNo === trackingNo);
	return known ? { id: known._id, state: known.state } : null;
}
