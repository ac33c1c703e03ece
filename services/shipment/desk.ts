/** What people see and do about shipments. */

import { hubError } from "../../config/errors.ts";
import { readCursor, writeCursor } from "../../mixins/paging.ts";
import type { ShopScope } from "../shop/scope.ts";
import { type Shipment, ShipmentModel, type ShipmentState } from "./shipment.model.ts";

export interface ShipmentQuery {
	state?: ShipmentState;
	platform?: string;
	shopId?: string;
	orderId?: string;
	limit: number;
	cursor?: string;
}

export type ShipmentView = Omit<Shipment, "outbox">;

/** Newest first. @throws INVALID for a cursor that is none */
export async function listShipments(
	{ limit, cursor, ...wanted }: ShipmentQuery,
	scope: ShopScope,
): Promise<{ items: ShipmentView[]; nextCursor: string | null }> {
	const conditions: Record<string, unknown>[] = [wanted];
	if (scope !== "*") conditions.push({ shopId: { $in: scope } });
	if (cursor) {
		const { at, id } = readCursor(cursor);
		conditions.push({ createdAt: { $lte: at } }, { $or: [{ createdAt: { $lt: at } }, { _id: { $lt: id } }] });
	}
	const items = await ShipmentModel.find({ $and: conditions }, { outbox: 0 })
		.sort({ createdAt: -1, _id: -1 })
		.limit(limit)
		.lean<ShipmentView[]>();
	const last = items.length === limit ? items.at(-1) : undefined;
	return { items, nextCursor: last ? writeCursor({ at: last.createdAt, id: last._id }) : null };
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
