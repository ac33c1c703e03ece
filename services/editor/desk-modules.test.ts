import { once } from "node:events";
import { globSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import express from "express";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deskModules } from "./desk-modules.ts";

const root = path.resolve(import.meta.dirname, "../..");
const files = globSync("dashboard/**/*.{vue,ts,css}", { cwd: root }).filter((name) => !/\.(test|d)\.ts$/.test(name));

describe("the modules of the dashboard", () => {
	let server: Server;
	let url: string;
	beforeAll(async () => {
		server = createServer(express().use(deskModules("/desk"))).listen(0, "127.0.0.1");
		await once(server, "listening");
		url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/desk`;
	});
	afterAll(() => server.close());

	it.each(files)("%s is compiled, and each module it imports is there", async (file) => {
		const answer = await fetch(`${url}/${file}`);
		expect(answer.status).toBe(200);
		const text = await answer.text();
		expect(text).not.toContain('lang="ts"');
		if (file.endsWith(".css")) return;
		expect(answer.headers.get("content-type")).toContain("javascript");
		const wanted = [...text.matchAll(/(?:from\s+|import\(\s*)"([^"]+)"/g)].map(([, specifier = ""]) => specifier);
		for (const specifier of wanted) {
			const address = new URL(specifier, `${url}/${file}`).href;
			expect([specifier, (await fetch(address)).status]).toEqual([specifier, 200]);
		}
	});

	it("are not sent again while they are the same", async () => {
		const first = await fetch(`${url}/dashboard/pages.ts`);
		const etag = first.headers.get("etag") ?? "";
		const again = await fetch(`${url}/dashboard/pages.ts`, { headers: { "if-none-match": etag } });
		expect([again.status, await again.text()]).toEqual([304, ""]);
	});

	it.each([
		"config/env.ts",
		"config/roles.test.ts",
		"services/account/token.ts",
		"package.json",
		"dashboard/tsconfig.json",
		"dashboard/../config/env.ts",
		"dashboard/%2e%2e/config/env.ts",
		"dashboard/nothing.ts",
	])("do not give %s to anybody", async (file) => {
		expect((await fetch(`${url}/${file}`)).status).toBe(404);
	});
});
