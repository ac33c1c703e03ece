/**
 * aftersale-decide: gives the seller's answer to the after-sale `msg.hub.aftersaleId` (or `msg.payload.aftersaleId`). What
 * the settings leave empty is taken from `msg.payload`: {action, addressId, reasonCode, note, carrier, trackingNo}.
 * Outputs: 1 taken, `msg.payload` = the after-sale · 2 refused. The platform is told after it.
 */
import type { Node, NodeAPI, NodeDef, NodeMessage } from "node-red";
import type { Decision, DecisionAction } from "../../services/aftersale/aftersale.ts";
import type { AftersaleView } from "../../services/aftersale/view.ts";
import { hubOf } from "../hub/hub.ts";
import { twoOutputs } from "../hub/two-outputs.ts";
import { optionalTextOf, payloadText, type TypedText } from "../hub/typed-text.ts";
import { hubMessage } from "../order-in/deliveries.ts";
import { type Detail, details, isAnswer, needsRule } from "./answers.ts";

type DetailSettings = Record<Detail, string> & Record<`${Detail}Type`, TypedText["type"]>;

interface AftersaleDecideDef extends NodeDef, DetailSettings {
	hub: string;
	action: DecisionAction | ""; // "": the message says
	rule: string; // the name of the rule by which the flow decides so
}

const refusals = ["AFTERSALE_NOT_READY", "CARRIER_UNKNOWN", "CONFLICT", "INVALID"] as const;

export default function register(RED: NodeAPI): void {
	function AftersaleDecideNode(this: Node, def: AftersaleDecideDef): void {
		RED.nodes.createNode(this, def);
		const rule = def.rule.trim();

		const actionOf = (msg: NodeMessage): DecisionAction => {
			const action = def.action || payloadText(RED, msg, "action");
			if (!isAnswer(action)) throw new Error(RED._("aftersale-decide.error.noAction"));
			if (needsRule(action) && !rule) throw new Error(RED._("aftersale-decide.error.noRule", { action }));
			return action;
		};
		const detailOf = async (msg: NodeMessage, field: Detail): Promise<[Detail, string]> => {
			const setting = { value: def[field], type: def[`${field}Type`] };
			return [field, (await optionalTextOf(RED, setting, this, msg)) || payloadText(RED, msg, field)];
		};
		const decisionOf = async (msg: NodeMessage): Promise<Decision> => {
			const texts = await Promise.all(details.map((field) => detailOf(msg, field)));
			return { action: actionOf(msg), ...(Object.fromEntries(texts) as Record<Detail, string>) };
		};

		twoOutputs(this, "aftersale-decide", refusals, async (msg) => {
			const { aftersaleId, traceId } = hubMessage(msg);
			const id = aftersaleId || payloadText(RED, msg, "aftersaleId");
			if (!id) throw new Error(RED._("aftersale-decide.error.noAftersale"));
			const params = { id, ...(await decisionOf(msg)) };
			const hub = hubOf(RED, def.hub);
			msg.payload = await hub.call<AftersaleView>(this, "aftersale.decide", params, { traceId, rule });
		});
	}
	RED.nodes.registerType("aftersale-decide", AftersaleDecideNode);
}
