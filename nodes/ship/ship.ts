/**
 * ship: gives the hub the parcels of an order, and lets parcels go that wait for a flow. From `msg.payload`, or the
 * property that is chosen: {parcels: GivenParcel[]} or a list of them, of the order that the message names; or
 * {shipmentId}, as `hub.shipment.accepted` tells it. `msg.payload` = {shipments: [{id, state}]}.
 * Outputs: 1 accepted · 2 refused. The platform is told after it: `hub.shipment.shipped` or `.failed` says how that went.
 */
import type { Node, NodeAPI, NodeDef, NodeMessage } from "node-red";
import type { Accepted } from "../../services/shipment/accept.ts";
import type { GivenParcel } from "../../services/shipment/parcel.ts";
import { hubOf } from "../hub/hub.ts";
import { twoOutputs } from "../hub/two-outputs.ts";
import { hubMessage } from "../order-in/deliveries.ts";

interface ShipDef extends NodeDef {
	hub: string;
	property: string; // of the message
}

interface Given {
	parcels?: GivenParcel[];
	orderId?: string;
	shipmentId?: string;
}

type Told = Accepted["shipments"][number];

export default function register(RED: NodeAPI): void {
	function ShipNode(this: Node, def: ShipDef): void {
		RED.nodes.createNode(this, def);

		const call = <T>(msg: NodeMessage, action: string, params: Record<string, unknown>): Promise<T> =>
			hubOf(RED, def.hub).call<T>(this, action, params, { traceId: hubMessage(msg).traceId });
		const letGo = (msg: NodeMessage, id: string): Promise<Told> => call<Told>(msg, "shipment.send", { id });

		const accept = async (msg: NodeMessage, { orderId: named, parcels }: Given): Promise<Told[]> => {
			if (!Array.isArray(parcels)) throw new Error(RED._("ship.error.noParcels", { property: def.property }));
			const orderId = hubMessage(msg).orderId || named;
			if (!orderId) throw new Error(RED._("ship.error.noOrder"));
			const { shipments } = await call<Accepted>(msg, "shipment.accept", { orderId, parcels });
			const told: Told[] = [];
			// One that was accepted and not sent for an error waits, and goes with the next try.
			for (const each of shipments) told.push(each.state === "WAITING" ? await letGo(msg, each.id) : each);
			return told;
		};

		twoOutputs(this, "ship", ["CARRIER_UNKNOWN", "CONFLICT", "INVALID"], async (msg) => {
			const found: unknown = RED.util.getMessageProperty(msg, def.property);
			const given = (Array.isArray(found) ? { parcels: found } : (found ?? {})) as Given;
			const shipments = given.shipmentId ? [await letGo(msg, given.shipmentId)] : await accept(msg, given);
			msg.payload = { shipments };
		});
	}
	RED.nodes.registerType("ship", ShipNode);
}
