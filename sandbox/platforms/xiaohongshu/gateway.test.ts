import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type RunningSandbox, runSandbox } from "../../testing/running.ts";
import { callSign, messageSign } from "./sign.ts";
import { ark, demoShop, gatewayPath, lastMinutes } from "./test-client.ts";

let sandbox: RunningSandbox;
beforeAll(async () => {
	sandbox = await runSandbox();
});
afterAll(() => sandbox.end());
beforeEach(async () => {
	await sandbox.control("DELETE", "faults");
	await sandbox.control("POST", "reset", {});
});

const listMethod = "order.getOrderList";
const inSeconds = (seconds: number): string => String(Math.floor(Date.now() / 1000) + seconds);
const counters = () => sandbox.control<Record<string, Record<string, number>>>("GET", "counters");

describe("signatures", () => {
	it("are what others compute", () => {
		const secret = "6f2d9c1b7a3e4d58b0f1c2d3e4a5b697";
		const system = { method: listMethod, appId: "c3b1f0a9d2e84f7c8a10", timestamp: "1762790400", version: "2.0" };
		expect(callSign(system, secret)).toBe("98e12d784a7e4ad2ee14820fa234ef68");
		const published = new Map([
			["timestamp", "1625475843"],
			["canshu", "test"],
			["app-key", "xhs"],
		]);
		expect(messageSign("/open_api/msg", published, "9a539709cafc1efc9ef05838be468a28")).toBe(
			"a7b7430de338783293443133ab9b9357",
		);
	});
});

describe("the gateway", () => {
	it.each<[string, Record<string, unknown>, number, RegExp]>([
		["no method", { method: undefined }, -2000400, /method/],
		["a method that does not exist", { method: "order.all" }, -2000400, /method/],
		["a method named like a property of every object", { method: "constructor" }, -2000400, /method/],
		["no app", { appId: undefined }, -2000400, /appId/],
		["an unknown app", { appId: "x" }, 401, /appId不存在/],
		["another version", { version: "1.0" }, -2000400, /version/],
		["a timestamp that is a number", { timestamp: 1_762_790_400 }, -2000400, /timestamp/],
		["a timestamp of eleven minutes ago", { timestamp: inSeconds(-660) }, -2000400, /timestamp/],
		["a timestamp of eleven minutes ahead", { timestamp: inSeconds(660) }, -2000400, /timestamp/],
		["no signature", { sign: undefined }, -2000400, /sign/],
		["another signature", { sign: "0".repeat(32) }, 401, /签名/],
		["no token", { accessToken: undefined }, -2000400, /accessToken/],
		["a token nobody has", { accessToken: "x" }, 401, /mercuryUser/],
	])("refuses %s", async (_, changes, code, message) => {
		const answer = await ark(sandbox.url, listMethod, lastMinutes(1000), changes);
		expect(answer).toMatchObject({ success: false, error_code: code, error_msg: expect.stringMatching(message) });
	});

	it.each<[string, object]>([
		["no time type", { timeType: undefined }],
		["a time type in quotes", { timeType: "2" }],
		["milliseconds where seconds belong", lastMinutes(1)],
		["a window of 31 minutes", { startTime: Number(inSeconds(-1860)), endTime: Number(inSeconds(0)) }],
		["a window that runs backwards", { startTime: Number(inSeconds(0)), endTime: Number(inSeconds(-1)) }],
		[
			"a window of half a year ago",
			{ startTime: Number(inSeconds(-15_552_000)), endTime: Number(inSeconds(-15_551_000)) },
		],
		["page 0", { pageNo: 0 }],
		["page 101", { pageNo: 101 }],
		["a page of 101", { pageSize: 101 }],
	])("refuses %s", async (_, params) => {
		const answer = await ark(sandbox.url, listMethod, { ...lastMinutes(1000), ...params });
		expect(answer).toMatchObject({ success: false, error_code: -2000400 });
	});

	it.each([
		["GET", "application/json", undefined],
		["POST", "application/x-www-form-urlencoded", "method=order.getOrderList"],
		["POST", "application/json", "[]"],
		["POST", "application/json", "{"],
	])("takes nothing but JSON objects by POST: %s %s", async (method, type, body) => {
		const init = { method, headers: { "content-type": type }, body };
		expect((await fetch(`${sandbox.url}${gatewayPath}`, init)).status).toBe(400);
	});

	it("says no in other words for newer methods", async () => {
		const answer = await ark(sandbox.url, "afterSale.listAfterSaleInfos", {}, { accessToken: "x" });
		expect(answer).toEqual({ code: 401, msg: expect.stringContaining("mercuryUser"), success: false });
		const bills = await ark(sandbox.url, "express.queryEbillTemplates", { cpCode: "shunfeng", billVersion: 2 });
		expect(bills).toMatchObject({ code: 0, msg: "", success: true });
	});

	it("does not sign what is asked for", async () => {
		const answer = await ark(sandbox.url, listMethod, lastMinutes(1000), { pageSize: 7 });
		expect(answer).toMatchObject({ success: true, data: { pageSize: 7, total: 0, orderList: [] } });
	});

	it("counts refused signatures and expired tokens", async () => {
		await ark(sandbox.url, listMethod, lastMinutes(1000), { sign: "no" });
		expect((await counters()).xiaohongshu).toMatchObject({ refusedSignatures: 1 });
	});

	it("lets no more calls of an app through than a hundred a second", async () => {
		const calls = Array.from({ length: 260 }, () => ark(sandbox.url, "common.getExpressCompanyList"));
		const refused = (await Promise.all(calls)).filter(({ success }) => !success);
		expect(refused.length).toBeGreaterThan(0);
		expect(refused[0]).toMatchObject({ error_code: -9013 });
		expect((await counters()).xiaohongshu?.outOfQuota).toBe(refused.length);
	});
});

describe("tokens", () => {
	interface Pair {
		accessToken: string;
		accessTokenExpiresAt: number;
		refreshToken: string;
		refreshTokenExpiresAt: number;
	}
	const dayMs = 24 * 3_600_000;
	const renew = (refreshToken: string) =>
		ark<Pair>(sandbox.url, "oauth.refreshToken", { refreshToken }, { accessToken: undefined });
	const works = async (accessToken: string): Promise<boolean> =>
		(await ark(sandbox.url, listMethod, lastMinutes(1000), { accessToken })).success;

	it("come of the seller's consent, stay what they are while they are young, and change when they have ended", async () => {
		const query = new URLSearchParams({ appId: demoShop.app.key, redirectUri: "https://hub.example/back", state: "s" });
		const page = await fetch(`${sandbox.url}/xiaohongshu/ark/authorization?${query}`, { redirect: "manual" });
		const back = new URL(page.headers.get("location") ?? "");
		expect([page.status, back.origin, back.searchParams.get("state")]).toEqual([302, "https://hub.example", "s"]);
		const code = back.searchParams.get("code");

		const { data: pair } = await ark<Pair>(sandbox.url, "oauth.getAccessToken", { code }, { accessToken: undefined });
		expect(pair).toMatchObject({ sellerId: demoShop.sellerId, sellerName: demoShop.name });
		expect(pair.accessTokenExpiresAt - Date.now()).toBeGreaterThan(7 * dayMs - 60_000);
		expect(pair.refreshTokenExpiresAt - Date.now()).toBeGreaterThan(14 * dayMs - 60_000);
		expect((await ark(sandbox.url, "oauth.getAccessToken", { code })).success).toBe(false);
		expect(await works(demoShop.token.access)).toBe(false);

		expect((await renew(pair.refreshToken)).data).toEqual(pair);
		await sandbox.control("POST", "faults", { target: "xiaohongshu", fault: "expired-token", times: 1 });
		expect(await works(pair.accessToken)).toBe(false);
		const { data: next } = await renew(pair.refreshToken);
		expect(next.refreshToken).not.toBe(pair.refreshToken);
		expect([await works(next.accessToken), await works(pair.accessToken)]).toEqual([true, false]);
		expect((await renew(pair.refreshToken)).success).toBe(false);
		expect((await counters()).xiaohongshu?.expiredTokens).toBeGreaterThan(1);
	});
});
