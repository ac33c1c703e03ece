/** Node-RED's runtime for the tests of nodes: real message passing, nodes given as functions, no editor. */
import { createRequire } from "node:module";
import type { ServiceBroker } from "moleculer";
import type { Node, NodeAPI, NodeMessage } from "node-red";
import helper from "node-red-node-test-helper";
import erpConnection from "./erp-connection/erp-connection.ts";
import { lendBroker } from "./hub/broker.ts";
import hub from "./hub/hub.ts";

const require = createRequire(import.meta.url);
helper.init(require.resolve("node-red"));

/** What nearly every flow of a test has: a tab, a hub, a connection. */
export const common = [
	{ id: "tab", type: "tab", label: "test" },
	{ id: "the-hub", type: "hub" },
	{ id: "the-erp", type: "erp-connection", connectionId: "erp-1" },
];

/** How long to wait for what a worker or the store has a part in: as long as it takes on a busy machine. */
export const within = { timeout: 15_000, interval: 20 };

type Register = (RED: NodeAPI) => void;

// The helper builds the API it hands to nodes by itself and leaves the hooks out.
const { hooks } = require("@node-red/util") as Pick<NodeAPI, "hooks">;
const withHooks =
	(register: Register): Register =>
	(RED) =>
		register(Object.assign(RED, { hooks }));

/** Starts a flow; the configuration nodes are there already. */
export async function startFlow(broker: ServiceBroker, nodes: Register[], flow: object[]): Promise<void> {
	lendBroker(broker);
	await helper.load([hub, erpConnection, ...nodes].map(withHooks), [
		...common,
		...flow.map((node) => ({ z: "tab", x: 1, y: 1, wires: [], ...node })),
	]);
}

export async function stopFlow(): Promise<void> {
	await helper.unload();
	lendBroker(null);
}

export const nodeOf = (id: string): Node => helper.getNode(id);

/** Everything that arrives at a node of type "helper", from now on. */
export function arrivals(id: string): NodeMessage[] {
	const messages: NodeMessage[] = [];
	nodeOf(id).on("input", (msg) => messages.push(msg));
	return messages;
}

/** Texts of the node's status, newest last. */
export function statusesOf(id: string): string[] {
	const texts: string[] = [];
	(nodeOf(id) as unknown as NodeJS.EventEmitter).on("call:status", ({ args }: { args: [{ text?: string }] }) =>
		texts.push(args[0].text ?? ""),
	);
	return texts;
}
