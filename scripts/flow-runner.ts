/** Runs flows of the repository in the real Node-RED, without editor, against stand-ins of the hub's services. */
import { mkdtemp, rm } from "node:fs/promises";
import http from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { ServiceBroker, type ServiceSchema } from "moleculer";
import RED from "node-red";
import type { ConsumerSpec, Delivery, HubEvent } from "../mixins/event.ts";
import { lendBroker } from "../nodes/hub/broker.ts";
import type { FlowNode } from "../services/editor/flow-files.ts";
import { withErpLines } from "../services/order/erp-lines.ts";
import type { Order } from "../services/order/order.ts";

/** What one event meets: the order (and the after-sale) as it stands, the connection's settings, what the ERP answers. */
export interface Situation {
	subject: string;
	order: Pick<Order, "_id" | "lines"> & Record<string, unknown>;
	aftersale: { _id: string; [field: string]: unknown } | null; // null: the event is of the order
	settings: Record<string, string>;
	push: Record<string, unknown>;
	attempt: number;
}

/** What the flow did about it. */
export interface Happened {
	pushes: Record<string, unknown>[]; // the params of erp.push
	settled: "ack" | "fail" | "park" | "nothing"; // nothing: not within the time limit
	reason: string;
}

export interface FlowRunner {
	/** Sends one event to the entries of a tab and waits until the flow settled it. */
	run(tabId: string, situation: Situation): Promise<Happened>;
	close(): Promise<void>;
}

const limitMs = 10_000;
const entryTypes = ["order-in", "aftersale-in"];

/** One per process, as Node-RED is. */
export async function startFlowRunner(flows: FlowNode[]): Promise<FlowRunner> {
	const waiting = new Map<string, Delivery[]>(); // by consumer
	let situation: Situation | undefined;
	let happened: Happened = { pushes: [], settled: "nothing", reason: "" };
	let settled = Promise.withResolvers<void>();

	const settle = (how: Happened["settled"], reason = ""): void => {
		// A parked event is acknowledged afterwards: the first word counts.
		if (happened.settled === "nothing") Object.assign(happened, { settled: how, reason });
		settled.resolve();
	};
	const standIns: ServiceSchema[] = [
		{
			name: "event",
			actions: {
				subscribe: () => undefined,
				working: () => undefined,
				async fetch({ params: { spec, waitMs } }: { params: { spec: ConsumerSpec; waitMs: number } }) {
					const until = Date.now() + waitMs;
					while (!waiting.get(spec.name)?.length && Date.now() < until) await pause(5);
					return waiting.get(spec.name)?.splice(0) ?? [];
				},
				ack: () => settle("ack"),
				fail: ({ params: { reason } }: { params: { reason: string } }) => settle("fail", reason),
				park: ({ params: { reason } }: { params: { reason: string } }) => settle("park", reason),
			},
		},
		{ name: "order", actions: { get: () => situation && withErpLines(situation.order) } },
		{ name: "aftersale", actions: { get: () => situation?.aftersale } },
		{ name: "connection", actions: { get: () => ({ settings: situation?.settings }) } },
		{
			name: "erp",
			actions: {
				push({ params }: { params: Record<string, unknown> }) {
					happened.pushes.push(structuredClone(params));
					return situation?.push;
				},
			},
		},
	];
	const broker = new ServiceBroker({ logger: false });
	for (const schema of standIns) broker.createService(schema);
	await broker.start();
	lendBroker(broker);

	const userDir = await mkdtemp(path.join(tmpdir(), "hub-flows-"));
	const server = http.createServer();
	await startNodeRed(server, userDir, flows);

	return {
		async run(tabId, now) {
			situation = now;
			happened = { pushes: [], settled: "nothing", reason: "" };
			settled = Promise.withResolvers();
			const entries = flows.filter(({ type, z }) => entryTypes.includes(type) && z === tabId);
			if (!entries.length) throw new Error(`the tab ${tabId} has none of ${entryTypes}`);
			for (const { id } of entries) waiting.set(`flow-${id}`, [delivery(now)]);
			await Promise.race([settled.promise, pause(limitMs)]);
			return happened;
		},
		async close() {
			await RED.stop();
			await broker.stop();
			lendBroker(null);
			await rm(userDir, { recursive: true, force: true });
		},
	};
}

let count = 0;

function delivery({ subject, order, aftersale, attempt }: Situation): Delivery {
	count += 1;
	const { _id: orderId, version = 1 } = order;
	const about = aftersale ? { aftersaleId: aftersale._id, aftersale } : { order };
	const event: HubEvent = {
		id: `case-${count}`,
		subject,
		at: new Date().toISOString(),
		traceId: `case-${count}`,
		body: { orderId, version, ...about },
	};
	return { token: event.id, attempt, event };
}

async function startNodeRed(server: http.Server, userDir: string, flows: FlowNode[]): Promise<void> {
	const nothing = async (): Promise<object> => ({});
	const storageModule = {
		init: nothing,
		getFlows: async () => flows,
		saveFlows: nothing,
		getCredentials: nothing,
		saveCredentials: nothing,
		getSettings: nothing,
		saveSettings: nothing,
		getLibraryEntry: nothing,
		saveLibraryEntry: nothing,
	};
	RED.init(server, {
		userDir,
		storageModule,
		nodesDir: [path.resolve(import.meta.dirname, "../nodes")],
		credentialSecret: "cases",
		logging: { console: { level: "off" } },
		telemetry: { enabled: false, updateNotification: false },
		disableEditor: true,
		functionTimeout: 5,
		globalFunctionTimeout: 5,
	} as never);
	const started = new Promise((resolve) => RED.events.once("flows:started", resolve));
	await RED.start();
	await started;
}
