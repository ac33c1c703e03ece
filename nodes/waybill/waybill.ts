/**
 * waybill: takes a carrier's number for a parcel of the order `msg.hub.orderId` (or `msg.payload.orderId`), or gives it
 * back. What `msg.payload` says of {parcelNo, carrier, branchCode, accountCode, templateUrl, weightGram, sender} counts
 * before the node's own settings. Outputs: 1 done, `msg.payload` = the waybill · 2 refused, `msg.payload` = {waybillId,
 * type, reason}. Safe to repeat: a parcel that has a number keeps it. What is printed never comes into a flow.
 */
import type { Node, NodeAPI, NodeDef } from "node-red";
import { type ErrorType, typeOf } from "../../config/errors.ts";
import type { WaybillView } from "../../services/waybill/desk.ts";
import { hubOf } from "../hub/hub.ts";
import { hubMessage } from "../order-in/deliveries.ts";

interface WaybillDef extends NodeDef {
	hub: string;
	action: "take" | "recycle";
	carrier: string; // "": the message says which
	branchCode: string; // "": the shop's first account with the carrier
	accountCode: string;
	senderName: string; // "": the message says who sends
	senderPhone: string;
}

/** What a message may say of the parcel. */
interface ParcelTold {
	orderId?: string;
	parcelNo?: number;
	carrier?: string;
	branchCode?: string;
	accountCode?: string;
	templateUrl?: string;
	weightGram?: number;
	sender?: object;
}

/** A no, which the same call again would only repeat. */
const refusals: ReadonlySet<ErrorType | undefined> = new Set([
	"ORDER_HELD",
	"ORDER_NOT_READY",
	"PLATFORM_REFUSED",
	"PLATFORM_UNSUPPORTED",
	"CARRIER_UNKNOWN",
	"CONFLICT",
	"INVALID",
]);

// Longer than the platform may take to answer: a number that comes must not be missed.
const timeoutMs = 60_000;

export default function register(RED: NodeAPI): void {
	function WaybillNode(this: Node, def: WaybillDef): void {
		RED.nodes.createNode(this, def);
		this.on("input", async (msg, send, done) => {
			try {
				const { orderId: ofEvent, traceId } = hubMessage(msg);
				const told = (msg.payload ?? {}) as ParcelTold;
				const orderId = ofEvent || told.orderId;
				if (!orderId) throw new Error(RED._("waybill.error.noOrder"));
				const waybillId = `${orderId}:${told.parcelNo ?? 1}`;
				const isTake = def.action !== "recycle";
				const params = isTake ? { orderId, ...parcelOf(def, told) } : { id: waybillId };
				if (isTake && !("carrier" in params)) throw new Error(RED._("waybill.error.noCarrier"));
				if (isTake && !("sender" in params)) throw new Error(RED._("waybill.error.noSender"));
				const hub = hubOf(RED, def.hub);
				try {
					const action = isTake ? "waybill.take" : "waybill.recycle";
					msg.payload = await hub.call<WaybillView>(this, action, params, { traceId, timeoutMs });
					this.status({ fill: "green", shape: "dot", text: `waybill.status.${isTake ? "taken" : "recycled"}` });
					send([msg, null]);
				} catch (err) {
					const type = typeOf(err);
					if (!refusals.has(type)) throw err;
					msg.payload = { waybillId, type, reason: (err as Error).message };
					this.status({ fill: "red", shape: "dot", text: "waybill.status.refused" });
					send([null, msg]);
				}
				done();
			} catch (err) {
				this.status({ fill: "red", shape: "ring", text: "waybill.status.failed" });
				done(err as Error);
			}
		});
	}
	RED.nodes.registerType("waybill", WaybillNode);
}

/** What is asked for; what neither the message nor the node says is left out. */
function parcelOf(def: WaybillDef, told: ParcelTold): Record<string, unknown> {
	const { senderName: name, senderPhone: phone } = def;
	const parcel = {
		parcelNo: told.parcelNo,
		carrier: told.carrier || def.carrier,
		branchCode: told.branchCode || def.branchCode,
		accountCode: told.accountCode || def.accountCode,
		templateUrl: told.templateUrl,
		weightGram: told.weightGram,
		sender: told.sender ?? (name && phone ? { name, phone } : undefined),
	};
	return Object.fromEntries(Object.entries(parcel).filter(([, value]) => value !== undefined && value !== ""));
}
