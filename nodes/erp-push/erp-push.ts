/**
 * erp-push: gives the document `msg.payload` to the ERP: of the order `msg.hub.orderId`, or of the after-sale
 * `msg.hub.aftersaleId`, which is of that order. `msg.hub.revision`: of the order's document in the ERP, 1 when left out.
 * Outputs: 1 the ERP has it · 2 the ERP or the hub refused · 3 in doubt. `msg.payload` = {pushId, state, docNo, reason}.
 * In doubt is not a failure: the hub asks the ERP by our number and settles it by itself.
 */
import type { Node, NodeAPI, NodeDef, NodeMessage } from "node-red";
import { connectionOf } from "../erp-connection/erp-connection.ts";
import { hubOf } from "../hub/hub.ts";
import { hubMessage } from "../order-in/deliveries.ts";

interface ErpPushDef extends NodeDef {
	hub: string;
	connection: string;
	kind?: PushKind; // absent in flows of before there were others: order
}

type PushKind = "order" | "change" | "cancel" | "aftersale";

interface PushResult {
	pushId: string;
	state: "OK" | "REJECTED" | "IN_DOUBT" | "PARKED";
	docNo: string;
	reason: string;
}

const outputs: Readonly<Record<PushResult["state"], { port: number; fill: "green" | "red" | "blue" }>> = {
	OK: { port: 0, fill: "green" },
	REJECTED: { port: 1, fill: "red" },
	PARKED: { port: 1, fill: "red" }, // held meanwhile: pushed again once the order is ready
	IN_DOUBT: { port: 2, fill: "blue" },
};

// Longer than the ERP may take to answer: an answer that comes must not be missed.
const timeoutMs = 30_000;

export default function register(RED: NodeAPI): void {
	function ErpPushNode(this: Node, def: ErpPushDef): void {
		RED.nodes.createNode(this, def);
		this.on("input", async (msg, send, done) => {
			try {
				const { orderId, aftersaleId, revision, traceId, fence } = hubMessage(msg);
				const kind = def.kind ?? "order";
				if (!orderId) throw new Error(RED._("erp-push.error.noOrder"));
				if (kind === "aftersale" && !aftersaleId) throw new Error(RED._("erp-push.error.noAftersale"));
				const { connectionId } = connectionOf(RED, def.connection);
				const of = kind === "aftersale" ? { aftersaleId } : { revision };
				const push = { connectionId, kind, orderId, ...of, document: msg.payload, fence };
				const result = await hubOf(RED, def.hub).call<PushResult>(this, "erp.push", push, { traceId, timeoutMs });
				const { port, fill } = outputs[result.state];
				msg.payload = result;
				this.status({ fill, shape: "dot", text: `erp-push.status.${result.state}` });
				const to: (NodeMessage | null)[] = [null, null, null];
				to[port] = msg;
				send(to);
				done();
			} catch (err) {
				this.status({ fill: "red", shape: "ring", text: "erp-push.status.failed" });
				done(err as Error);
			}
		});
	}
	RED.nodes.registerType("erp-push", ErpPushNode);
}
