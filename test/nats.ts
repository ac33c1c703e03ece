import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { natsServer } from "../scripts/nats.ts";
import { type Running, start } from "./processes.ts";

export interface Nats {
	url: string;
	dir: string; // JetStream's files
	kill(): Promise<void>; // -9, its data stays
	restart(): Promise<void>; // on the same port and data
	stop(): Promise<void>;
}

/** A nats-server of a test's own, to be killed. */
export async function startNats(): Promise<Nats> {
	const dir = await mkdtemp(path.join(tmpdir(), "hub-nats-"));
	const program = await natsServer();
	const launch = (port: string): Promise<Running> =>
		start(program, ["-a", "127.0.0.1", "-p", port, "-js", "-sd", dir], /Listening for client connections on (\S+)/);
	let running = await launch("-1");
	const address = running.said;
	return {
		url: `nats://${address}`,
		dir,
		async kill() {
			await running.stop("SIGKILL");
		},
		async restart() {
			running = await launch(new URL(`nats://${address}`).port);
		},
		async stop() {
			await running.stop();
			await rm(dir, { recursive: true, force: true });
		},
	};
}
