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
		await writeFile(path.join(repository, "a.json"), JSON.stringify([{ id: "a", type: "tab", label: "v0" }]));
		await writeFile(path.join(repository, "a.cases.json"), "{}");
		storage = flowStorage(dataDir, repository);
		await storage.init();
	});
	afterEach(() => rm(dataDir, { recursive: true, force: true }));

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
