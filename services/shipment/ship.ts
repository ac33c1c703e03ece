/** Tells platforms what was sent, each parcel once, whatever breaks on the way. */
import { typeOf } from "../../config/errors.ts";
import type { Order } from "../order/order.ts";
import {
	afterCall,
	beforeCall,
	type Others,
	obstacleTo,
	type PlatformCan,
	type Step,
	shipped,
	updateOf,
} from "./ship-step.ts";
import { ofOrder, type Shipment, ShipmentModel, type ShipmentState } from "./shipment.model.ts";

/** Calls actions: a ServiceBroker. */
export interface Hub {
	call<Result>(action: string, params: object, options?: { timeout: number }): Promise<Result>;
}

/** One parcel is worked on for so long at most; whoever takes it after that looks at the platform first. */
export const leaseMs = 30_000;
const shipMs = 25_000; // the platform service reaches the call itself within 8 s or not at all, and it takes 15 s at most
const lookMs = 10_000;

/** Takes up one shipment whose time has come; see mixins/due.ts. @returns its state then, as far as it is still ours */
export async function ship(hub: Hub, shipment: Shipment): Promise<ShipmentState | "TAKEN_OVER"> {
	const began = new Date();
	const found = await prepare(hub, shipment).catch((err: Error): Step => beforeCall(shipment, err, new Date()));
	if ("state" in found) return store(shipment, found, began);
	// Written before the call: whoever finds it so after a crash knows that a call may have been made.
	const sending = await startSending(shipment, found.fence);
	if (!sending) return "TAKEN_OVER";
	const step = await tell(hub, sending, found.further).catch((err: Error): Step => afterCall(sending, err, new Date()));
	return store(sending, step, began);
}

/** Everything to be known before the platform is told: what forbids it, or the order's fence and how it is told. */
async function prepare(hub: Hub, shipment: Shipment): Promise<Step | { fence: number; further: boolean }> {
	if (shipment.doubtful && (await isThere(hub, shipment))) return shipped;
	const can = await hub.call<PlatformCan>(`platform.${shipment.platform}.can`, {});
	const others = await otherParcels(shipment);
	const order = await hub.call<Order>("order.get", { id: shipment.orderId }); // last: a hold may come at any moment
	const obstacle = obstacleTo(shipment, order, can, others, new Date());
	if (!obstacle) return { fence: order.fence, further: others.shipped > 0 };
	// Somebody may have told the platform meanwhile, in its own back office say: then it is done.
	return obstacle.state === "FAILED" && (await isThere(hub, shipment)) ? shipped : obstacle;
}

async function tell(hub: Hub, shipment: Shipment, further: boolean): Promise<Step> {
	const { _id: requestId, platform, shopId, orderId: id, orderNo, carrier, trackingNo, lines, fence } = shipment;
	const call = { shopId, orderNo, carrier, trackingNo, lines, further, requestId, order: { id, fence } };
	try {
		await hub.call(`platform.${platform}.ship`, call, { timeout: shipMs });
		return shipped;
	} catch (err) {
		// A refusal may be the echo of our own call that came through unheard.
		if (typeOf(err) === "PLATFORM_REFUSED" && (await isThere(hub, shipment))) return shipped;
		throw err;
	}
}

/** Does the platform know the parcel? */
async function isThere(hub: Hub, { platform, shopId, orderNo, trackingNo, carrier }: Shipment): Promise<boolean> {
	if (carrier === "NONE") return false; // leaves no trace to look for; a second call is refused
	const lines = await hub.call<{ trackingNo: string }[]>(
		`platform.${platform}.shipped`,
		{ shopId, orderNo },
		{ timeout: lookMs },
	);
	return lines.some((line) => line.trackingNo === trackingNo);
}

async function otherParcels({ _id, orderId, createdAt }: Shipment): Promise<Others> {
	const others = await ShipmentModel.find(
		{ ...ofOrder(orderId), _id: { $ne: _id }, state: { $ne: "FAILED" } },
		{ state: 1, createdAt: 1 },
	).lean<Pick<Shipment, "_id" | "state" | "createdAt">[]>();
	const isBefore = (other: (typeof others)[number]): boolean =>
		other.createdAt < createdAt || (other.createdAt.getTime() === createdAt.getTime() && other._id < _id);
	return {
		all: others.length,
		shipped: others.filter(({ state }) => state === "SHIPPED").length,
		// One that waits for a flow may come much later, or never.
		before: others.filter((other) => !["SHIPPED", "WAITING"].includes(other.state) && isBefore(other)).length,
	};
}

async function startSending({ _id, turn }: Shipment, fence: number): Promise<Shipment | null> {
	const nextAt = new Date(Date.now() + leaseMs);
	const change = { $set: { state: "SENDING", doubtful: true, fence, nextAt }, $inc: { turn: 1 } };
	return ShipmentModel.findOneAndUpdate({ _id, turn }, change, { returnDocument: "after" }).lean<Shipment>();
}

/** Stores a step unless the shipment went on without us. */
async function store(shipment: Shipment, step: Step, began: Date): Promise<ShipmentState | "TAKEN_OVER"> {
	const { _id, turn } = shipment;
	const { matchedCount } = await ShipmentModel.updateOne({ _id, turn }, updateOf(shipment, step, began, new Date()));
	return matchedCount ? step.state : "TAKEN_OVER";
}
