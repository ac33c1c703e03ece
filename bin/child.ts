import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

export interface ChildSpec {
	name: string;
	script: string;
	args: string[];
	env: Record<string, string | undefined>; // undefined: not passed on
	/** Reads a printed line; gives what the child says when it is up, or null. */
	readReady(line: string): Record<string, string> | null;
	/** Once it said where it listens: what it is started with from then on, so that it comes back at the same place. */
	again?(said: Record<string, string>): Partial<Pick<ChildSpec, "args" | "env">>;
	onStart?(child: ChildProcess): void;
	onExit?(): void;
}

const firstPauseMs = 300;
const longestPauseMs = 5_000;
const steadyMs = 30_000; // a child that ran so long starts anew without a pause
const firstStartTries = 8; // the port or the data of a process that was just killed may be held a moment longer

/** One child process: started, started again when it ends, stopped at last. */
export class Child {
	readonly spec: ChildSpec;
	private readonly hear: (line: string) => void;
	private process: ChildProcess | null = null;
	private stopping = false;
	private failures = 0;
	private readonly said = Promise.withResolvers<Record<string, string>>();
	private up = false;

	/** @param hear takes what it prints, but for the line that says it is up */
	constructor(spec: ChildSpec, hear: (line: string) => void) {
		this.spec = spec;
		this.hear = hear;
	}

	/** Starts it and resolves with what it said when it was up. */
	start(): Promise<Record<string, string>> {
		this.launch();
		return this.said.promise;
	}

	async stop(graceMs: number): Promise<void> {
		this.stopping = true;
		const child = this.process;
		if (!child || child.exitCode !== null || child.signalCode !== null) return;
		const exited = once(child, "exit");
		child.kill("SIGTERM");
		const timer = setTimeout(() => child.kill("SIGKILL"), graceMs);
		await exited;
		clearTimeout(timer);
	}

	private launch(): void {
		const startedAt = Date.now();
		const child = fork(this.spec.script, this.spec.args, {
			env: { ...process.env, ...this.spec.env },
			serialization: "advanced", // Moleculer's packets are bytes
			stdio: ["ignore", "pipe", "inherit", "ipc"],
			execArgv: ["--disable-warning=ExperimentalWarning"], // Node's own stripping of types, for the dashboard's pages
			detached: true, // Ctrl-C reaches the supervisor alone, which stops the others in order
		});
		this.process = child;
		this.spec.onStart?.(child);
		if (child.stdout) createInterface({ input: child.stdout }).on("line", (line) => this.heard(line));
		child.once("exit", (code, signal) => {
			this.spec.onExit?.();
			if (!this.stopping) this.ended(code ?? signal, Date.now() - startedAt);
		});
	}

	private heard(line: string): void {
		const said = this.spec.readReady(line);
		if (!said) {
			this.hear(line);
			return;
		}
		this.up = true;
		Object.assign(this.spec, this.spec.again?.(said));
		this.said.resolve(said);
	}

	private ended(how: number | string | null, ranMs: number): void {
		this.failures = ranMs > steadyMs ? 0 : this.failures + 1;
		if (!this.up && this.failures >= firstStartTries) {
			this.said.reject(new Error(`${this.spec.name} does not start (${how}); its reason stands above`));
			return;
		}
		const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.max(0, this.failures - 1));
		console.error(`${this.spec.name} ended (${how}); starting it again in ${pauseMs} ms`);
		setTimeout(() => {
			if (!this.stopping) this.launch();
		}, pauseMs);
	}
}
