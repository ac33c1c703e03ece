/**
 * The deliveries that flows have in hand. `order-in` opens them; `ack`, `park`, an uncaught error or time settles them,
 * the first one only. A message finds its delivery by `msg.hub`, or by `_msgid` when a function node dropped `msg.hub`.
 */
import type { NodeMessage } from "node-red";
import { isPassing } from "../../config/outage.ts";
import { GivenBack } from "../../mixins/consumer-loop.ts";
import type { Delivery } from "../../mixins/event.ts";

/** What `order-in` tells a flow about the message, and what other nodes go by. */
export interface HubMessage {
	delivery: string;
	eventId: string;
	orderId: string;
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
	/** What a node of the flow failed with. Were it something that passes, the event is not parked for it. */
	failed(err: unknown): void;
	/** `null`: the event has had its effect. An error brings it back later. A second call does nothing. */
	settle(err: Error | null): void;
}

const byToken = new Map<string, OpenDelivery>();
const tokenByMessage = new Map<string, string>();

/**
 * Opens a delivery for the message `messageId`.
 * @returns the delivery, and what resolves or rejects when it is settled: it rejects by itself after `timeoutMs`.
 */
export function openDelivery(
	taken: Omit<OpenDelivery, "failed" | "settle">,
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
		failed(err) {
			cause = err;
		},
		settle(err) {
			clearTimeout(timer);
			byToken.delete(token);
			tokenByMessage.delete(messageId);
			if (!err) resolve();
			else reject(isPassing(cause) ? new GivenBack(err.message) : err);
		},
	};
	byToken.set(token, open);
	tokenByMessage.set(messageId, token);
	return { open, settled };
}

/** `undefined`: the message came by another way than `order-in`, or its delivery is settled already. */
export function deliveryOf(msg: NodeMessage): OpenDelivery | undefined {
	const token = (msg.hub as Partial<HubMessage> | undefined)?.delivery ?? tokenByMessage.get(msg._msgid ?? "");
	return token === undefined ? undefined : byToken.get(token);
}

/** `msg.hub`, brought back from the delivery when a function node dropped it; empty for other messages. */
export const hubMessage = (msg: NodeMessage): Partial<HubMessage> =>
	(msg.hub as HubMessage | undefined) ?? deliveryOf(msg)?.hub ?? {};

/** What a node read of the message's order or after-sale goes on with it, even where a function node drops `msg.hub`. */
export function noteRead(msg: NodeMessage, read: Partial<HubMessage>): void {
	msg.hub = { ...hubMessage(msg), ...read };
	const open = deliveryOf(msg);
	if (open) Object.assign(open.hub, read);
}
