/**
 * The closed process in which a revision runs: no network, no file but the program's own, no other process, no secret.
 * Started by rig.ts. Flows are code of whoever wrote them: nothing they do here reaches the hub but what they made.
 */
import { errorTypes } from "../../../config/errors.ts";
import { takeNoticed } from "./no-network.ts";
import type { FromRig, Made, Network, ToRig } from "./plan.ts";
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
	const made = await Promise.all(message.orders.map(make));
	for (const [at, order] of message.orders.entries()) {
		const first = made[at];
		if (first && made.length > 1 && ranOutOfTime(first) && again > 0) {
			again -= 1;
			made[at] = await make(order);
		}
	}
	tell({ made: made.map((each) => JSON.stringify(each)), network: networkSince() });
}

/** In a crowd, on a busy machine, time may run out for what needs none alone: so many are tried again by themselves. */
let again = 100;

const ranOutOfTime = ({ outcome, reason }: Made): boolean =>
	outcome === "nothing" || reason.includes(errorTypes.MAPPING_TIMEOUT.en) || reason.includes("timed out");

function networkSince(): Network {
	const noticed = takeNoticed();
	const attempts = noticed.filter(({ what }) => what === "attempt");
	const targets = [...new Set(attempts.map(({ target }) => target))].slice(0, shownTargets);
	return { attempts: attempts.length, connections: noticed.length - attempts.length, targets };
}

process.on("message", (message: ToRig) => {
	take(message).catch((err: Error) => tell({ broken: err.message }));
});
