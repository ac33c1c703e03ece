import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningSandbox, runSandbox } from "../../testing/running.ts";
import { sign } from "./sign.ts";
import { answerOf, call, demoShop, inSeconds, searchParams } from "./test-client.ts";

const search = "jingdong.pop.order.enSearch";

let sandbox: RunningSandbox;
beforeAll(async () => {
	sandbox = await runSandbox();
});
afterAll(() => sandbox.end());

describe("the gateway", () => {
	it.each<[string, Record<string, string>, string]>([
		["no version", { v: "" }, "4"],
		["another version", { v: "1.0" }, "5"],
		["no timestamp", { timestamp: "" }, "7"],
		["a timestamp of seven minutes ago", { timestamp: inSeconds(-420) }, "8"],
		["a timestamp of seven minutes ahead", { timestamp: inSeconds(420) }, "8"],
		["a timestamp that is no time", { timestamp: "2026-02-30 00:00:00" }, "8"],
		["no app key", { app_key: "" }, "20"],
		["an unknown app key", { app_key: "1" }, "21"],
		["no method", { method: "" }, "14"],
		["a method that does not exist", { method: "jingdong.pop.order.all" }, "15"],
		["a method named like a property of every object", { method: "constructor" }, "15"],
		["no token", { access_token: "" }, "18"],
		["a token nobody has", { access_token: "none" }, "19"],
		["no business parameters", { "360buy_param_json": "" }, "61"],
		["business parameters that are no JSON", { "360buy_param_json": "{" }, "61"],
		["business parameters that are no object", { "360buy_param_json": "[]" }, "61"],
	])("refuses %s", async (_, system, code) => {
		const { root, body } = await call(sandbox.url, search, searchParams(), system);
		expect(root).toBe("error_response");
		expect(body.code).toBe(code);
	});

	it.each<[string, Record<string, string | undefined>, string]>([
		["no signature", { sign: undefined }, "11"],
		["another signature", { sign: "0".repeat(32) }, "12"],
		["a signature in small letters", { sign: "a".repeat(32) }, "12"],
		["a parameter added after signing", { format: "json" }, "12"],
		["business parameters that are not those signed", { "360buy_param_json": "{}" }, "12"],
	])("refuses %s, and counts it", async (_, changes, code) => {
		const refused = async () =>
			(await sandbox.control<Record<string, { refusedSignatures: number }>>("GET", "counters")).jd?.refusedSignatures ??
			0;
		const before = await refused();
		expect((await call(sandbox.url, search, searchParams(), {}, changes)).body.code).toBe(code);
		expect(await refused()).toBe(before + 1);
	});

	it.each([
		["page_size", "101"],
		["page_size", "0"],
		["page", "0"],
		["page", "101"],
		["order_state", ""],
		["order_state", "SHIPPED"],
		["optional_fields", ""],
		["start_date", "today"],
		["start_date", inSeconds(-40 * 86_400)],
		["end_date", inSeconds(-3_600)],
		["start_date", ""],
	])("refuses %s %j", async (name, value) => {
		const { body } = await call(sandbox.url, search, searchParams({ [name]: value }));
		expect(body.code).toBe("61");
	});

	it("lets the dates out only for those who ask for what is to be shipped", async () => {
		const params = { ...searchParams({ order_state: "WAIT_SELLER_STOCK_OUT" }), start_date: null, end_date: null };
		expect((await call(sandbox.url, search, params)).root).toBe("jingdong_pop_order_enSearch_responce");
	});

	it("takes a time with milliseconds and zone, and parameters wherever they stand", async () => {
		const params: Record<string, string> = {
			method: search,
			app_key: demoShop.app.key,
			access_token: demoShop.token.access,
			timestamp: `${inSeconds(0)}.123+0800`,
			v: "2.0",
			"360buy_param_json": JSON.stringify(searchParams()),
		};
		const query = new URLSearchParams({ ...params, sign: sign(new Map(Object.entries(params)), demoShop.app.secret) });
		const { root } = await answerOf(await fetch(`${sandbox.url}/jd/routerjson?${query}`));
		expect(root).toBe("jingdong_pop_order_enSearch_responce");
	});

	it("refuses a body that is no form", async () => {
		const headers = { "content-type": "application/json" };
		const response = await fetch(`${sandbox.url}/jd/routerjson`, { method: "POST", headers, body: "{}" });
		expect((await answerOf(response)).body.code).toBe("43");
	});

	it("counts calls by app and method, and refuses those beyond the quota", async () => {
		await sandbox.control("POST", "faults", { target: "jd", fault: "rate-limit:2" });
		const answers = await Promise.all([1, 2, 3, 4, 5, 6].map(() => call(sandbox.url, search, searchParams())));
		await sandbox.control("DELETE", "faults");
		expect(answers.filter(({ body }) => body.code === "2").length).toBeGreaterThan(1);
	});
});

describe("the consent of a seller", () => {
	const oauth = async (path: string, params: Record<string, string>) => {
		const app = { app_key: demoShop.app.key, app_secret: demoShop.app.secret };
		const response = await fetch(`${sandbox.url}/jd/oauth2/${path}?${new URLSearchParams({ ...app, ...params })}`);
		return (await response.json()) as { access_token?: string; refresh_token?: string; msg?: string };
	};

	it("gives a code for one pair, and each refresh another pair", async () => {
		const wish = { response_type: "code", redirect_uri: "https://hub.example/back?a=1", state: "s" };
		const query = new URLSearchParams({ app_key: demoShop.app.key, ...wish });
		const page = await fetch(`${sandbox.url}/jd/oauth2/to_login?${query}`, { redirect: "manual" });
		const back = new URL(page.headers.get("location") ?? "");
		expect([page.status, back.searchParams.get("state"), back.searchParams.get("a")]).toEqual([302, "s", "1"]);
		const grant = { grant_type: "authorization_code", code: back.searchParams.get("code") ?? "" };
		const first = await oauth("access_token", grant);
		expect((await oauth("access_token", grant)).access_token).toBeUndefined();
		const refresh = { grant_type: "refresh_token", refresh_token: first.refresh_token ?? "" };
		const second = await oauth("refresh_token", refresh);
		expect(second.access_token).not.toBe(first.access_token);
		expect((await oauth("refresh_token", refresh)).access_token).toBeUndefined();
		expect((await oauth("refresh_token", { ...refresh, app_secret: "wrong" })).msg).toContain("app_secret");
		const old = { access_token: first.access_token ?? "" };
		expect((await call(sandbox.url, search, searchParams(), old)).body.code).toBe("19");
	});
});
