import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { describe, expect, it } from "vitest";
import { safeHeaders } from "./headers.ts";

/** Where a page may connect to, as its browser is told. */
async function connectSources(printUrl: string | null): Promise<string[]> {
	const app = express().use(safeHeaders(printUrl), (_req, res) => res.end());
	const server = createServer(app).listen(0, "127.0.0.1");
	await once(server, "listening");
	const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
	server.close();
	const policy = answer.headers.get("content-security-policy") ?? "";
	const [, ...sources] = (policy.split("; ").find((each) => each.startsWith("connect-src ")) ?? "").split(" ");
	return sources;
}

describe("what a page may connect to", () => {
	it("is its own server and the print components on the same computer, at their vendors' ports", async () => {
		const [own, ...others] = await connectSources(null);
		expect(own).toBe("'self'");
		expect(others).toContain("ws://localhost:13528");
		expect(others).toContain("wss://localhost:13529");
		for (const address of others) expect(address).toMatch(/^wss?:\/\/(localhost|127\.0\.0\.1):\d+/);
	});

	it("is the print components of the settings instead, where those name a place", async () => {
		const [own, ...others] = await connectSources("ws://127.0.0.1:3900/print");
		expect(own).toBe("'self'");
		expect(others).toHaveLength(7);
		for (const address of others) expect(address).toMatch(/^ws:\/\/127\.0\.0\.1:3900\/print\/\w+$/);
	});
});
