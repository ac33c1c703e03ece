/** What /metrics answers: how things stand in the store, and what each process counted by itself. */
import type { ServiceBroker } from "moleculer";
import { Gauge, Registry } from "prom-client";
import type { Figure } from "../../mixins/figure.ts";
import { registry } from "../../mixins/registry.ts";
import { merged } from "./exposition.ts";

const patienceMs = 2_000;
/** However many ask, and whoever they are: the store is counted once in this time. */
const freshMs = 5_000;

/** Each answers how things stand, for the whole hub. */
export const sources = [
	"shop.figures",
	"pull.figures",
	"order.figures",
	"event.figures",
	"erp.figures",
	"shipment.figures",
	"alert.figures",
] as const;

/** Returns what gives the text of /metrics. Who is silent is missing in it, and told of by `hub_process_up` and `hub_figures_up`. */
export function gatherer(): (broker: ServiceBroker) => Promise<string> {
	let last: { text: Promise<string>; at: number } | null = null;
	return (broker) => {
		if (!last || Date.now() - last.at > freshMs) last = { text: gather(broker), at: Date.now() };
		return last.text;
	};
}

async function gather(broker: ServiceBroker): Promise<string> {
	const state = new Registry();
	const processUp = new Gauge({
		name: "hub_process_up",
		help: "1: the process told what it counted; 0: it is there and does not answer",
		labelNames: ["process"] as const,
		registers: [state],
	});
	const figuresUp = new Gauge({
		name: "hub_figures_up",
		help: "1: the service told how things stand; 0: it does not answer",
		labelNames: ["service"] as const,
		registers: [state],
	});

	const [processes] = await Promise.all([
		processTexts(broker, (process, up) => processUp.set({ process }, up ? 1 : 0)),
		...sources.map(async (action) => {
			const figures = await broker.call<Figure[], object>(action, {}, { timeout: patienceMs }).catch(() => null);
			figuresUp.set({ service: action.replace(".figures", "") }, figures ? 1 : 0);
			for (const each of figures ?? []) show(each, state);
		}),
	]);
	return merged([await state.metrics(), ...processes]);
}

/** This process's own samples are there whether others answer or not. */
async function processTexts(broker: ServiceBroker, tell: (process: string, up: boolean) => void): Promise<string[]> {
	interface KnownNode {
		id: string;
		services: { name: string }[];
	}
	const nodes = await broker.call<KnownNode[], object>("$node.list", { onlyAvailable: true, withServices: true });
	const others = nodes.filter(
		({ id, services }) => id !== broker.nodeID && services.some(({ name }) => name === "metrics"),
	);
	const texts = await Promise.all(
		others.map(async ({ id: nodeID }) => {
			const options = { nodeID, timeout: patienceMs };
			const told = await broker.call<{ text: string }, object>("metrics.read", {}, options).catch(() => null);
			tell(nodeID, told !== null);
			return told ? [told.text] : [];
		}),
	);
	tell(broker.nodeID, true);
	return [await registry.metrics(), ...texts.flat()];
}

function show({ name, help, samples }: Figure, state: Registry): void {
	const labelNames = [...new Set(samples.flatMap(({ labels }) => Object.keys(labels)))];
	const gauge = new Gauge({ name, help, labelNames, registers: [state] });
	for (const { labels, value } of samples) gauge.set(labels, value);
}
