import type { Context } from "moleculer";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ErrorType, hubError } from "../../config/errors.ts";
import { startTestbed, type Testbed } from "./testbed.ts";

interface HookParams {
	shopId: string;
	method: string;
	path: string;
	query: Record<string, string>;
	headers: Record<string, string>;
	body: string;
}

let bed: Testbed;
let refuse: ErrorType | null = null;
const calls: HookParams[] = [];
const erpCalls: Record<string, unknown>[] = [];

beforeAll(async () => {
	bed = await startTestbed({});
	bed.broker.createService({
		name: "platform.weixin",
		actions: {
			hook(ctx: Context<HookParams>) {
				calls.push(ctx.params);
				if (refuse) throw hubError(refuse, "with something secret");
				return { status: 200, type: "text/plain", body: "success" };
			},
		},
	});
	bed.broker.createService({
		name: "callback", // beside the stand-in for the erp service's routes
		settings: { $noServiceNamePrefix: true },
		actions: {
			"erp.callback"(ctx: Context<Record<string, unknown>>) {
				erpCalls.push(ctx.params);
				return { status: 200, type: "text/xml", body: "<response/>" };
			},
		},
	});
	bed.broker.createService({
		name: "consent", // beside the stand-in for the platform service's routes
		settings: { $noServiceNamePrefix: true },
		actions: {
			"platform.authorised"(ctx: Context<{ code: string; state: string }>) {
				if (ctx.params.state !== "known") throw hubError("FORBIDDEN", "not asked for");
				return { shopId: "s1" };
			},
		},
	});
	await bed.broker.waitForServices(["platform.weixin", "callback", "consent"]);
});
beforeEach(() => {
	calls.length = 0;
	refuse = null;
});
afterAll(() => bed.stop());

const post = (path: string, body: string | Uint8Array<ArrayBuffer> = "", headers: Record<string, string> = {}) =>
	fetch(`${bed.url}/api/v1${path}`, { method: "POST", body, headers });

describe("a platform's call", () => {
	it("reaches the platform's service with its very bytes, and its answer goes back", async () => {
		const body = Buffer.from([0x7b, 0xff, 0xe4, 0xb8, 0xad, 0x00]);
		const answer = await post("/hooks/weixin/shop-1?nonce=a%2Bb&signature=x", body, { "app-id": "k" });
		expect([answer.status, await answer.text()]).toEqual([200, "success"]);
		expect(calls).toMatchObject([
			{
				shopId: "shop-1",
				method: "POST",
				path: "/api/v1/hooks/weixin/shop-1",
				query: { nonce: "a+b", signature: "x" },
				headers: { "app-id": "k" },
			},
		]);
		expect(Buffer.from(calls[0]?.body ?? "", "base64")).toEqual(body);
	});

	it.each([
		["HOOK_REFUSED", 401],
		["HOOK_LATE", 403],
		["HOOK_REPLAYED", 409],
		["STORE_UNAVAILABLE", 503],
	] as const)("that is refused as %s hears the kind and nothing more", async (type, status) => {
		refuse = type;
		const answer = await post("/hooks/weixin/shop-1", "{}");
		expect(answer.status).toBe(status);
		expect(await answer.json()).toEqual({ type, status });
	});

	it.each([
		["a platform there is not", "/hooks/mogu/shop-1", 404],
		["a platform no process speaks to", "/hooks/kuaishou/shop-1", 503],
		["no shop", "/hooks/weixin/", 401],
		["a shop with odd characters", "/hooks/weixin/a%2Fb", 401],
	])("for %s is refused", async (_what, path, status) => {
		expect((await post(path, "{}")).status).toBe(status === 401 ? 404 : status);
		expect(calls).toEqual([]);
	});

	it("that is too long is refused, and the next one served", async () => {
		const answer = await post("/hooks/weixin/shop-1", Buffer.alloc(2 * 1024 * 1024)).catch(() => null);
		expect(answer?.status ?? 413).toBe(413);
		expect((await post("/hooks/weixin/shop-1", "{}")).status).toBe(200);
	});
});

describe("an ERP's call", () => {
	it("reaches the erp service with its very bytes, and its answer goes back", async () => {
		const answer = await post("/hooks/erp/wms-1?method=a.b&sign=X", Buffer.from([0x3c, 0xff]));
		expect([answer.status, await answer.text()]).toEqual([200, "<response/>"]);
		const { headers: _, ...params } = erpCalls[0] ?? {};
		expect(params).toEqual({ connectionId: "wms-1", query: { method: "a.b", sign: "X" }, body: "PP8=" });
	});

	it("is made with POST, to a connection", async () => {
		expect((await fetch(`${bed.url}/api/v1/hooks/erp/wms-1`)).status).toBe(405);
		expect((await post("/hooks/erp/", "x")).status).toBe(404);
	});
});

describe("a seller who comes back from the platform", () => {
	const back = (query: string, language = "zh-CN") =>
		fetch(`${bed.url}/api/v1/oauth/callback?${query}`, { headers: { "accept-language": language } });

	it("reads that the shop is authorised, in his language", async () => {
		const answer = await back("code=c&state=known");
		expect(answer.status).toBe(200);
		expect(await answer.text()).toContain("店铺授权成功");
		expect(await (await back("code=c&state=known", "en")).text()).toContain("is authorised");
	});

	it("with a state that nobody was sent with reads that it failed", async () => {
		const answer = await back("code=<script>&state=made-up", "en");
		expect(answer.status).toBe(403);
		expect(await answer.text()).not.toContain("script");
	});
});
