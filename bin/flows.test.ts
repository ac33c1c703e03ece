import { spawnSync } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { FlowNode } from "../services/editor/flow-files.ts";

const root = path.resolve(import.meta.dirname, "..");

describe("hub flows", { timeout: 60_000 }, () => {
	let dir: string;
	let to: string;
	beforeEach(async () => {
		dir = await mkdtemp(path.join(tmpdir(), "hub-flows-cli-"));
		to = path.join(dir, "repository");
		await cp(path.join(root, "flows"), to, { recursive: true });
		await cp(path.join(root, "flows"), path.join(dir, "flows"), { recursive: true });
	});
	afterEach(() => rm(dir, { recursive: true, force: true }));

	const hub = (...args: string[]) => {
		const options = { env: { ...process.env, HUB_DATA_DIR: dir }, encoding: "utf8" } as const;
		const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(root, "bin/hub.ts"), ...args], options);
		return { status, said: stdout + stderr };
	};
	/** Changes a node of the tab order-to-erp as a deploy would. */
	async function deployed(id: string, over: object): Promise<void> {
		const file = path.join(dir, "flows/order-to-erp.json");
		const nodes = JSON.parse(await readFile(file, "utf8")) as FlowNode[];
		await writeFile(file, JSON.stringify(nodes.map((node) => (node.id === id ? { ...node, ...over } : node))));
	}
	const kept = (): Promise<string> => readFile(path.join(to, "order-to-erp.json"), "utf8");

	it("saves a change that keeps the golden cases, and tells of it before", async () => {
		await deployed("order-to-erp-map", { info: "said by hand" });
		expect(hub("flows", "diff", "--to", to)).toEqual({
			status: 0,
			said: '~ jsonata-map order-to-erp-map on order-to-erp: info: – → "said by hand"\n',
		});
		const checked = hub("flows", "save", "--check", "--to", to);
		expect(checked).toEqual({ status: 0, said: expect.stringContaining("changed order-to-erp.json\n") });
		expect(checked.said).toContain("0 failed");
		expect(await kept()).not.toContain("said by hand");
		expect(hub("flows", "save", "--to", to).status).toBe(0);
		expect(await kept()).toContain("said by hand");
		expect(hub("flows", "diff", "--to", to)).toEqual({ status: 0, said: "" });
	});

	it.each([
		["a mapping", "order-to-erp-map", { file: "wdt/order" }, "golden cases of flows are broken"],
		[
			"a mapping file that is none",
			"order-to-erp-map",
			{ file: "nobody/order" },
			"no mapping file nobody/order.jsonata",
		],
		["a wire", "order-to-erp-map", { wires: [["nobody"]] }, "wired to nobody"],
		["a secret", "order-to-erp-map", { apiKey: "sk-1" }, "apiKey looks like a secret"],
	])("saves nothing when %s is not right, and says why", async (_what, id, over, why) => {
		const before = await kept();
		await deployed(id, over);
		expect(hub("flows", "save", "--to", to)).toEqual({ status: 1, said: expect.stringContaining(why) });
		expect(await kept()).toBe(before);
	});

	it("explains itself when it is not understood, or nothing was deployed", async () => {
		expect(hub("flows")).toEqual({ status: 2, said: expect.stringContaining("hub flows save [--to DIR]") });
		expect(hub("flows", "save", "--force")).toEqual({ status: 1, said: expect.stringContaining("--force") });
		await rm(path.join(dir, "flows"), { recursive: true });
		expect(hub("flows", "diff")).toEqual({ status: 1, said: expect.stringContaining("no editor ran") });
	});
});
