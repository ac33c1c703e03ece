import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { FlowNode } from "./flow-files.ts";
import { type FlowStorage, flowStorage } from "./flow-storage.ts";

/** A flow configuration of several tabs that all tell the same version. */
const version = (n: number): FlowNode[] =>
	["a", "b", "c"].flatMap((tab) => [
		{ id: tab, type: "tab", label: `v${n}` },
		{ id: `${tab}1`, type: "comment", z: tab, name: `v${n}`, x: 1, y: 1, wires: [] },
	]);

describe("flow storage", () => {
	let dataDir: string;
	let repository: string;
	let storage: FlowStorage;

	beforeEach(async () => {
		dataDir = await mkdtemp(path.join(tmpdir(), "hub-flows-"));
		repository = path.join(dataDir, "repository");
		await mkdir(repository);
		await writeFlow("a.json", [{ id: "a", type: "tab", label: "v0" }]);
		await writeFile(path.join(repository, "a.cases.json"), "{}");
		storage = flowStorage(dataDir, repository);
		await storage.init();
	});
	afterEach(() => rm(dataDir, { recursive: true, force: true }));

	const writeFlow = (file: string, nodes: FlowNode[]): Promise<void> =>
		writeFile(path.join(repository, file), JSON.stringify(nodes));
	const labels = async (from: FlowStorage): Promise<unknown[]> => {
		const flows = await from.getFlows();
		return [...new Set(flows.flatMap(({ type, label, name }) => (type === "tab" ? label : name)))];
	};
	const reopened = async (): Promise<FlowStorage> => {
		const again = flowStorage(dataDir, repository);
		await again.init();
		return again;
	};

	it("starts with the flows of the repository, without their cases", async () => {
		expect(await labels(storage)).toEqual(["v0"]);
		expect(await readdir(path.join(dataDir, "flows"))).toEqual(["a.json"]);
	});

	it("keeps what was deployed; the repository's flows do not come back", async () => {
		await storage.saveFlows(version(1));
		await storage.saveCredentials({ $: "encrypted" });
		await storage.saveFlows(version(2).filter(({ id, z }) => (z ?? id) !== "a"));
		const again = await reopened();
		expect(await labels(again)).toEqual(["v2"]);
		expect((await readdir(path.join(dataDir, "flows"))).sort()).toEqual(["b.json", "c.json", "tabs.json"]);
		expect(await again.getCredentials()).toEqual({ $: "encrypted" });
	});

	it("gets a tab that is new in the repository once, with the configuration it needs, and beside what was deployed", async () => {
		await storage.saveFlows(version(1));
		const fresh = [
			{ id: "d", type: "tab", label: "new" },
			{ id: "d1", type: "ack", z: "d", hub: "hub-1", x: 1, y: 1, wires: [] },
		];
		await writeFlow("d.json", fresh);
		await writeFlow("global.json", [
			{ id: "hub-1", type: "hub" },
			{ id: "unused", type: "hub" },
		]);
		const again = await reopened();
		expect(await again.getFlows()).toEqual([...version(1), ...fresh, { id: "hub-1", type: "hub" }]);
		await again.saveFlows(version(2));
		expect(await (await reopened()).getFlows()).toEqual(version(2)); // deleted: it stays away
	});

	it("does not offer the first tabs to a data folder of before there was a list", async () => {
		await storage.saveFlows(version(1));
		await rm(path.join(dataDir, "node-red/offered-tabs.json"));
		await writeFlow("order-recall.json", [{ id: "order-recall", type: "tab", label: "recalls" }]);
		await writeFlow("d.json", [{ id: "d", type: "tab", label: "new" }]);
		expect(await labels(await reopened())).toEqual(["v1", "new"]);
	});

	it("goes on with the old flows after a kill while the new ones were being written", async () => {
		await storage.saveFlows(version(1));
		await mkdir(path.join(dataDir, "flows.next"));
		await writeFile(path.join(dataDir, "flows.next/a.json"), '[{"id":"a","ty');
		expect(await labels(await reopened())).toEqual(["v1"]);
	});

	it("goes on with the new flows after a kill in the middle of the change", async () => {
		await storage.saveFlows(version(2));
		await rename(path.join(dataDir, "flows"), path.join(dataDir, "flows.next"));
		await mkdir(path.join(dataDir, "flows.previous"));
		expect(await labels(await reopened())).toEqual(["v2"]);
		expect(await readdir(dataDir)).not.toContain("flows.previous");
	});

	it("holds one whole version after a kill -9 at any moment", async () => {
		const module = path.join(import.meta.dirname, "flow-storage.ts");
		const script = `
			const { flowStorage } = await import(${JSON.stringify(module)});
			const storage = flowStorage(${JSON.stringify(dataDir)}, ${JSON.stringify(repository)});
			await storage.init();
			const version = ${version.toString()};
			console.log("saving");
			for (let n = 1; ; n += 1) await storage.saveFlows(version(n));`;
		await storage.saveFlows(version(0));
		for (let kill = 0; kill < 8; kill += 1) {
			const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
				stdio: ["ignore", "pipe", "inherit"],
			});
			await once(child.stdout, "data");
			await pause(3 + kill * 7); // anywhere in a save, of which there is one every few ms
			child.kill("SIGKILL");
			await once(child, "exit");
			const flows = await (await reopened()).getFlows();
			expect(flows).toHaveLength(6);
			expect(new Set(flows.map(({ label, name }) => label ?? name)).size).toBe(1);
		}
	});
});
