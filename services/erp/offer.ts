/** Offers a parcel that an ERP told of to its order, and keeps it where no order can take it. */
import { hubError, typeOf } from "../../config/errors.ts";
import { isPassing } from "../../config/outage.ts";
import type { Order } from "../order/order.ts";
import type { ErpParcel } from "./driver.ts";
import type { Hub } from "./look.ts";
import { parcelLines } from "./parcel-lines.ts";
import { type Push, PushModel } from "./push.model.ts";
import { StrayParcelModel } from "./read-back.model.ts";
import { inTurn } from "./turn.ts";

export interface Offered {
	news: boolean; // an order got it now
	stray: string; // why no order could take it, so that it was put aside; "": its order has it
}

/** Safe to repeat and to call twice at once. @throws what passes: a part of the hub is away, nothing is said of the parcel */
export async function offer(
	hub: Hub,
	connectionId: string,
	{ number, carrier, trackingNo, lines }: ErpParcel,
): Promise<Offered> {
	const _id = `${connectionId}:${number}:${trackingNo}`;
	try {
		const news = await give(hub, connectionId, { number, carrier, trackingNo, lines });
		await StrayParcelModel.deleteOne({ _id });
		return { news, stray: "" };
	} catch (err) {
		if (isPassing(err) || !typeOf(err)) throw err;
		const now = new Date();
		const { message: reason } = err as Error;
		const parcel = { connectionId, number, carrier, trackingNo, lines };
		await StrayParcelModel.updateOne(
			{ _id },
			{ $set: { ...parcel, reason, triedAt: now }, $setOnInsert: { createdAt: now } },
			{ upsert: true },
		);
		return { news: false, stray: reason };
	}
}

/**
 * @returns false for a parcel that its order has
 * @throws NOT_FOUND without an order of that number; INVALID, CARRIER_UNKNOWN, CONFLICT
 */
async function give(hub: Hub, connectionId: string, parcel: ErpParcel): Promise<boolean> {
	const addressee = await addresseeOf(hub, connectionId, parcel.number);
	// What earlier parcels have decides what this one has: two at once would both take the first line.
	return inTurn(`parcels:${addressee.orderId}`, () => giveTo(hub, addressee, parcel));
}

interface Shipped {
	trackingNo: string;
	state: string;
	aftersale?: unknown;
	lines: { lineId: string; quantity: number }[]; // empty: the whole order
}

async function giveTo(
	hub: Hub,
	{ orderId, cancelled }: Addressee,
	{ carrier, trackingNo, lines }: ErpParcel,
): Promise<boolean> {
	const order = await hub.call<Order>("order.get", { id: orderId });
	const { items } = await hub.call<{ items: Shipped[] }>("shipment.list", { orderId, limit: 200 });
	if (items.some((each) => each.trackingNo === trackingNo)) return false;
	if (cancelled) throw hubError("CONFLICT", cancelled);
	const gone = new Map<string, number>();
	for (const parcel of items.filter(({ state, aftersale }) => state !== "FAILED" && !aftersale)) {
		const whole = parcel.lines.length === 0;
		for (const { lineId, quantity } of whole ? order.lines : parcel.lines) {
			gone.set(lineId, (gone.get(lineId) ?? 0) + quantity);
		}
	}
	const parcel = { carrier, trackingNo, lines: parcelLines(order.lines, lines, gone) };
	await hub.call("shipment.accept", { orderId, parcels: [parcel] });
	return true;
}

interface Addressee {
	orderId: string;
	cancelled: string; // what became of the document that the ERP delivers, where it was cancelled; else ""
}

/**
 * By the push that brought it there; an order that came there by another way, by its number, if there is only one.
 * @throws NOT_FOUND
 */
export async function addresseeOf(hub: Hub, connectionId: string, number: string): Promise<Addressee> {
	const push = await PushModel.findOne(
		{ connectionId, number, kind: "order" },
		{ orderId: 1, revision: 1 },
	).lean<Push>();
	if (push) return { orderId: push.orderId, cancelled: await cancelledBy(connectionId, number, push) };
	const { items } = await hub.call<{ items: Order[] }>("order.list", { q: number, limit: 10 });
	const [order, ...others] = items.filter(({ orderNo }) => orderNo === number);
	if (!order || others.length)
		throw hubError("NOT_FOUND", `${order ? "several orders" : "no order"} of the number ${number}`);
	return { orderId: order._id, cancelled: "" };
}

/** A parcel of a cancelled document is for a person: the order may be on its way a second time, or refunded. */
async function cancelledBy(connectionId: string, number: string, { orderId, revision }: Push): Promise<string> {
	const later = await PushModel.find(
		{
			connectionId,
			orderId,
			$or: [
				{ kind: "order", revision: { $gt: revision } },
				{ kind: "cancel", revision, state: "OK" },
			],
		},
		{ kind: 1, number: 1 },
	)
		.sort({ revision: -1 })
		.lean<Push[]>();
	if (!later.length) return "";
	const anew = later.find(({ kind }) => kind === "order");
	return `${number} was cancelled${anew ? `, the order is there anew as ${anew.number}` : ""}`;
}
