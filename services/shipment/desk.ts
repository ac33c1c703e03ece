/** What people see and do about shipments. */

import { hubError } from "../../config/errors.ts";
import { type Page, type PageQuery, pageByTime } from "../../mixins/paging.ts";
import { anyOf } from "../../mixins/terms.ts";
import type { ShopScope } from "../shop/scope.ts";
import type { ShopView } from "../shop/shop.ts";
import type { Hub } from "./ship.ts";
import { type Shipment, ShipmentModel, type ShipmentState, shipmentStates } from "./shipment.model.ts";

export interface ShipmentQuery extends PageQuery {
	state?: ShipmentState;
	platform?: string;
	shopId?: string;
	orderId?: string;
	q?: string; // order or tracking numbers, several at once
	deadlineBefore?: Date; // to be shipped before that, and not shipped yet: the list is in the order of deadlines
}

/** `turn`, `nextAt`: by which the hub takes turns at a parcel; nobody else needs them. */
export type ShipmentView = Omit<Shipment, "outbox" | "turn" | "nextAt">;

const hidden = { outbox: 0, turn: 0, nextAt: 0 } as const;

/** Newest first, or by deadline where that is asked for. @throws INVALID for a cursor that is none */
export function listShipments(query: ShipmentQuery, scope: ShopScope): Promise<Page<ShipmentView>> {
	const order = query.deadlineBefore ? { by: "shipDeadline", oldestFirst: true } : { by: "createdAt" };
	const sorting = { ...order, projection: hidden };
	return pageByTime<ShipmentView>(ShipmentModel, conditionsOf(query, scope), query, sorting);
}

const toShip = shipmentStates.filter((state) => state !== "SHIPPED");

function conditionsOf(query: ShipmentQuery, scope: ShopScope): object[] {
	const { q, deadlineBefore, limit: _, cursor: __, ...equal } = query;
	const conditions: object[] = [equal];
	if (scope !== "*") conditions.push({ shopId: { $in: scope } });
	if (q) conditions.push(anyOf(q, ["orderNo", "trackingNo"]));
	if (deadlineBefore) conditions.push({ shipDeadline: { $lt: deadlineBefore } });
	if (deadlineBefore && !query.state) conditions.push({ state: { $in: toShip } });
	return conditions;
}

/** @throws NOT_FOUND, for a shipment of a shop out of reach too */
export async function viewShipment(id: string, scope: ShopScope): Promise<ShipmentView> {
	const shipment = await ShipmentModel.findById(id, hidden).lean<ShipmentView>();
	if (!shipment || (scope !== "*" && !scope.includes(shipment.shopId))) {
		throw hubError("NOT_FOUND", `shipment ${id}`, { id });
	}
	return shipment;
}

/** What makes a shipment be told to its platform now. */
const letGo = (by: string) => ({
	$set: { state: "PENDING" as const, nextAt: new Date(), tries: 0, by },
	$unset: { waitsSince: 1 as const },
	$inc: { turn: 1 },
});

/** Lets a waiting parcel go. Safe to repeat: one that was let go already stays as it is. @returns whether it waited */
export async function sendShipment(id: string, by: string): Promise<boolean> {
	return (await ShipmentModel.updateOne({ _id: id, state: "WAITING" }, letGo(by))).matchedCount > 0;
}

/** Parcels that wait for the flow of a shop that wants none any more go by themselves. @returns whether there were any */
export async function sendUnattended(hub: Hub): Promise<boolean> {
	const shopIds = await ShipmentModel.distinct("shopId", { state: "WAITING" });
	let sent = false;
	for (const shopId of shopIds) {
		const { shipMode } = await hub.call<ShopView>("shop.get", { id: shopId });
		if (shipMode === "FLOW") continue;
		const { matchedCount } = await ShipmentModel.updateMany({ shopId, state: "WAITING" }, letGo("rule:ship-mode"));
		sent ||= matchedCount > 0;
	}
	return sent;
}

/** Tells the platform again, or now instead of later. @throws CONFLICT when it is told already or being told */
export async function retryShipment(id: string, by: string): Promise<void> {
	const { matchedCount } = await ShipmentModel.updateOne(
		{ _id: id, aftersale: null, state: { $in: ["WAITING", "PENDING", "FAILED", "HELD"] } },
		letGo(by),
	);
	if (!matchedCount) throw hubError("CONFLICT", "the parcel is told to the platform already, or just now", { id });
}

/** The order was let go: its parcels go on, those too that the platform refused for what held it. */
export async function resume(orderId: string): Promise<void> {
	await ShipmentModel.updateMany(
		{ orderId, aftersale: null, state: { $in: ["HELD", "FAILED"] } },
		{ $set: { state: "PENDING", nextAt: new Date() }, $inc: { turn: 1 } },
	);
}

/** How long a parcel may wait for a flow. */
export interface Patience {
	since: Date;
	deadlineBefore: Date;
}

const mostWaiting = 200;

/** Those WAITING since before `since`, or with their order's deadline before `deadlineBefore`. */
export function waitingTooLong({ since, deadlineBefore }: Patience): Promise<ShipmentView[]> {
	const tooLong = [{ waitsSince: { $lt: since } }, { shipDeadline: { $lt: deadlineBefore } }];
	return ShipmentModel.find({ state: "WAITING", $or: tooLong }, hidden)
		.sort({ waitsSince: 1 })
		.limit(mostWaiting)
		.lean<ShipmentView[]>();
}
