/**
 * The deliveries that flows have in hand. `order-in` and its like open them; `ack`, `park`, an uncaught error or time settles them,
 * the first one only. A message finds its delivery by `msg.hub`, or by `_msgid` when a function node dropped `msg.hub`.
 */
import type { NodeMessage } from "node-red";
import { isPassing } from "../../config/outage.ts";
import { GivenBack } from "../../mixins/consumer-loop.ts";
import type { Delivery } from "../../mixins/event.ts";
import type { Order } from "../../services/order/order.ts";

/** What a node that brings events in tells a flow about the message, and what other nodes go by. */
export interface HubMessage {
	delivery: string;
	eventId: string;
	orderId: string; // "" where the event is about no order, as shopId and platform are
	shopId: string;
	platform: string;
	traceId: string;
	attempt: number; // 1 for the first
	revision?: number; // of the document the ERP is to get: rises when it gave one back
	aftersaleId?: string; // where the message is about an after-sale
	fence?: number; // of the order as `order-get` read it, or the after-sale's version: what is pushed was made of that
	flow: string;
}

export interface OpenDelivery {
	readonly delivery: Delivery;
	readonly consumer: string; // the durable consumer that took it
	readonly hub: HubMessage;
	readonly messages: Set<string>; // ids of the messages it is found by
	/** What a node of the flow failed with. Were it something that passes, the event is not parked for it. */
	failed(err: unknown): void;
	/** `null`: the event has had its effect. An error brings it back later. A second call does nothing. */
	settle(err: Error | null): void;
}

const byToken = new Map<string, OpenDelivery>();
/** `hub`: what is known of that very message, which may be one of many that an event was split into. */
const byMessage = new Map<string, { open: OpenDelivery; hub: HubMessage }>();

/**
 * Opens a delivery for the message `messageId`.
 * @returns the delivery, and what resolves or rejects when it is settled: it rejects by itself after `timeoutMs`.
 */
export function openDelivery(
	taken: Omit<OpenDelivery, "messages" | "failed" | "settle">,
	messageId: string,
	timeoutMs: number,
): { open: OpenDelivery; settled: Promise<void> } {
	const { promise: settled, resolve, reject } = Promise.withResolvers<void>();
	const late = new Error(`the flow did not settle the event within ${timeoutMs / 1_000} s`);
	const timer = setTimeout(() => open.settle(late), timeoutMs);
	const { token } = taken.delivery;
	let cause: unknown;
	const open: OpenDelivery = {
		...taken,
		messages: new Set([messageId]),
		failed(err) {
			cause = err;
		},
		settle(err) {
			clearTimeout(timer);
			byToken.delete(token);
			for (const id of open.messages) byMessage.delete(id);
			if (!err) resolve();
			else reject(isPassing(cause) ? new GivenBack(err.message) : err);
		},
	};
	byToken.set(token, open);
	byMessage.set(messageId, { open, hub: open.hub });
	return { open, settled };
}

/** `undefined`: no event brought the message, or its delivery is settled already. */
export function deliveryOf(msg: NodeMessage): OpenDelivery | undefined {
	const token = (msg.hub as Partial<HubMessage> | undefined)?.delivery;
	return token === undefined ? byMessage.get(msg._msgid ?? "")?.open : byToken.get(token);
}

/** `msg.hub`, brought back from the delivery when a function node dropped it; empty for other messages. */
export const hubMessage = (msg: NodeMessage): Partial<HubMessage> =>
	(msg.hub as HubMessage | undefined) ?? byMessage.get(msg._msgid ?? "")?.hub ?? {};

/** Which order a message is about: `msg.hub.orderId`, or `msg.payload.orderId` for a trial by hand. */
export const orderIdOf = (msg: NodeMessage): string | undefined =>
	hubMessage(msg).orderId || (msg.payload as { orderId?: string } | null | undefined)?.orderId;

/** What a node read of the message's order or after-sale goes on with it, even where a function node drops `msg.hub`. */
export function noteRead(msg: NodeMessage, read: Partial<HubMessage>): void {
	msg.hub = { ...hubMessage(msg), ...read };
	const known = byMessage.get(msg._msgid ?? "") ?? deliveryOf(msg);
	if (known) Object.assign(known.hub, read);
}

/** What goes on with a message whose payload is this order: a push made of it goes by its fence. */
export function readOf({ _id: orderId, shopId, platform, fence, erp }: Order): Partial<HubMessage> {
	return { orderId, shopId, platform, fence, revision: erp.revision };
}

/** A message of its own, out of the same delivery and about something else: `messageId` and what it returns are its own. */
export function branchOf(msg: NodeMessage, messageId: string, read: Partial<HubMessage>): Partial<HubMessage> {
	const hub = { ...hubMessage(msg), ...read };
	const open = deliveryOf(msg);
	if (open) {
		open.messages.add(messageId);
		byMessage.set(messageId, { open, hub: { ...open.hub, ...hub } });
	}
	return hub;
}
