/** Runs one revision over orders, inside the closed process. */
import { Mapper } from "../../../nodes/jsonata-map/mapper.ts";
import type { PushKind } from "../../erp/driver.ts";
import { withErpLines } from "../../order/erp-lines.ts";
import type { FlowRunner } from "./flow-runner.ts";
import { judged } from "./judged.ts";
import type { Connections, Made, Plan, StoredOrder } from "./plan.ts";

export interface Runner {
	make(order: StoredOrder): Promise<Made>;
}

/** @throws Error when Node-RED does not start with the flows */
export async function startRevision({ revision, connections, limitMs, functionSec }: Plan): Promise<Runner> {
	if ("mapping" in revision) return mappingAlone(revision.mapping, connections);
	const settingsOf = (id: string): Record<string, string> => connections[id]?.settings ?? {};
	const { entryTypes, startFlowRunner } = await import("./flow-runner.ts"); // a mapping alone needs no Node-RED
	// All orders of a batch are in the flow at once: none waits its time away at the entry.
	const flows = revision.flows.map((node) =>
		entryTypes.includes(node.type) ? { ...node, concurrency: mostAtOnce } : node,
	);
	const runner = await startFlowRunner(flows, { settingsOf, limitMs, functionSec });
	return { make: (order) => makeByFlow(runner, revision, connections, order) };
}

const mostAtOnce = 200;

const unsettled = "the flow did not settle the event in time";

/** Reads change nothing: they are no deeds. */
const reads = new Set(["order.get", "aftersale.get", "order.list", "order.reveal", "erp.verify"]);

async function makeByFlow(
	runner: FlowRunner,
	{ tabId, subject }: { tabId: string; subject: string },
	connections: Connections,
	order: StoredOrder,
): Promise<Made> {
	const push = { pushId: "dry-run", state: "OK", docNo: "dry-run", reason: "" };
	const { pushes, calls, settled, reason } = await runner.run(tabId, {
		subject,
		order: asTold(subject, order),
		aftersale: null,
		push,
		attempt: 1,
	});
	const documents = pushes.map(({ kind = "order", connectionId, document }) =>
		judged({ kind: kind as PushKind, connectionId: String(connectionId), document }, connections),
	);
	return {
		documents,
		deeds: calls.filter(({ action }) => action !== "erp.push" && !reads.has(action)),
		outcome: settled,
		reason: settled === "nothing" ? unsettled : reason,
	};
}

/** A ready order is one that the ERP has not got, and nothing holds, whatever became of it since. */
const asTold = (subject: string, order: StoredOrder): StoredOrder =>
	subject === "hub.order.ready"
		? { ...order, ready: true, holds: [], erp: { ...(order.erp as object), state: "NONE" } }
		: order;

function mappingAlone(
	{ source, kind, connectionId }: { source: string; kind: PushKind; connectionId: string },
	connections: Connections,
): Runner {
	const mapper = new Mapper();
	const cfg = connections[connectionId]?.settings ?? {};
	return {
		make: (order) =>
			mapper.run(source, { order: withErpLines(order), cfg }).then(
				(document): Made => ({
					documents: [judged({ kind, connectionId, document }, connections)],
					deeds: [],
					outcome: "ack",
					reason: "",
				}),
				(err: Error): Made => ({ documents: [], deeds: [], outcome: "fail", reason: err.message }),
			),
	};
}
