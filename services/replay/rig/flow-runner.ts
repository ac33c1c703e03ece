/**
 * Runs flows in the real Node-RED, without editor, against stand-ins of the hub's actions: for golden cases and for dry
 * runs. Many events may be in the flows at once.
 */
import { once } from "node:events";
import { type Context, ServiceBroker } from "moleculer";
import type { ConsumerSpec, HubEvent } from "../../../mixins/event.ts";
import { lendBroker } from "../../../nodes/hub/broker.ts";
import type { FlowNode } from "../../editor/flow-files.ts";
import { subjectMatcher } from "../../event/subjects.ts";
import { Deliveries } from "./deliveries.ts";
import { watchMessages } from "./messages.ts";
import { startNodeRed } from "./node-red.ts";
import { answerOf, type Situation, standIns } from "./stand-ins.ts";

/** What the flow did about one event. */
export interface Happened {
	pushes: Record<string, unknown>[]; // the params of erp.push
	calls: { action: string; params: Record<string, unknown> }[]; // of every action, erp.push among them
	/**
	 * fail: it comes again · park: it waits for a person, after the last attempt too · done: nothing to settle, the flow
	 * began by itself · nothing: not within the time limit, or no entry takes the event.
	 */
	settled: "ack" | "fail" | "park" | "done" | "nothing";
	reason: string;
}

export interface RunnerOptions {
	/** What mappings see as `cfg` with a connection. Nodes keep it for a few seconds. */
	settingsOf(connectionId: string): Record<string, string>;
	limitMs: number; // an event is given up after so long
	functionSec: number; // and a loop in a function node after so long
}

export interface FlowRunner {
	/** Sends one event to those entries of a tab that take its subject, and waits until the flow settled it. */
	run(tabId: string, situation: Situation): Promise<Happened>;
	/** Presses the button of an inject node, whose clock says `at`, and waits until nothing is under way. */
	press(nodeId: string, at: Date, situation: Situation): Promise<Happened>;
	/** The wires that messages took so far. */
	readonly wires: ReadonlySet<string>;
	close(): Promise<void>;
}

/** One event on its way through the flows. */
interface Run {
	readonly id: string; // also the event's and the trace's, by which the nodes' calls are told apart
	readonly situation: Situation;
	readonly happened: Happened;
	open: number; // entries that have not settled it
	end(): void;
}

type Call = Context<Record<string, unknown>, { traceId?: string }>;

/** One per process, as Node-RED is. */
export async function startFlowRunner(flows: readonly FlowNode[], options: RunnerOptions): Promise<FlowRunner> {
	const deliveries = new Deliveries();
	const runs = new Map<string, Run>();
	let count = 0;

	const settle = (run: Run | undefined, how: Happened["settled"], reason = ""): void => {
		if (!run) return; // given up meanwhile
		// A parked event is acknowledged afterwards, and of several entries the worst off counts.
		const { happened } = run;
		if (happened.settled === "nothing" || happened.settled === "ack") Object.assign(happened, { settled: how, reason });
		run.open -= 1;
		if (run.open <= 0) run.end();
	};

	const runOf = ({ meta: { traceId = "" } }: Call): Run => {
		// Alone, it is also the one whose trace a flow lost.
		const run = runs.get(traceId) ?? (runs.size === 1 ? [...runs.values()][0] : undefined);
		if (!run) throw new Error("called without the trace of an event");
		return run;
	};
	const standIn = (action: string) => (ctx: Call) => {
		const { situation, happened } = runOf(ctx);
		const params = structuredClone(ctx.params);
		happened.calls.push({ action, params });
		if (action === "erp.push") happened.pushes.push(params);
		return answerOf(action, situation);
	};

	const broker = new ServiceBroker({ logger: false });
	for (const [name, actions] of Map.groupBy(Object.keys(standIns), (action) => action.slice(0, action.indexOf(".")))) {
		const handlers = actions.map((action) => [action.slice(name.length + 1), standIn(action)]);
		broker.createService({ name, actions: Object.fromEntries(handlers) });
	}
	// Each entry has its own delivery: `<run>@<entry>`.
	const byToken = ({ token }: { token: string }): Run | undefined => runs.get(token.slice(0, token.indexOf("@")));
	broker.createService({
		name: "connection",
		actions: { get: ({ params: { id } }: Context<{ id: string }>) => ({ settings: options.settingsOf(id) }) },
	});
	broker.createService({
		name: "event",
		actions: {
			subscribe: () => undefined,
			working: () => undefined,
			fetch: ({ params: { spec, max, waitMs } }: Context<{ spec: ConsumerSpec; max: number; waitMs: number }>) =>
				deliveries.take(spec.name, max, waitMs),
			ack: ({ params }: Context<{ token: string }>) => settle(byToken(params), "ack"),
			fail({ params }: Context<{ token: string; spec: ConsumerSpec; reason: string }>) {
				const run = byToken(params);
				const isLast = run !== undefined && run.situation.attempt >= params.spec.maxAttempts;
				settle(run, isLast ? "park" : "fail", params.reason);
			},
			park({ params: { id, reason } }: Context<{ id: string; reason: string }>) {
				const run = runs.get(id);
				if (run) Object.assign(run.happened, { settled: "park", reason });
			},
		},
	});
	await broker.start();
	lendBroker(broker);
	const stopNodeRed = await startNodeRed(flows, options.functionSec);
	const messages = watchMessages();

	return {
		wires: messages.wires,
		async run(tabId, situation) {
			const entries = entriesOf(flows, tabId, situation.subject);
			const { promise, resolve: end } = Promise.withResolvers<void>();
			count += 1;
			const happened: Happened = { pushes: [], calls: [], settled: "nothing", reason: "" };
			const run: Run = { id: `run-${count}`, situation, happened, open: entries.length, end };
			runs.set(run.id, run);
			const timer = setTimeout(() => {
				Object.assign(happened, { settled: "nothing", reason: "" });
				end();
			}, options.limitMs);
			const event = eventOf(run);
			for (const { id } of entries) {
				const consumer = `flow-${id.replaceAll(/[^\w-]/g, "_")}`; // as entry.ts names it
				deliveries.put(consumer, { token: `${run.id}@${id}`, attempt: situation.attempt, event });
			}
			if (!entries.length) end();
			await promise;
			clearTimeout(timer);
			runs.delete(run.id);
			return happened;
		},
		async press(nodeId, at, situation) {
			count += 1;
			const happened: Happened = { pushes: [], calls: [], settled: "nothing", reason: "" };
			const run: Run = { id: `run-${count}`, situation, happened, open: 0, end: () => undefined };
			runs.set(run.id, run);
			const timer = AbortSignal.timeout(options.limitMs);
			await Promise.race([messages.press(nodeId, at), once(timer, "abort")]);
			runs.delete(run.id);
			return { ...happened, settled: timer.aborted ? "nothing" : "done" };
		},
		async close() {
			messages.stop();
			await stopNodeRed();
			await broker.stop();
			lendBroker(null);
		},
	};
}

/** Nodes that bring events in. */
export const entryTypes = ["order-in", "aftersale-in", "event-in"];

/** The nodes of a tab that bring in events of this subject. */
const entriesOf = (flows: readonly FlowNode[], tabId: string, subject: string): FlowNode[] =>
	flows.filter(({ type, z, d, subjects }) => {
		if (!entryTypes.includes(type) || z !== tabId || d) return false;
		return subjectMatcher(
			String(subjects)
				.split(/[\s,]+/)
				.filter(Boolean),
		)(subject);
	});

function eventOf({ id, situation: { subject, order, aftersale, body } }: Run): HubEvent {
	const ofOrder = order && { orderId: order._id, version: order.version ?? 1 };
	const about = aftersale ? { aftersaleId: aftersale._id, aftersale } : order && { order };
	return { id, subject, at: new Date().toISOString(), traceId: id, body: { ...ofOrder, ...about, ...body } };
}
