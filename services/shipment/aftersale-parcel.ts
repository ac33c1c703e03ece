/**
 * What after-sales send to buyers: another piece, a repaired one, or what was missing. The platform is told of it by the
 * seller's answer to the after-sale; the shipment follows what becomes of that answer.
 */
import type { HubEvent } from "../../mixins/event.ts";
import type { ShipmentView } from "./desk.ts";
import type { Hub } from "./ship.ts";
import { aftersaleShipmentIdOf, type OfAftersale, ShipmentModel, type ShipmentState } from "./shipment.model.ts";

const states = {
	"hub.aftersale.decision-made": "PENDING",
	"hub.aftersale.decision-doubtful": "SENDING",
	"hub.aftersale.decision-done": "SHIPPED",
	"hub.aftersale.decision-failed": "FAILED",
} as const satisfies Record<string, ShipmentState>;

export const decisionSubjects = Object.keys(states);

interface Told {
	aftersaleId: string;
	orderId: string;
	version: number;
	by: string;
	change: { action: string; reason?: string; carrier: string; trackingNo: string };
	aftersale: {
		platform: string;
		shopId: string;
		orderNo: string;
		lines: { lineId: string; quantity: number }[];
	};
}

/** Safe to repeat and in any order. Answers that ship nothing are none of ours. */
export async function followDecision({ subject, body, traceId }: HubEvent): Promise<void> {
	const state = states[subject as keyof typeof states];
	const { aftersaleId, orderId, version, by, change, aftersale } = body as unknown as Told;
	const { action, carrier, trackingNo, reason = "" } = change;
	if (!state || !ships(action)) return;
	const _id = aftersaleShipmentIdOf(aftersaleId, trackingNo);
	const { platform, shopId, orderNo } = aftersale;
	const lines = aftersale.lines.map(({ lineId, quantity }) => ({ lineId, quantity }));
	const what = { orderId, orderNo, platform, shopId, carrier, trackingNo, lines, by, traceId };
	try {
		await ShipmentModel.updateOne(
			// One write may tell of two: of the answer it replaces, and then of its own.
			{ _id, "aftersale.version": { $lte: version } },
			{ $set: { ...what, aftersale: { id: aftersaleId, action, version }, state, reason } },
			{ upsert: true },
		);
	} catch (err) {
		if ((err as { code?: number }).code !== 11000) throw err; // a later word of it is there
	}
}

/** Gives the answer again that tells the platform of the parcel. @throws as aftersale.decide */
export async function answerAgain(hub: Hub, { aftersale, carrier, trackingNo }: ShipmentView): Promise<void> {
	if (!aftersale) return;
	await hub.call("aftersale.decide", { id: aftersale.id, action: aftersale.action, carrier, trackingNo });
}

const ships = (action: string): action is OfAftersale["action"] =>
	action === "SHIP_EXCHANGE" || action === "SHIP_RESEND";
