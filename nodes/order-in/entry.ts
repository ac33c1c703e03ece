/**
 * What brings events into a flow: each is sent once it is due, as `msg.payload` = the event's body and `msg.hub` =
 * HubMessage. At most `concurrency` messages are in the flow. Each is settled by `ack`, `park`, an error, or after
 * `timeoutSec`.
 */
import type { Node, NodeAPI, NodeDef } from "node-red";
import { type ConsumerLoop, GivenBack, startConsumer } from "../../mixins/consumer-loop.ts";
import type { ConsumerSpec, Delivery } from "../../mixins/event.ts";
import { hubBroker } from "../hub/broker.ts";
import { flowName } from "../hub/flow-name.ts";
import { type HubMessage, type OpenDelivery, openDelivery } from "./deliveries.ts";
import { failOnUncaught } from "./uncaught.ts";

interface EntryDef extends NodeDef {
	subjects: string; // separated by commas or spaces
	shopId: string; // "": every shop
	concurrency: string | number;
	timeoutSec: string | number;
}

/** What the hub's events have in their body: of an order, or of an after-sale of it. */
interface EventBody {
	orderId?: string;
	aftersaleId?: string;
	order?: { shopId?: string; platform?: string };
	aftersale?: { shopId?: string; platform?: string };
}

/** So many events come with one fetch at most. */
const most = 200;

/** `type`: the name of the node, under which its texts stand too. */
export function registerEntry(RED: NodeAPI, type: "order-in" | "aftersale-in"): void {
	function EntryNode(this: Node, def: EntryDef): void {
		RED.nodes.createNode(this, def);
		const inFlow = new Set<OpenDelivery>();
		let closing = false;

		const spec: ConsumerSpec = {
			// The same node goes on where it stopped, after a restart too.
			name: `flow-${this.id.replaceAll(/[^\w-]/g, "_")}`,
			subjects: def.subjects.split(/[\s,]+/).filter(Boolean),
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
			const { orderId = "", aftersaleId, order, aftersale } = event.body as EventBody;
			const { shopId = "", platform = "" } = order ?? aftersale ?? {};
			if (def.shopId && def.shopId !== shopId) return; // another shop's: nothing to do for this flow
			const hub: HubMessage = {
				delivery: token,
				eventId: event.id,
				orderId,
				...(aftersaleId && { aftersaleId }),
				shopId,
				platform,
				traceId: event.traceId,
				attempt,
				flow: flowName(RED, this),
			};
			const messageId = RED.util.generateId();
			const { open, settled } = openDelivery({ delivery, hub, consumer: spec.name }, messageId, timeoutMs);
			inFlow.add(open);
			if (inFlow.size === 1) showState();
			try {
				this.send({ _msgid: messageId, topic: event.subject, payload: event.body, hub });
				await settled;
			} finally {
				inFlow.delete(open);
				if (inFlow.size === 0 && !closing) showState();
			}
		};

		let loop: ConsumerLoop | undefined;
		const stopWatching = failOnUncaught(RED);
		// Only when every node of the flow is there to receive.
		const begin = (): void => {
			loop ??= startConsumer({ broker: hubBroker(), spec, concurrency, handle });
			showState();
		};
		RED.events.once("flows:started", begin);

		this.on("close", (done: () => void) => {
			closing = true;
			RED.events.off("flows:started", begin);
			for (const open of inFlow) open.settle(new GivenBack("the flow is being redeployed"));
			stopWatching();
			if (loop) loop.stop().then(done, done);
			else done();
		});
	}
	RED.nodes.registerType(type, EntryNode);
}
