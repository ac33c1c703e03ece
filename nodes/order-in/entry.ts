/**
 * What brings events into a flow: each is sent once it is due, as `msg.payload` = the event's body and `msg.hub` =
 * HubMessage. At most `concurrency` messages are in the flow. Each is settled by `ack`, `park`, an error, or after
 * `timeoutSec`.
 */
import type { Node, NodeAPI, NodeDef } from "node-red";
import { type ConsumerLoop, GivenBack, startConsumer } from "../../mixins/consumer-loop.ts";
import type { ConsumerSpec, Delivery } from "../../mixins/event.ts";
import { spanned } from "../../mixins/spans.ts";
import { underTrace } from "../../mixins/trace.ts";
import { orderIdParts } from "../../services/order/order.ts";
import { hubBroker } from "../hub/broker.ts";
import { flowName } from "../hub/flow-name.ts";
import { type HubMessage, type OpenDelivery, openDelivery } from "./deliveries.ts";
import { failOnUncaught } from "./uncaught.ts";

interface EntryDef extends NodeDef {
	subjects: string; // separated by commas or spaces
	others?: string; // more of them, where `subjects` are chosen from a list
	shopId: string; // "": every shop
	concurrency: string | number;
	timeoutSec: string | number;
}

interface OfShop {
	shopId?: string;
	platform?: string;
}

/** What the hub's events have in their body, as far as they are about an order, an after-sale or a shop at all. */
interface EventBody extends OfShop {
	orderId?: string;
	aftersaleId?: string;
	order?: OfShop;
	aftersale?: OfShop;
	ref?: OfShop & { orderId?: string; aftersaleId?: string }; // of an alert
}

type About = Pick<HubMessage, "orderId" | "shopId" | "platform" | "aftersaleId">;

/** So many events come with one fetch at most. */
const most = 200;

/** `type`: the name of the node, under which its texts stand too. */
export function registerEntry(RED: NodeAPI, type: "order-in" | "aftersale-in" | "event-in"): void {
	// One listener for all of them: an emitter warns of many.
	const waiting = new Set<() => void>();
	RED.events.on("flows:started", () => {
		for (const begin of waiting) begin();
		waiting.clear();
	});

	function EntryNode(this: Node, def: EntryDef): void {
		RED.nodes.createNode(this, def);
		const inFlow = new Set<OpenDelivery>();
		let closing = false;

		const spec: ConsumerSpec = {
			// The same node goes on where it stopped, after a restart too.
			name: `flow-${this.id.replaceAll(/[^\w-]/g, "_")}`,
			subjects: subjectsOf(def),
			ackWaitMs: 15_000, // short, so that a killed editor's messages come again soon; the loop renews it
			maxAttempts: 8,
			backoffMs: [500, 2_000, 5_000, 15_000, 60_000],
		};
		const concurrency = Math.min(Math.max(Number(def.concurrency) || 16, 1), most);
		const timeoutMs = (Number(def.timeoutSec) || 60) * 1_000;

		const showState = (): void => {
			const text = `${type}.status.${inFlow.size ? "working" : "waiting"}`;
			this.status({ fill: inFlow.size ? "blue" : "green", shape: inFlow.size ? "dot" : "ring", text });
		};

		const handle = async (delivery: Delivery): Promise<void> => {
			if (closing) throw new GivenBack("the flow is being redeployed");
			const { event, token, attempt } = delivery;
			const about = aboutOf(event.body);
			if (def.shopId && def.shopId !== about.shopId) return; // another shop's: nothing to do for this flow
			const hub: HubMessage = {
				delivery: token,
				eventId: event.id,
				...about,
				traceId: event.traceId,
				attempt,
				flow: flowName(RED, this),
			};
			const messageId = RED.util.generateId();
			const { open, settled } = openDelivery({ delivery, hub, consumer: spec.name }, messageId, timeoutMs);
			inFlow.add(open);
			if (inFlow.size === 1) showState();
			const startedMs = Date.now();
			try {
				const { flow, orderId, traceId } = hub;
				// Nodes that know nothing of traces stay in it too.
				await underTrace(traceId, () =>
					spanned({ name: `flow ${flow}`, kind: "consumer", attributes: { subject: event.subject } }, () => {
						this.send({ _msgid: messageId, topic: event.subject, payload: event.body, hub });
						return settled;
					}),
				);
				const facts = { flow, subject: event.subject, orderId, attempt, ms: Date.now() - startedMs, traceId };
				hubBroker().getLogger("flow").info("event went through a flow", facts);
			} finally {
				inFlow.delete(open);
				if (inFlow.size === 0 && !closing) showState();
			}
		};

		let loop: ConsumerLoop | undefined;
		const stopWatching = failOnUncaught(RED);
		// Only when every node of the flow is there to receive.
		const begin = (): void => {
			loop = startConsumer({ broker: hubBroker(), spec, concurrency, handle });
			showState();
		};
		waiting.add(begin);

		this.on("close", (done: () => void) => {
			closing = true;
			waiting.delete(begin);
			for (const open of inFlow) open.settle(new GivenBack("the flow is being redeployed"));
			stopWatching();
			if (loop) loop.stop().then(done, done);
			else done();
		});
	}
	RED.nodes.registerType(type, EntryNode);
}

/** What the node listens to: exact subjects, or `hub.order.*` for every verb. */
export const subjectsOf = ({ subjects, others = "" }: Pick<EntryDef, "subjects" | "others">): string[] =>
	`${subjects},${others}`.split(/[\s,]+/).filter(Boolean);

/** What an event is about; "" where it is about no order or no shop. */
function aboutOf(body: EventBody): About {
	const { order, aftersale, ref } = body;
	const orderId = body.orderId ?? ref?.orderId ?? "";
	const aftersaleId = body.aftersaleId ?? ref?.aftersaleId;
	const told: (OfShop | undefined)[] = [order, aftersale, body, ref, orderIdParts(orderId)];
	const first = (field: keyof OfShop): string => told.map((each) => each?.[field]).find(Boolean) ?? "";
	return { orderId, ...(aftersaleId && { aftersaleId }), shopId: first("shopId"), platform: first("platform") };
}
