/** A closed process that runs one revision over orders, batch after batch; see child.ts. */
import { type ChildProcess, fork } from "node:child_process";
import { realpathSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { FromRig, Made, Network, Plan, StoredOrder, ToRig } from "./plan.ts";

const root = path.resolve(import.meta.dirname, "../../..");
/** All that it may read: the program, and nothing of what people keep in the data folder. */
const readable = ["nodes", "config", "mixins", "services", "node_modules", "package.json"].map((name) =>
	path.join(root, name),
);
const noNetwork = path.join(import.meta.dirname, "no-network.ts");

/** Starting Node-RED on a busy machine. */
const startMs = 90_000;
/** Longer than the limits inside: who says nothing for so long is stuck. */
const graceMs = 3_000;
/** A revision that sticks with so many orders is not worth running on. */
const mostStuck = 20;

/** The revision cannot be run. */
export class RigBroken extends Error {}
/** The rig was stopped while it ran. */
export class RigStopped extends Error {}

const stuck = (reason: string): Made => ({ documents: [], deeds: [], outcome: "nothing", reason });

export class Rig {
	readonly network: Network = { attempts: 0, connections: 0, targets: [] };
	readonly #plan: Plan;
	#child: ChildProcess | null = null;
	#folder = ""; // the only one it may write to
	#stuck = 0;
	#closed = false;

	constructor(plan: Plan) {
		this.#plan = plan;
	}

	/**
	 * The JSON of a Made for each order. One batch at a time.
	 * @throws RigBroken when the revision does not start, or sticks too often; RigStopped
	 */
	async run(orders: StoredOrder[]): Promise<string[]> {
		const made = await this.#try(orders);
		if (made) return made;
		// The process stuck or died with one of them, or several: alone each shows what it does.
		const alone: string[] = [];
		for (const order of orders) {
			const [one] = (orders.length > 1 && (await this.#try([order]))) || [];
			alone.push(one ?? JSON.stringify(this.#giveUp()));
		}
		return alone;
	}

	/** Ends what it runs: `run` then throws RigStopped. */
	stop(): void {
		this.#closed = true;
		this.#kill();
	}

	async close(): Promise<void> {
		this.stop();
		if (this.#folder) await rm(this.#folder, { recursive: true, force: true, maxRetries: 5 });
	}

	#giveUp(): Made {
		this.#stuck += 1;
		if (this.#stuck > mostStuck) throw new RigBroken(`the flow hung or crashed on more than ${mostStuck} orders`);
		return stuck(
			`the flow hung or crashed the process; ended after ${(this.#plan.limitMs + graceMs) / 1_000} s at most`,
		);
	}

	/** `null`: the process died or said nothing in time. */
	async #try(orders: StoredOrder[]): Promise<string[] | null> {
		if (this.#closed) throw new RigStopped();
		const child = this.#child ?? (await this.#start());
		const answer = await ask(child, { orders }, this.#plan.limitMs + graceMs);
		if (answer === null || answer === "ready" || "broken" in answer) {
			if (this.#closed) throw new RigStopped();
			this.#kill();
			return null;
		}
		const { attempts, connections, targets } = answer.network;
		this.network.attempts += attempts;
		this.network.connections += connections;
		this.network.targets = [...new Set([...this.network.targets, ...targets])].slice(0, 20);
		return answer.made;
	}

	async #start(): Promise<ChildProcess> {
		this.#folder ||= realpathSync(await mkdtemp(path.join(tmpdir(), "hub-rig-")));
		if (this.#closed) throw new RigStopped();
		const child = fork(path.join(import.meta.dirname, "child.ts"), [], {
			env: { TMPDIR: this.#folder }, // no secret and no address of the hub
			execPath: process.execPath,
			execArgv: [
				"--disable-warning=PERM0006",
				"--permission",
				"--allow-worker",
				...readable.map((file) => `--allow-fs-read=${realpathSync(file)}`),
				...readable.map((file) => `--allow-fs-read=${file}`),
				`--allow-fs-read=${this.#folder}`,
				`--allow-fs-write=${this.#folder}`,
				`--require=${noNetwork}`,
			],
			stdio: ["ignore", "inherit", "inherit", "ipc"],
		});
		this.#child = child;
		const answer = await ask(child, { plan: this.#plan }, startMs);
		if (answer === "ready") return child;
		this.#kill();
		if (this.#closed) throw new RigStopped();
		throw new RigBroken(`the flow does not start: ${answer && "broken" in answer ? answer.broken : "no answer"}`);
	}

	#kill(): void {
		this.#child?.kill("SIGKILL");
		this.#child = null;
	}
}

/** `null`: it ended, or did not answer in time. */
function ask(child: ChildProcess, message: ToRig, limitMs: number): Promise<FromRig | null> {
	return new Promise((resolve) => {
		const end = (answer: FromRig | null): void => {
			clearTimeout(timer);
			child.off("message", onMessage).off("exit", onExit);
			resolve(answer);
		};
		const onMessage = (answer: unknown): void => end(answer as FromRig);
		const onExit = (): void => end(null);
		const timer = setTimeout(() => end(null), limitMs);
		child.on("message", onMessage).on("exit", onExit);
		child.send(message, (err) => {
			if (err) end(null);
		});
	});
}
