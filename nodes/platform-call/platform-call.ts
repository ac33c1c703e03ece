/**
 * platform-call: reads at a platform what no other node brings; see operations.ts. Of the shop that is chosen, or that the
 * message is about. What the settings leave empty is taken from `msg.payload`, or from the order or after-sale that
 * `msg.hub` names. `msg.payload` = a list. Outputs: 1 read · 2 refused: the platform cannot do this, or would not.
 */
import type { Node, NodeAPI, NodeDef, NodeMessage } from "node-red";
import { orderIdParts } from "../../services/order/order.ts";
import type { ShopView } from "../../services/shop/shop.ts";
import { hubOf } from "../hub/hub.ts";
import { twoOutputs } from "../hub/two-outputs.ts";
import { optionalTextOf, payloadText, type TypedText } from "../hub/typed-text.ts";
import { hubMessage } from "../order-in/deliveries.ts";
import { type OperationField, operations } from "./operations.ts";

type FieldSettings = Record<OperationField, string> & Record<`${OperationField}Type`, TypedText["type"]>;

interface PlatformCallDef extends NodeDef, FieldSettings {
	hub: string;
	operation: string;
	shopId: string; // "": the message's
}

export default function register(RED: NodeAPI): void {
	function PlatformCallNode(this: Node, def: PlatformCallDef): void {
		RED.nodes.createNode(this, def);
		const fieldText = async (msg: NodeMessage, field: OperationField): Promise<[OperationField, string]> => {
			const setting = { value: def[field], type: def[`${field}Type`] };
			const set = await optionalTextOf(RED, setting, this, msg);
			const text = set || payloadText(RED, msg, field) || namedBy(msg)[field];
			if (!text) throw new Error(RED._("platform-call.error.noField", { field }));
			return [field, text];
		};

		twoOutputs(this, "platform-call", ["CARRIER_UNKNOWN", "INVALID"], async (msg) => {
			const operation = Object.hasOwn(operations, def.operation) ? operations[def.operation] : undefined;
			if (!operation) throw new Error(RED._("platform-call.error.noOperation"));
			const hub = hubMessage(msg);
			const { traceId } = hub;
			const id = def.shopId || hub.shopId || payloadText(RED, msg, "shopId");
			if (!id) throw new Error(RED._("platform-call.error.noShop"));
			const given = Object.fromEntries(await Promise.all(operation.fields.map((field) => fieldText(msg, field))));
			const params = operation.ofShop ? { shopId: id, ...given } : given;
			const services = hubOf(RED, def.hub);
			const { platform } = await services.call<ShopView>(this, "shop.get", { id }, { traceId });
			const action = `platform.${platform}.${def.operation}`;
			const rows = await services.call<Record<string, unknown>[]>(this, action, params, { traceId });
			msg.payload = rows.map((row) => Object.fromEntries(operation.gives.map((field) => [field, row[field]])));
		});
	}
	RED.nodes.registerType("platform-call", PlatformCallNode);
}

/** The platform's numbers of the order and the after-sale that the message is about; both ids are made the same way. */
function namedBy(msg: NodeMessage): Partial<Record<OperationField, string>> {
	const { orderId = "", aftersaleId = "" } = hubMessage(msg);
	return { orderNo: orderIdParts(orderId).orderNo, aftersaleNo: orderIdParts(aftersaleId).orderNo };
}
