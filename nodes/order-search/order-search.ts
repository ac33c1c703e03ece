/**
 * order-search: finds orders by its settings, and over them what `msg.payload` says (search.ts). Outputs: 1 `msg.payload` =
 * the orders, or one message an order, with `msg.parts` as a Join node wants them · 2 there are none, `msg.payload` = [].
 */
import type { Node, NodeAPI, NodeDef, NodeMessage } from "node-red";
import type { Page } from "../../mixins/paging.ts";
import type { Order } from "../../services/order/order.ts";
import { hubOf } from "../hub/hub.ts";
import { branchOf, hubMessage, readOf } from "../order-in/deliveries.ts";
import { type Complain, type Search, type SearchSettings, searchOf } from "./search.ts";

interface OrderSearchDef extends NodeDef, SearchSettings {
	hub: string;
	send: "list" | "each";
}

const pageSize = 200; // the most that order.list gives at once

export default function register(RED: NodeAPI): void {
	const complain: Complain = (key, field) => new Error(RED._(`order-search.error.${key}`, { field }));

	function OrderSearchNode(this: Node, def: OrderSearchDef): void {
		RED.nodes.createNode(this, def);

		const found = async ({ query, most }: Search, traceId: string | undefined): Promise<Order[]> => {
			const services = hubOf(RED, def.hub);
			const orders: Order[] = [];
			let cursor: string | null = null;
			do {
				const page: Record<string, unknown> = { ...query, limit: Math.min(pageSize, most - orders.length) };
				if (cursor) page.cursor = cursor;
				const { items, nextCursor } = await services.call<Page<Order>>(this, "order.list", page, { traceId });
				orders.push(...items);
				cursor = nextCursor;
			} while (cursor && orders.length < most);
			return orders;
		};

		/** Each with an id of its own: what goes on with one order must not be taken for another's. */
		const oneByOne = (msg: NodeMessage, orders: readonly Order[]): NodeMessage[] => {
			const { parts: outer } = msg as { parts?: object };
			const group = { id: RED.util.generateId(), type: "array", len: 1, count: orders.length };
			return orders.map((order, index) => {
				const _msgid = RED.util.generateId();
				const parts = { ...group, index, ...(outer && { parts: outer }) };
				const hub = branchOf(msg, _msgid, readOf(order));
				return { ...RED.util.cloneMessage({ ...msg, payload: null }), _msgid, payload: order, parts, hub };
			});
		};

		this.on("input", async (msg, send, done) => {
			try {
				this.status({ fill: "blue", shape: "dot", text: "order-search.status.searching" });
				const search = searchOf(def, msg.payload, new Date(), complain);
				const orders = await found(search, hubMessage(msg).traceId);
				this.status({ fill: "green", shape: orders.length ? "dot" : "ring", text: `${orders.length}` });
				if (orders.length && def.send === "each") for (const each of oneByOne(msg, orders)) send([each, null]);
				else {
					msg.payload = orders;
					send(orders.length ? [msg, null] : [null, msg]);
				}
				done();
			} catch (err) {
				this.status({ fill: "red", shape: "ring", text: "order-search.status.failed" });
				done(err as Error);
			}
		});
	}
	RED.nodes.registerType("order-search", OrderSearchNode);
}
