import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { adminPassword, startTestbed, type Testbed } from "../services/api/testbed.ts";
import type { Replay } from "../services/replay/replay.model.ts";
import ReplayService from "../services/replay/replay.service.ts";
import type { Account } from "./hub-client.ts";
import { replayCommand } from "./replay.ts";

const name = { label: "订单 → ERP (deployed)", hash: "1", tabId: "order-to-erp", kind: "", connectionId: "" };
const found: Partial<Replay> = {
	_id: "replay-1",
	state: "DONE",
	reason: "",
	candidate: name,
	baseline: name,
	progress: { done: 10, total: 10 },
	network: { attempts: 2, connections: 0, targets: ["10.0.0.1:80"] },
	same: 8,
	different: 2,
	rejected: 0,
	failed: 0,
	leftOut: 0,
	causes: [
		{
			key: "cause-1",
			title: { zh: "", en: "Amounts or quantities of order@e change: total" },
			traits: [],
			count: 2,
			changeFen: -512,
			examples: [{ orderId: "taobao:s:1", path: "total", before: "72.05", after: "69.49" }],
		},
	],
};

let bed: Testbed;
let answer: Partial<Replay>;
let account: Account;
let folder: string;
const said: string[] = [];

beforeAll(async () => {
	let looks = 0;
	const params = (action: "start" | "get" | "push"): Record<string, unknown> =>
		(ReplayService.actions as Record<string, { params: Record<string, unknown> }>)[action]?.params ?? {};
	bed = await startTestbed(
		{
			"replay.start": () => ({ ...answer, state: "RUNNING" }),
			"replay.get": () => {
				looks += 1;
				return looks === 1 ? { ...answer, state: "RUNNING" } : answer;
			},
			"replay.push": ({ params: { after } }) => ({
				results: after ? [{ id: "taobao:s:2", ok: false, type: "ORDER_NOT_READY", detail: "it is held: MANUAL" }] : [],
				done: after ? 0 : 500,
				failed: after ? 1 : 0,
				after: after ? null : "taobao:s:1",
			}),
		},
		{ "replay.start": params("start"), "replay.get": params("get"), "replay.push": params("push") },
	);
	account = { url: bed.url, user: "admin", password: adminPassword };
	folder = await mkdtemp(path.join(tmpdir(), "hub-replay-"));
	vi.spyOn(console, "log").mockImplementation((line: string) => void said.push(line));
	vi.spyOn(console, "error").mockImplementation((line: string) => void said.push(line));
});
afterAll(async () => {
	vi.restoreAllMocks();
	await bed.stop();
	await rm(folder, { recursive: true });
});
beforeEach(() => {
	answer = found;
	said.length = 0;
	bed.calls.length = 0;
});

const period = ["--from", "2026-01-01", "--to", "2026-02-01"];
const started = () => bed.calls.find(({ action }) => action === "replay.start")?.params;

describe("hub replay", () => {
	it("asks for a tab beside what is deployed, shows the report, and ends with 1 for differences", async () => {
		expect(await replayCommand([...period, "--tab", "order-to-erp", "--shop", "s"], account)).toBe(1);
		expect(started()).toMatchObject({
			from: new Date("2025-12-31T16:00:00Z"),
			to: new Date("2026-01-31T16:00:00Z"),
			shopId: "s",
			candidate: { deployed: "order-to-erp" },
		});
		const report = said.join("\n");
		expect(report).toContain("10 of 10 orders, 2 different");
		expect(report).toContain("2 attempts: 10.0.0.1:80, 0 connections");
		expect(report).toContain("2 orders: Amounts or quantities of order@e change: total, -5.12 yuan in all");
		expect(report).toContain('taobao:s:1  total: "72.05" → "69.49"');
	});

	it("ends with 0 where nothing differs", async () => {
		answer = { ...found, different: 0, causes: [] };
		expect(await replayCommand([...period, "--tab", "t"], account)).toBe(0);
	});

	it("tries a mapping in a file beside what ERPs were given", async () => {
		const file = path.join(folder, "order.jsonata");
		await writeFile(file, '{ "no": order.orderNo }');
		await replayCommand([...period, "--mapping", file, "--connection", "e", "--baseline", "pushed"], account);
		const mapping = { expression: '{ "no": order.orderNo }', kind: "order", connectionId: "e" };
		expect(started()).toMatchObject({ candidate: { mapping }, baseline: "pushed" });
	});

	it("tries a tab in files", async () => {
		const files = [path.join(folder, "tab.json"), path.join(folder, "global.json")];
		for (const [at, file] of files.entries()) await writeFile(file, JSON.stringify([{ id: `n${at}`, type: "tab" }]));
		await replayCommand([...period, ...files.flatMap((file) => ["--flows", file])], account);
		expect(started()).toMatchObject({ candidate: { flows: [{ id: "n0" }, { id: "n1" }] } });
	});

	it("pushes a cause of a replay of before, page by page, and says what was not", async () => {
		expect(await replayCommand(["--id", "replay-1", "--push", "cause-1"], account)).toBe(1);
		const pushes = bed.calls.filter(({ action }) => action === "replay.push").map(({ params }) => params);
		expect(pushes).toEqual([
			{ id: "replay-1", cause: "cause-1" },
			{ id: "replay-1", cause: "cause-1", after: "taobao:s:1" },
		]);
		expect(started()).toBeUndefined();
		expect(said.slice(-2)).toEqual(["  ✗ taobao:s:2: it is held: MANUAL", "500 offered to the flows, 1 not"]);
	});

	it.each([
		["no period", ["--tab", "t"], "--from and --to"],
		["nothing to try", period, "one of --tab"],
		["two things to try", [...period, "--tab", "t", "--mapping", "m"], "one of --tab"],
		["a mapping of no connection", [...period, "--mapping", "m"], "--connection"],
		["an option that it has not", [...period, "--tap", "t"], "--tap"],
	])("says how it is used for %s", async (_name, args, words) => {
		expect(await replayCommand(args, account)).toBe(2);
		expect(said.join("\n")).toContain(words);
		expect(said.join("\n")).toContain("usage: hub replay");
	});

	it("says it where no hub answers, or the password is wrong", async () => {
		const nowhere = { ...account, url: "http://127.0.0.1:1" };
		await expect(replayCommand(["--id", "replay-1"], nowhere)).rejects.toThrow("HUB_URL");
		await expect(replayCommand(["--id", "replay-1"], { ...account, password: "no" })).rejects.toThrow(
			/sign|password|credentials/i,
		);
	});
});
