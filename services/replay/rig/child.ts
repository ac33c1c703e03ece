/**
 * The closed process in which a revision runs: no network, no file but the program's own, no other process, no secret.
 * Started by rig.ts. Flows are code of whoever wrote them: nothing they do here reaches the hub but what they made.
 */
import { takeNoticed } from "./no-network.ts";
import type { FromRig, Network, ToRig } from "./plan.ts";
import { type Runner, startRevision } from "./run-revision.ts";

const shownTargets = 20;
const tell = (message: FromRig): void => void process.send?.(message);

// A promise that a function node leaves to itself must not end the process when it is rejected.
process.on("unhandledRejection", () => undefined);
process.once("disconnect", () => process.exit(0));

let runner: Runner | undefined;

async function take(message: ToRig): Promise<void> {
	if ("plan" in message) {
		runner = await startRevision(message.plan);
		tell("ready");
		return;
	}
	if (!runner) throw new Error("orders came before the plan");
	const { make } = runner;
	const made = await Promise.all(message.orders.map(async (order) => JSON.stringify(await make(order))));
	tell({ made, network: networkSince() });
}

function networkSince(): Network {
	const noticed = takeNoticed();
	const attempts = noticed.filter(({ what }) => what === "attempt");
	const targets = [...new Set(attempts.map(({ target }) => target))].slice(0, shownTargets);
	return { attempts: attempts.length, connections: noticed.length - attempts.length, targets };
}

process.on("message", (message: ToRig) => {
	take(message).catch((err: Error) => tell({ broken: String(err.stack) }));
});
