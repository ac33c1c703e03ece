/** What a shipment becomes after something happened to it. Pure: the answer is the change to store, events included. */
import { typeOf } from "../../config/errors.ts";
import { pending } from "../../mixins/outbox.ts";
import type { Order } from "../order/order.ts";
import type { Capabilities } from "../platform/capabilities.ts";
import { attemptsKept, type Shipment, type ShipmentState } from "./shipment.model.ts";

/** What a platform can do, as far as shipping goes; from its action `can`. */
export type PlatformCan = Pick<Capabilities, "parts" | "manyParcels" | "carriers">;

/** The other parcels of the same order that were not given up. */
export interface Others {
	all: number;
	shipped: number; // told to the platform already
	before: number; // accepted earlier, let go and not told yet
}

/** `at: null` puts the shipment to rest. */
export interface Step {
	state: ShipmentState;
	reason: string;
	doubtful?: boolean;
	at: Date | null; // when the hub looks at it again by itself
}

/** What others are told of a shipment: events are hub.shipment.<verb>. */
export type ShipmentVerb = "accepted" | "shipped" | "failed";
const told: Readonly<Partial<Record<ShipmentState, ShipmentVerb>>> = { SHIPPED: "shipped", FAILED: "failed" };

const secondMs = 1_000;
const heldMs = 60_000; // held orders are told of by events; this is for the one that got lost in a race

export const shipped: Step = { state: "SHIPPED", reason: "", doubtful: false, at: null };
const failed = (reason: string): Step => ({ state: "FAILED", reason, doubtful: false, at: null });

/** Why the order may not be shipped with this parcel now. @returns null when it may */
export function obstacleTo(shipment: Shipment, order: Order, can: PlatformCan, others: Others, now: Date): Step | null {
	const { carrier, lines } = shipment;
	const oneAfterTheOther = can.parts === "none" && can.manyParcels; // the first parcel is told in another way
	if (order.holds.length) {
		const reasons = order.holds.map(({ reason }) => reason).join(", ");
		return { state: "HELD", reason: `ORDER_HELD: ${reasons}`, at: later(now, heldMs) };
	}
	// Where the first parcel ships the whole order, those after it come when it is shipped.
	const further = oneAfterTheOther && others.shipped > 0 && order.status === "SHIPPED";
	if (!["WAIT_SHIP", "PART_SHIPPED"].includes(order.status) && !further) {
		return failed(`ORDER_NOT_READY: ${order.status}`);
	}
	// What follows is for an operator to decide: nothing is dropped in silence.
	if (carrier !== "NONE" && !can.carriers.includes(carrier)) return failed(`CARRIER_UNKNOWN: ${carrier}`);
	if (others.all && !can.manyParcels) return failed("PLATFORM_UNSUPPORTED: one parcel for an order");
	if (lines.length && can.parts === "none") return failed("PLATFORM_UNSUPPORTED: the whole order in one parcel");
	if (oneAfterTheOther && others.before) {
		return { state: "PENDING", reason: "waits for the parcel before it", at: later(now, secondMs) };
	}
	if (can.parts === "quantities") return null;
	const cut = lines.find(({ lineId, quantity }) =>
		order.lines.some((line) => line.lineId === lineId && line.quantity > quantity),
	);
	if (cut) return failed(`PLATFORM_UNSUPPORTED: line ${cut.lineId} in several parcels`);
	return null;
}

/** The ship call ended in an error: what it means for the shipment. */
export function afterCall(shipment: Shipment, err: unknown, now: Date): Step {
	const reason = (err as Error).message;
	const notDone = (ms: number): Step => ({ state: "PENDING", doubtful: false, reason, at: later(now, ms) });
	switch (typeOf(err)) {
		case "PLATFORM_REFUSED":
		case "PLATFORM_UNSUPPORTED":
		case "CARRIER_UNKNOWN":
			return failed(reason);
		case "ORDER_HELD": // since it was looked at
		case "ORDER_NOT_READY":
			return notDone(secondMs);
		case "PLATFORM_RATE_LIMITED":
			return notDone(waitMsOf(err) ?? pauseMs(shipment.tries));
		case "PLATFORM_TOKEN_EXPIRED":
		case "PLATFORM_MISCONFIGURED":
		case "CONFLICT": // the shop is switched off
		case "NOT_FOUND": // the shop is gone
			return notDone(30 * secondMs);
	}
	if (isUnsent(err)) return notDone(pauseMs(shipment.tries));
	return { state: "SENDING", doubtful: true, reason, at: later(now, pauseMs(shipment.tries)) };
}

/** Something on the way to the ship call did not answer: nothing is known that was not known before. */
export function beforeCall({ state, tries }: Shipment, err: unknown, now: Date): Step {
	return { state, reason: (err as Error).message, at: later(now, pauseMs(tries)) };
}

const later = (now: Date, ms: number): Date => new Date(now.getTime() + ms);

/** Moleculer's own word that the call never reached anybody. */
const isUnsent = (err: unknown): boolean =>
	["SERVICE_NOT_FOUND", "SERVICE_NOT_AVAILABLE"].includes((err as { type?: string }).type ?? "");

const waitMsOf = (err: unknown): number | undefined => (err as { data?: { waitMs?: number } }).data?.waitMs;

/** 1, 2, 4 … 60 seconds. */
export const pauseMs = (tries: number): number => Math.min(secondMs * 2 ** tries, 60 * secondMs);

/** The update that stores a step of a shipment that is still in its turn. `at`: when the work on it began. */
export function updateOf(shipment: Shipment, step: Step, began: Date, now: Date): Record<string, unknown> {
	const { _id, orderId, carrier, trackingNo, lines, fence, traceId } = shipment;
	const { state, reason, at, doubtful = shipment.doubtful } = step;
	const turn = shipment.turn + 1;
	const verb = told[state];
	const body = { shipmentId: _id, orderId, carrier, trackingNo, lines, reason, fence, version: turn };
	const events = verb ? [pending(`hub.shipment.${verb}`, body, traceId, `${_id}:${turn}`)] : [];
	const attempt = { at: began, ms: now.getTime() - began.getTime(), outcome: state, reason };
	return {
		$set: {
			state,
			reason,
			doubtful,
			tries: at && state !== "HELD" ? shipment.tries + 1 : 0,
			...(at ? { nextAt: at } : {}),
		},
		...(at ? {} : { $unset: { nextAt: 1 } }),
		$inc: { turn: 1 },
		$push: { attempts: { $each: [attempt], $slice: -attemptsKept }, outbox: { $each: events } },
	};
}
