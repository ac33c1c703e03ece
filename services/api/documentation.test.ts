import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OpenApi } from "./openapi/document.ts";
import { startTestbed, type Testbed } from "./testbed.ts";

let bed: Testbed;

beforeAll(async () => {
	bed = await startTestbed({}, { "order.list": { $$strict: true, limit: "number|min:1|max:200|default:50" } });
});
afterAll(() => bed.stop());

const get = (path: string) => fetch(bed.url + path);
const document = async () => (await (await get("/api/openapi.json")).json()) as OpenApi;

describe("the documentation", () => {
	it("tells the parameters as the actions check them, without a token", async () => {
		const { openapi, paths, servers } = await document();
		expect([openapi, servers]).toEqual(["3.1.0", [{ url: "/api/v1" }]]);
		expect(paths["/orders"]?.get?.parameters).toMatchObject([
			{ name: "limit", in: "query", required: false, schema: { minimum: 1, maximum: 200, default: 50 } },
		]);
	});

	it("follows services that go and come back", async () => {
		const service = bed.broker.getLocalService("waybill");
		await bed.broker.destroyService(service);
		await expect.poll(async () => (await document())["x-missing"]).toEqual(["waybill"]);
		bed.broker.createService(service.originalSchema);
		await expect.poll(async () => (await document())["x-missing"], { timeout: 5_000 }).not.toContain("waybill");
	});

	it("is a page that loads nothing from elsewhere, and is allowed nothing", async () => {
		const page = await get("/docs");
		expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
		const policy = page.headers.get("content-security-policy") ?? "";
		expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'");
		expect(policy).not.toContain("unsafe");
		const seen = new Map([["/docs", await page.text()]]);
		for (const [from, text] of seen) {
			const named = text.matchAll(/(?:src=|href=|from )"(\.?\/[^"]+\.(?:js|css))"/g);
			for (const [, file = ""] of named) {
				const { pathname } = new URL(file, `http://hub${from}`);
				if (seen.has(pathname)) continue;
				const answer = await get(pathname);
				expect([pathname, answer.status]).toEqual([pathname, 200]);
				seen.set(pathname, await answer.text());
			}
		}
		expect(seen.size).toBe(8); // the page and all its files
		expect([...seen.values()].join("\n")).not.toMatch(/https?:\/\//);
	});

	it("has no other files", async () => {
		for (const path of ["/docs/../api.service.ts", "/docs/%2e%2e%2fapi.service.ts", "/docs/nothing.js"]) {
			expect((await get(path)).status).toBe(404);
		}
	});
});
