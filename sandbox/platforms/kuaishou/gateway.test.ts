import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningSandbox, runSandbox } from "../../testing/running.ts";
import { demoShops } from "./demo-shop.ts";
import { sign } from "./sign.ts";
import { ks, ksParams } from "./test-client.ts";

const api = "open.order.cursor.list";
const hour = 3_600_000;

let sandbox: RunningSandbox;
beforeAll(async () => {
	sandbox = await runSandbox();
});
afterAll(() => sandbox.end());

const listParam = (changes: object = {}): string => {
	const now = Date.now();
	const window = { beginTime: now - hour, endTime: now + hour };
	return JSON.stringify({ orderViewStatus: 1, pageSize: 50, sort: 2, queryType: 2, cursor: "", ...window, ...changes });
};

describe("the gateway", () => {
	it.each<[string, Record<string, string>, bigint]>([
		["no app key", { appkey: "" }, 21n],
		["an unknown app key", { appkey: "ks1" }, 28n],
		["another version", { version: "2" }, 21n],
		["another method than the path's", { method: "open.order.detail" }, 21n],
		["no param", { param: "" }, 21n],
		["a param that is no JSON", { param: "{" }, 21n],
		["a time in seconds", { timestamp: "1762790401" }, 21n],
		["a time of eleven minutes ago", { timestamp: String(Date.now() - 660_000) }, 28n],
		["no token", { access_token: "" }, 21n],
		["a token nobody has", { access_token: "x" }, 24n],
	])("refuses %s", async (_what, before, result) => {
		expect(await ks(sandbox.url, "GET", api, listParam(), { before })).toMatchObject({ result });
	});

	it.each<[string, Record<string, string>]>([
		["no signature", { sign: "" }],
		["another signature", { sign: "AAAA" }],
		["a param changed after signing, if only by a space", { param: `${listParam()} ` }],
	])("refuses %s", async (_what, after) => {
		expect(await ks(sandbox.url, "GET", api, listParam(), { after })).not.toMatchObject({ result: 1n });
	});

	it.each(["MD5", "HMAC_SHA256"])("accepts a signature by %s", async (signMethod) => {
		expect(await ks(sandbox.url, "GET", api, listParam(), { before: { signMethod } })).toMatchObject({ result: 1n });
	});

	it("counts signatures it refused", async () => {
		await sandbox.control("POST", "reset", {});
		await ks(sandbox.url, "GET", api, listParam(), { after: { sign: "AAAA" } });
		const counters = await sandbox.control<Record<string, object>>("GET", "counters");
		expect(counters.kuaishou).toMatchObject({ refusedSignatures: 1, calls: {} });
	});

	it("wants each API's own verb, and forms", async () => {
		expect(await ks(sandbox.url, "POST", api, listParam())).toMatchObject({ result: 21n });
		const note = '{"orderId":1,"note":"","flag":0}';
		expect(await ks(sandbox.url, "GET", "open.seller.order.note.add", note)).toMatchObject({ result: 21n });
		const json = await fetch(`${sandbox.url}/kuaishou/open/seller/order/note/add`, {
			method: "POST",
			headers: { "content-type": "application/json" },
			body: JSON.stringify(ksParams("open.seller.order.note.add", note)),
		});
		expect(await json.json()).toMatchObject({ result: 21 });
	});

	it.each<[string, object]>([
		["a window of more than 7 days", { beginTime: Date.now() - 170 * hour }],
		["a window of more than 90 days ago", { beginTime: Date.now() - 2200 * hour, endTime: Date.now() - 2150 * hour }],
		["a window that runs backward", { endTime: Date.now() - 2 * hour }],
		["a page of 51", { pageSize: 51 }],
		["a number as a text", { pageSize: "50" }],
		["no cursor", { cursor: undefined }],
		["the cursor that says there is no more", { cursor: "nomore" }],
		["a cursor nobody gave", { cursor: "abc" }],
	])("refuses %s", async (_what, changes) => {
		expect(await ks(sandbox.url, "GET", api, listParam(changes))).toMatchObject({ result: 21n });
	});

	it("refuses more calls a second than it allows", async () => {
		await sandbox.control("POST", "faults", { target: "kuaishou", fault: "rate-limit:3" });
		const results = await Promise.all(Array.from({ length: 8 }, () => ks(sandbox.url, "GET", api, listParam())));
		await sandbox.control("DELETE", "faults");
		expect(results.filter(({ result }) => result === 802_000n).length).toBeGreaterThan(0);
		expect(results.find(({ result }) => result !== 1n)?.error_msg).toMatch(/^Exceed qps limit/);
	});
});

describe("the signature", () => {
	it("is what four SDKs compute", () => {
		const params = new Map([
			["appkey", "ks701200000000000001"],
			["method", "open.shop.info.get"],
			["version", "1"],
			["param", "{}"],
			["access_token", "ChFvYXV0aC5hY2Nlc3NUb2tlbhJgsample+TOKEN/aa=="],
			["timestamp", "1762790501000"],
			["signMethod", "MD5"],
		]);
		expect(sign(params, "9f1c6b2d7e8a4053b6c1d2e3f4a59607", "MD5")).toBe("c5092ec97682c303738af73b2056d898");
	});
});

describe("tokens", () => {
	const [shop] = demoShops;
	const refresh = async (refresh_token: string): Promise<Record<string, string | number>> => {
		const form = { app_id: shop?.app.key ?? "", app_secret: shop?.app.secret ?? "", grant_type: "refresh_token" };
		const body = new URLSearchParams({ ...form, refresh_token });
		const response = await fetch(`${sandbox.url}/kuaishou/oauth2/refresh_token`, { method: "POST", body });
		return (await response.json()) as Record<string, string | number>;
	};

	it("are refreshed once by each refresh token, and the old one goes on for a while", async () => {
		const first = shop?.token.refresh ?? "";
		const second = await refresh(first);
		expect(second).toMatchObject({ result: 1, expires_in: 172_800, open_id: shop?.sellerId });
		expect(second.refresh_token).not.toBe(first);
		expect(second.refresh_token_expires_in).toBeLessThanOrEqual(180 * 86_400);
		expect(await ks(sandbox.url, "GET", api, listParam())).toMatchObject({ result: 1n }); // with the old one
		expect(await refresh(first)).toEqual({
			result: 100200102,
			error: "access_denied",
			error_msg: "refreshToken.discarded",
		});
		expect(await refresh(String(second.refresh_token))).toMatchObject({ result: 1 });
	});
});
