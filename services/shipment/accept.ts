import { hubError } from "../../config/errors.ts";
import { pending } from "../../mixins/outbox.ts";
import { traceOf } from "../../mixins/trace.ts";
import type { Order } from "../order/order.ts";
import type { ShipMode } from "../shop/shop.model.ts";
import type { ShopView } from "../shop/shop.ts";
import { type GivenParcel, type Parcel, readParcel } from "./parcel.ts";
import type { Hub } from "./ship.ts";
import { ofOrder, type Shipment, ShipmentModel, type ShipmentState, shipmentIdOf } from "./shipment.model.ts";

export interface Accepted {
	shipments: { id: string; state: ShipmentState }[];
}

/**
 * Takes the parcels of an order to be told to its platform: all of them or none. A parcel that is known is not taken
 * twice; one that failed is tried again, with the carrier and the lines it now comes with. Where the order's shop wants a
 * flow to look at them, parcels are WAITING until they are sent.
 * @throws INVALID, CARRIER_UNKNOWN; CONFLICT for a tracking number that was given with another carrier or other lines
 */
export async function acceptParcels(
	hub: Hub,
	order: Order,
	given: readonly GivenParcel[],
	by: string,
): Promise<Accepted> {
	const parcels = await checkParcels(order, given);
	const { shipMode } = await hub.call<ShopView>("shop.get", { id: order.shopId });
	const shipments: Accepted["shipments"] = [];
	for (const parcel of parcels) shipments.push(await acceptParcel(order, parcel, shipMode, by));
	return { shipments };
}

/** The parcels as they would be taken. @throws as acceptParcels */
export async function checkParcels(order: Order, given: readonly GivenParcel[]): Promise<Parcel[]> {
	const parcels = given.map((parcel) => readParcel(parcel, order));
	await checkTogether(order, parcels);
	await checkKnown(order, parcels);
	return parcels;
}

/** No more pieces of a line than were sold, over all parcels of the order. */
async function checkTogether(order: Order, parcels: readonly Parcel[]): Promise<void> {
	if (parcels.every(({ lines }) => !lines.length)) return;
	const numbers = parcels.map(({ trackingNo }) => trackingNo);
	const others = await ShipmentModel.find(
		{ ...ofOrder(order._id), state: { $ne: "FAILED" }, trackingNo: { $nin: numbers } },
		{ lines: 1 },
	).lean();
	for (const { lineId, quantity } of order.lines) {
		const sum = [...parcels, ...others]
			.flatMap(({ lines }) => lines)
			.reduce((total, line) => (line.lineId === lineId ? total + line.quantity : total), 0);
		if (sum > quantity) {
			const detail = `line ${lineId} has ${quantity} pieces, its parcels hold ${sum}`;
			throw hubError("INVALID", detail, { field: "lines", lineId });
		}
	}
}

/** Before any is taken: a parcel that is told already, or twice here, is told the same way. */
async function checkKnown({ _id: orderId }: Order, parcels: readonly Parcel[]): Promise<void> {
	const numbers = parcels.map(({ trackingNo }) => trackingNo);
	const known = await ShipmentModel.find({
		...ofOrder(orderId),
		state: { $ne: "FAILED" },
		trackingNo: { $in: numbers },
	}).lean();
	for (const parcel of parcels) {
		const same = [...known, ...parcels].filter(({ trackingNo }) => trackingNo === parcel.trackingNo);
		for (const other of same) checkSame(orderId, parcel, other);
	}
}

type Told = Pick<Shipment, "carrier" | "trackingNo" | "lines">;

function checkSame(orderId: string, parcel: Told, other: Told): void {
	if (parcel.carrier === other.carrier && sameLines(parcel.lines, other.lines)) return;
	const detail = `parcel ${parcel.trackingNo} was given with another carrier or other lines`;
	throw hubError("CONFLICT", detail, { id: shipmentIdOf(orderId, parcel.trackingNo) });
}

async function acceptParcel(
	order: Order,
	{ carrier, trackingNo, lines }: Parcel,
	shipMode: ShipMode,
	by: string,
): Promise<{ id: string; state: ShipmentState }> {
	const _id = shipmentIdOf(order._id, trackingNo);
	const { _id: orderId, orderNo, platform, shopId, shipDeadline } = order;
	const traceId = traceOf(orderId); // whoever gives it, and for however many orders at once
	const body = { shipmentId: _id, orderId, carrier, trackingNo, lines, reason: "" };
	const now = new Date();
	const begin = shipMode === "FLOW" ? waiting(now) : { state: "PENDING" as const, nextAt: now };
	const told = { carrier, lines, shipDeadline, by, traceId, ...begin };
	const shipment = { _id, orderId, orderNo, platform, shopId, trackingNo, ...told };
	try {
		await ShipmentModel.create({ ...shipment, outbox: [pending("hub.shipment.accepted", body, traceId, `${_id}:0`)] });
		return { id: _id, state: begin.state };
	} catch (err) {
		if ((err as { code?: number }).code !== 11000) throw err;
	}
	// The flow is told anew: it may be another carrier that it is to look at.
	const events = begin.state === "WAITING" ? [pending("hub.shipment.accepted", body, traceId)] : [];
	const again = await ShipmentModel.updateOne(
		{ _id, state: "FAILED" },
		{ $set: { ...told, reason: "", tries: 0 }, $push: { outbox: { $each: events } }, $inc: { turn: 1 } },
	);
	if (again.matchedCount) return { id: _id, state: begin.state };
	const known = await ShipmentModel.findById(_id).lean<Shipment>();
	if (!known) throw hubError("NOT_FOUND", `shipment ${_id}`, { id: _id });
	checkSame(orderId, { carrier, trackingNo, lines }, known);
	return { id: _id, state: known.state };
}

const waiting = (now: Date) => ({ state: "WAITING" as const, waitsSince: now });

function sameLines(some: Parcel["lines"], others: Parcel["lines"]): boolean {
	const text = (lines: Parcel["lines"]): string =>
		lines
			.map(({ lineId, quantity }) => `${lineId} ${quantity}`)
			.sort()
			.join();
	return text(some) === text(others);
}
