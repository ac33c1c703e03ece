/**
 * stock-push: tells the platforms how many pieces can be sold of the ERP SKU `msg.payload.erpSku`, or of those in
 * `msg.payload.items` = [{erpSku}]. How many there are the hub knows from the ERP.
 * Outputs: 1 every shop was told · 2 some were not. `msg.payload` = {told, unchanged, waiting, failed: [{erpSku, id,
 * linkId, reason}]}. What failed is told again by the hub itself.
 */
import type { Node, NodeAPI, NodeDef } from "node-red";
import type { Pushed } from "../../services/stock/push.ts";
import { hubOf } from "../hub/hub.ts";
import { twoOutputs } from "../hub/two-outputs.ts";
import { hubMessage } from "../order-in/deliveries.ts";

interface StockPushDef extends NodeDef {
	hub: string;
}

interface PushedSkus extends Pushed {
	failed: (Pushed["failed"][number] & { erpSku: string })[];
}

export default function register(RED: NodeAPI): void {
	function StockPushNode(this: Node, def: StockPushDef): void {
		RED.nodes.createNode(this, def);
		twoOutputs(this, "stock-push", [], async (msg) => {
			const codes = codesIn(msg.payload);
			if (!codes.length) throw new Error(RED._("stock-push.error.noSku"));
			const hub = hubOf(RED, def.hub);
			const { traceId } = hubMessage(msg);
			const all: PushedSkus = { told: 0, unchanged: 0, waiting: 0, failed: [] };
			// One after the other: combos share their parts.
			for (const erpSku of codes) {
				const pushed = await hub.call<Pushed>(this, "stock.push", { erpSku }, { traceId });
				all.told += pushed.told;
				all.unchanged += pushed.unchanged;
				all.waiting += pushed.waiting;
				all.failed.push(...pushed.failed.map((each) => ({ erpSku, ...each })));
			}
			msg.payload = all;
			return all.failed.length === 0;
		});
	}
	RED.nodes.registerType("stock-push", StockPushNode);
}

/** Each code once, of one SKU or of many. */
function codesIn(payload: unknown): string[] {
	const { erpSku, items = [] } = (payload ?? {}) as { erpSku?: unknown; items?: unknown };
	const rows = Array.isArray(items) ? (items as ({ erpSku?: unknown } | null)[]) : [];
	const codes = [erpSku, ...rows.map((row) => row?.erpSku)];
	return [...new Set(codes.filter((code) => typeof code === "string" && code !== ""))] as string[];
}
