/**
 * waybill: takes a carrier's number for a parcel of the order `msg.hub.orderId` (or `msg.payload.orderId`), or gives it
 * back. What `msg.payload` says of {parcelNo, carrier, branchCode, accountCode, templateUrl, weightGram, sender} counts
 * before the node's own settings. Outputs: 1 done, `msg.payload` = the waybill · 2 refused. Safe to repeat: a parcel that
 * has a number keeps it. What is printed never comes into a flow.
 */
import type { Node, NodeAPI, NodeDef } from "node-red";
import type { WaybillView } from "../../services/waybill/desk.ts";
import { hubOf } from "../hub/hub.ts";
import { twoOutputs } from "../hub/two-outputs.ts";
import { hubMessage, orderIdOf } from "../order-in/deliveries.ts";

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
	parcelNo?: number;
	carrier?: string;
	branchCode?: string;
	accountCode?: string;
	templateUrl?: string;
	weightGram?: number;
	sender?: object;
}

// Longer than the platform may take to answer: a number that comes must not be missed.
const timeoutMs = 60_000;

export default function register(RED: NodeAPI): void {
	function WaybillNode(this: Node, def: WaybillDef): void {
		RED.nodes.createNode(this, def);

		/** @throws Error for the flow author where something is missing that has no default */
		const takeParams = (orderId: string, told: ParcelTold): Record<string, unknown> => {
			const parcel = parcelOf(def, told);
			if (!parcel.carrier) throw new Error(RED._("waybill.error.noCarrier"));
			if (!parcel.sender) throw new Error(RED._("waybill.error.noSender"));
			return { orderId, ...parcel };
		};

		twoOutputs(this, "waybill", ["CARRIER_UNKNOWN", "CONFLICT", "INVALID"], async (msg) => {
			const orderId = orderIdOf(msg);
			if (!orderId) throw new Error(RED._("order-hub-nodes/hub:hub.error.noOrder"));
			const told = (msg.payload ?? {}) as ParcelTold;
			const [action, params] =
				def.action === "recycle"
					? ["waybill.recycle", { id: `${orderId}:${told.parcelNo ?? 1}` }]
					: ["waybill.take", takeParams(orderId, told)];
			const { traceId } = hubMessage(msg);
			msg.payload = await hubOf(RED, def.hub).call<WaybillView>(this, action, params, { traceId, timeoutMs });
		});
	}
	RED.nodes.registerType("waybill", WaybillNode);
}

/** What neither the message nor the node says is left out. */
function parcelOf(def: WaybillDef, told: ParcelTold): Partial<Record<keyof ParcelTold, unknown>> {
	const { senderName: name, senderPhone: phone } = def;
	const parcel: Record<keyof ParcelTold, unknown> = {
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
