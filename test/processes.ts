/** Child processes of tests: started, waited for by a line they print, and gone afterwards. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

export interface Running {
	child: ChildProcess;
	/** What stood behind the word it was waited for. */
	said: string;
	/** Everything printed so far. */
	output(): string;
	stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Starts a program and resolves when a line matches `ready`; its first group, if any, is `said`. */
export async function start(
	command: string,
	args: readonly string[],
	ready: RegExp,
	options: { env?: Record<string, string | undefined>; timeoutMs?: number; cwd?: string } = {},
): Promise<Running> {
	const child = spawn(command, args, {
		cwd: options.cwd,
		env: { ...process.env, ...options.env },
		stdio: ["ignore", "pipe", "pipe"],
	});
	const lines: string[] = [];
	const { promise, resolve, reject } = Promise.withResolvers<string>();
	for (const stream of [child.stdout, child.stderr]) {
		createInterface({ input: stream }).on("line", (line) => {
			lines.push(line);
			const match = ready.exec(line);
			if (match) resolve(match[1] ?? line);
		});
	}
	const tail = (): string => lines.slice(-30).join("\n");
	child.once("error", reject);
	child.once("exit", (code, signal) => reject(new Error(`${command} ended (${code ?? signal}):\n${tail()}`)));
	const timer = setTimeout(
		() => reject(new Error(`${command} did not say ${ready} in time:\n${tail()}`)),
		options.timeoutMs ?? 30_000,
	);
	const stop = async (signal: NodeJS.Signals = "SIGTERM"): Promise<number | null> => {
		if (child.exitCode === null && child.signalCode === null) {
			const exited = once(child, "exit");
			child.kill(signal);
			await exited;
		}
		return child.exitCode;
	};
	try {
		return { child, said: await promise, output: () => lines.join("\n"), stop };
	} catch (err) {
		await stop("SIGKILL");
		throw err;
	} finally {
		clearTimeout(timer);
	}
}
