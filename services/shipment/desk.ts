/** What people see and do about shipments. */

import { hubError } from "../../config/errors.ts";
import { type Page, type PageQuery, pageByTime } from "../../mixins/paging.ts";
import type { ShopScope } from "../shop/scope.ts";
import { type Shipment, ShipmentModel, type ShipmentState } from "./shipment.model.ts";

export interface ShipmentQuery extends PageQuery {
	state?: ShipmentState;
	platform?: string;
	shopId?: string;
	orderId?: string;
}

export type ShipmentView = Omit<Shipment, "outbox">;

/** Newest first. @throws INVALID for a cursor that is none */
export function listShipments(
	{ limit, cursor, ...wanted }: ShipmentQuery,
	scope: ShopScope,
): Promise<Page<ShipmentView>> {
	const conditions = [wanted, ...(scope === "*" ? [] : [{ shopId: { $in: scope } }])];
	return pageByTime<ShipmentView>(
		ShipmentModel,
		conditions,
		{ limit, cursor },
		{ by: "createdAt", projection: { outbox: 0 } },
	);
}

/** @throws NOT_FOUND, for a shipment of a shop out of reach too */
export async function viewShipment(id: string, scope: ShopScope): Promise<ShipmentView> {
	const shipment = await ShipmentModel.findById(id, { outbox: 0 }).lean<ShipmentView>();
	if (!shipment || (scope !== "*" && !scope.includes(shipment.shopId))) {
		throw hubError("NOT_FOUND", `shipment ${id}`, { id });
	}
	return shipment;
}

/** Tells the platform again, or now instead of later. @throws CONFLICT when it is told already or being told */
export async function retryShipment(id: string, by: string): Promise<void> {
	const { matchedCount } = await ShipmentModel.updateOne(
		{ _id: id, state: { $in: ["PENDING", "FAILED", "HELD"] } },
		{ $set: { state: "PENDING", nextAt: new Date(), tries: 0, by }, $inc: { turn: 1 } },
	);
	if (!matchedCount) throw hubError("CONFLICT", "the parcel is told to the platform already, or just now", { id });
}

/** The order was let go: its parcels go on. */
export async function resumeHeld(orderId: string): Promise<void> {
	await ShipmentModel.updateMany(
		{ orderId, state: "HELD" },
		{ $set: { state: "PENDING", nextAt: new Date() }, $inc: { turn: 1 } },
	);
}
