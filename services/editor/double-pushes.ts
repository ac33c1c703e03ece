/** Flows that would bring the same orders to two ERPs, each of which would deliver them. Pure. */
import { errorTypes } from "../../config/errors.ts";
import { subjectsOf } from "../../nodes/order-in/entry.ts";
import { activeNodes } from "./active-nodes.ts";
import type { FlowNode } from "./flow-files.ts";
import { placeOf } from "./place.ts";
import { reachedFrom } from "./reached.ts";

/** Where orders come into a flow, and a connection that they reach as order documents. */
export interface OrderRow {
	place: string; // of the entry: `tab › node`
	connection: string; // its id in the hub
}

interface Entry {
	place: string;
	shopId: string; // "": every shop
	connections: string[];
}

/** Pairs of active entries with orders of the same shops that reach different connections. */
export function doublePushes(flows: readonly FlowNode[]): [OrderRow, OrderRow][] {
	const active = activeNodes(flows);
	const entries = active.filter(takesReadyOrders).map((node): Entry => {
		const connections = reachedFrom(active, node)
			.filter(isOrderPush)
			.map((push) => connectionOf(flows, push));
		return { place: placeOf(flows, node), shopId: text(node.shopId), connections: [...new Set(connections)] };
	});
	return entries.flatMap((entry, at) =>
		entries.slice(at + 1).flatMap((other): [OrderRow, OrderRow][] => {
			const pair = shareShops(entry, other) && differing(entry.connections, other.connections);
			if (!pair) return [];
			const [one, another] = pair;
			return [
				[
					{ place: entry.place, connection: one },
					{ place: other.place, connection: another },
				],
			];
		}),
	);
}

/** For the author of the flow, in lines. */
export const doubleWords = (pairs: readonly [OrderRow, OrderRow][]): { zh: string; en: string } => {
	const { zh, en } = errorTypes.ORDERS_TWICE;
	const lines = pairs.map((rows) => rows.map(({ place, connection }) => `${place} (${connection})`).join(" + "));
	return { zh: [zh, ...lines].join("\n"), en: [en, ...lines].join("\n") };
};

function takesReadyOrders(node: FlowNode): boolean {
	if (node.type !== "order-in" && node.type !== "event-in") return false;
	const subjects = subjectsOf({ subjects: text(node.subjects), others: text(node.others) });
	return subjects.some((subject) => subject === "hub.order.ready" || subject === "hub.order.*");
}

// Without a kind in flows of before there were others.
const isOrderPush = ({ type, kind }: FlowNode): boolean => type === "erp-push" && (kind ?? "order") === "order";

/** Two configuration nodes may be of one connection. */
function connectionOf(flows: readonly FlowNode[], { connection }: FlowNode): string {
	const config = flows.find(({ id }) => id === connection);
	return text(config?.connectionId) || text(connection);
}

const shareShops = ({ shopId: one }: Entry, { shopId: another }: Entry): boolean => !one || !another || one === another;

function differing(some: readonly string[], others: readonly string[]): [string, string] | undefined {
	for (const one of some) {
		const another = others.find((each) => each !== one);
		if (another) return [one, another];
	}
	return undefined;
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");
