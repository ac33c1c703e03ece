import { spawnSync } from "node:child_process";
import path from "node:path";
import { describe, expect, it } from "vitest";

const hub = path.resolve(import.meta.dirname, "hub.ts");

function run(args: string[], env: Record<string, string | undefined>): { status: number | null; said: string } {
	const { status, stderr } = spawnSync(process.execPath, [hub, ...args], {
		env: { ...process.env, ...env },
		encoding: "utf8",
		timeout: 15_000,
	});
	return { status, said: stderr.trim() };
}

describe("hub", () => {
	it("lists all that is wrong with its environment, and nothing else", () => {
		const { status, said } = run(["start"], { HUB_HTTP_PORT: "x", HUB_LOG_LEVEL: "loud" });
		expect(status).toBe(1);
		expect(said.split("\n")).toEqual([
			"The environment is not right:",
			expect.stringContaining("HUB_HTTP_PORT"),
			expect.stringContaining("HUB_LOG_LEVEL"),
		]);
	});

	it("names what production lacks", () => {
		const { status, said } = run(["serve"], { MONGO_URL: undefined, NATS_URL: undefined, HUB_MASTER_KEY: undefined });
		expect(status).toBe(1);
		expect(said).toMatch(/MONGO_URL, NATS_URL, HUB_MASTER_KEY/);
	});

	it("tells its commands when it does not know one", () => {
		const { status, said } = run(["strat"], {});
		expect(status).toBe(2);
		expect(said).toContain("usage: hub start");
	});
});
