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

interface Start {
	base: string;
	modules: string[];
}

describe("the modules of the dashboard", () => {
	let server: Server;
	let url: string; // of today's modules
	let start: (page: string) => Promise<Start>;
	beforeAll(async () => {
		server = createServer(express().use(deskModules("/desk"))).listen(0, "127.0.0.1");
		await once(server, "listening");
		const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
		start = async (page) => (await (await fetch(`${origin}/desk/start/${page}`)).json()) as Start;
		url = origin + (await start("orders")).base;
	});
	afterAll(() => server.close());

	it.each(files)("%s is compiled, and each module it imports is there", async (file) => {
		const answer = await fetch(`${url}/${file}`);
		expect(answer.status).toBe(200);
		const text = await answer.text();
		expect(text).not.toContain('lang="ts"');
		if (file.endsWith(".css")) return;
		expect(answer.headers.get("content-type")).toContain("javascript");
		const wanted = [...text.matchAll(/(?:from\s+|import\(\s*)["']([^"']+)["']/g)].map(
			([, specifier = ""]) => specifier,
		);
		for (const specifier of wanted) {
			expect(specifier).toMatch(/^\.\.?\//); // a bare name means nothing to a browser
			const address = new URL(specifier, `${url}/${file}`).href;
			expect([specifier, (await fetch(address)).status]).toEqual([specifier, 200]);
		}
	});

	it("are kept by browsers, as their address changes with them", async () => {
		const kept = async (address: string): Promise<string | null> => (await fetch(address)).headers.get("cache-control");
		for (const name of ["dashboard/pages.ts", "vue.js", "echarts.js"])
			expect(await kept(`${url}/${name}`)).toContain("immutable");
		expect(await kept(`${url.replace(/[^/]+$/, "of-yesterday")}/dashboard/pages.ts`)).toBe("no-store");
	});

	it("are named to a page that starts: the frame's, its own, and not those of others", async () => {
		const { base, modules } = await start("orders");
		expect(modules).toEqual([...new Set(modules)]);
		const names = modules.map((address) => address.slice(base.length + 1));
		expect(names).toEqual(
			expect.arrayContaining([
				"vue.js",
				"dashboard/HubPage.vue",
				"dashboard/orders/OrdersPage.vue",
				"dashboard/api.ts",
			]),
		);
		expect(names.filter((name) => name.startsWith("dashboard/audit/"))).toEqual([]);
		expect((await start("of-an-integrator")).modules).toContain(`${base}/dashboard/HubPage.vue`);
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
