/** Once per run: a store (MONGO_URL, or the embedded one) and a nats-server, both on free ports and thrown away. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { natsServer } from "../scripts/nats.ts";
import { type Running, start } from "./processes.ts";

declare module "vitest" {
	interface ProvidedContext {
		mongoUrl: string; // without a database name
		natsUrl: string;
		ownStore: boolean; // false: MONGO_URL was given, and whole hubs under test use it too
	}
}

const root = path.resolve(import.meta.dirname, "..");

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	const dir = await mkdtemp(path.join(tmpdir(), "hub-test-"));
	const running: Running[] = [];

	let mongoUrl = process.env.MONGO_URL;
	const ownStore = !mongoUrl;
	if (!mongoUrl) {
		const cli = path.join(root, "embedded/cli.ts");
		const store = await start(process.execPath, [cli, "--port", "0", "--dir", path.join(dir, "store")], /^store (.*)$/);
		running.push(store);
		mongoUrl = (JSON.parse(store.said) as { url: string }).url;
	}
	const nats = await start(
		await natsServer(),
		["-a", "127.0.0.1", "-p", "-1", "-js", "-sd", path.join(dir, "nats")],
		/Listening for client connections on (\S+)/,
	);
	running.push(nats);

	project.provide("mongoUrl", mongoUrl);
	project.provide("ownStore", ownStore);
	project.provide("natsUrl", `nats://${nats.said}`);
	return async () => {
		for (const process of running) await process.stop();
		await rm(dir, { recursive: true, force: true });
	};
}
