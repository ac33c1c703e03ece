import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type RunningSandbox, runSandbox } from "../../testing/running.ts";
import { inSeconds, stableToken, wx } from "./test-client.ts";

let sandbox: RunningSandbox;
beforeAll(async () => {
	sandbox = await runSandbox();
});
afterEach(async () => {
	await sandbox.control("DELETE", "faults");
	await sandbox.control("POST", "reset", {});
});
afterAll(() => sandbox.end());

const counters = async () =>
	(await sandbox.control<Record<string, Record<string, number>>>("GET", "counters")).weixin ?? {};
const fault = (fault: string, times?: number) =>
	sandbox.control("POST", "faults", { target: "weixin", fault, ...(times && { times }) });
/** The token in use, whatever the tests before did to it. */
const token = async (): Promise<string> => (await stableToken(sandbox.url)).access_token;
const window = () => ({ start_time: inSeconds(-60), end_time: inSeconds(60) });

describe("the gateway", () => {
	it("refuses a GET, with HTTP 200 and a trace behind its words", async () => {
		const response = await fetch(`${sandbox.url}/weixin/channels/ec/order/get`);
		expect(response.status).toBe(200);
		expect(await response.json()).toMatchObject({
			errcode: 43002,
			errmsg: expect.stringMatching(/ rid: \w+-\w+-\w+$/),
		});
	});

	it.each([
		["no token", "", 41001],
		["a token nobody has", "88_none", 40001],
	])("refuses %s", async (_what, access, errcode) => {
		expect((await wx(sandbox.url, "order/get", {}, access)).errcode).toBe(errcode);
	});

	it("counts tokens nobody has as wrong signatures", async () => {
		await wx(sandbox.url, "order/get", {}, "88_none");
		expect(await counters()).toMatchObject({ refusedSignatures: 1 });
	});

	it.each<[string, string, object | string, number]>([
		["a path that does not exist", "order/all", {}, 40066],
		["a path named like a property of every object", "constructor", {}, 40066],
		["a body that is no JSON", "order/get", "order_id=1", 47001],
		["an empty body", "order/get", "", 47001],
		["a list for a body", "order/get", "[]", 47001],
		["an id as a number where text is wanted", "order/get", '{"order_id":3720293415509954816}', 47001],
		["a flag as text", "order/get", { order_id: "1", encode_sensitive_info: "true" }, 47001],
		["no id", "order/get", {}, 40097],
		["an order that does not exist", "order/get", { order_id: "3700000000000000001" }, 10060010],
		["no time range", "order/list/get", { page_size: 10 }, 40097],
		["times as text", "order/list/get", { update_time_range: { start_time: "1", end_time: "2" } }, 47001],
		[
			"a range of more than 7 days",
			"order/list/get",
			{ update_time_range: { start_time: 1, end_time: 604_802 } },
			40097,
		],
		["a range that runs backwards", "order/list/get", { update_time_range: { start_time: 2, end_time: 1 } }, 40097],
		["a page of 101", "order/list/get", { page_size: 101, update_time_range: { start_time: 1, end_time: 2 } }, 40097],
		[
			"a cursor that is none",
			"order/list/get",
			{ next_key: "?", update_time_range: { start_time: 1, end_time: 2 } },
			40097,
		],
		[
			"a day and a second of after-sales",
			"aftersale/getaftersalelist",
			{ begin_update_time: 1, end_update_time: 86_402 },
			9700224,
		],
		["a page of 31 products", "product/list/get", { page_size: 31 }, 40097],
	])("refuses %s", async (_what, path, body, errcode) => {
		expect((await wx(sandbox.url, path, body, await token())).errcode).toBe(errcode);
	});

	it("lets no more calls of one API through than the quota", async () => {
		const access = await token();
		await fault("rate-limit:3");
		const calls = Array.from({ length: 8 }, () => wx(sandbox.url, "order/get", {}, access));
		const limited = (await Promise.all(calls)).filter(({ errcode }) => errcode === 45011);
		expect(limited.length).toBeGreaterThanOrEqual(2); // eight calls may touch two seconds
		expect((await counters()).outOfQuota).toBe(limited.length);
	});
});

describe("the token", () => {
	it("is the same until it is old, with the seconds it still has", async () => {
		const first = await stableToken(sandbox.url);
		const second = await stableToken(sandbox.url);
		expect(second.access_token).toBe(first.access_token);
		expect(first.errcode).toBeUndefined();
		expect(first.expires_in).toBeLessThanOrEqual(7200);
	});

	it("is another one five minutes before its end, and the old one goes on meanwhile", async () => {
		const old = await token();
		await fault("clock:7000");
		const next = await token();
		expect(next).not.toBe(old);
		for (const access of [old, next]) {
			expect((await wx(sandbox.url, "order/list/get", { update_time_range: window() }, access)).errcode).toBe(0);
		}
		await sandbox.control("DELETE", "faults");
		await fault("clock:7400");
		expect((await wx(sandbox.url, "order/get", {}, old)).errcode).toBe(40001);
	});

	it("is another one by force, the old one is dead at once, and that is not possible twice in 30 s", async () => {
		const old = await token();
		const { access_token: next } = await stableToken(sandbox.url, { force_refresh: true });
		expect(next).not.toBe(old);
		expect((await wx(sandbox.url, "order/get", {}, old)).errcode).toBe(40001);
		expect(await counters()).toMatchObject({ expiredTokens: 1 });
		expect((await stableToken(sandbox.url, { force_refresh: true })).errcode).toBe(45011);
	});

	it("is to be had by force 20 times a day", async () => {
		for (let at = 0; at < 20; at += 1) {
			await fault(`clock:${at * 31}`);
			expect((await stableToken(sandbox.url, { force_refresh: true })).access_token).toBeTruthy();
		}
		await fault("clock:900");
		expect((await stableToken(sandbox.url, { force_refresh: true })).errcode).toBe(45009);
	});

	it("that has expired is told from one that was replaced", async () => {
		const access = await token();
		await fault("expired-token", 1);
		expect((await wx(sandbox.url, "order/get", {}, access)).errcode).toBe(42001);
		expect(await token()).not.toBe(access);
		expect((await wx(sandbox.url, "order/get", {}, access)).errcode).toBe(40001);
	});

	it.each([
		["another grant", { grant_type: "authorization_code" }, 40002],
		["an app nobody has", { appid: "wx0" }, 40013],
		["a wrong secret", { secret: "no" }, 40001],
		["force as text", { force_refresh: "true" }, 47001],
	])("is refused with %s", async (_what, changes, errcode) => {
		expect((await stableToken(sandbox.url, changes)).errcode).toBe(errcode);
	});
});
