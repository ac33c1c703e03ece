import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningSandbox, runSandbox } from "../../testing/running.ts";
import { inSeconds, send, top, topParams } from "../../testing/top-client.ts";
import { demoShops } from "./demo-shop.ts";
import { sign } from "./sign.ts";

const method = "taobao.trades.sold.get";
const [shop] = demoShops;

let sandbox: RunningSandbox;
beforeAll(async () => {
	sandbox = await runSandbox();
});
afterAll(() => sandbox.end());

describe("the TOP gateway", () => {
	it.each<[string, Record<string, string>, number, string?]>([
		["no version", { v: "" }, 32],
		["another version", { v: "1.0" }, 33],
		["no app key", { app_key: "" }, 28],
		["an unknown app key", { app_key: "1" }, 29],
		["no timestamp", { timestamp: "" }, 30],
		["a timestamp of eleven minutes ago", { timestamp: inSeconds(-660) }, 31],
		["a timestamp of eleven minutes ahead", { timestamp: inSeconds(660) }, 31],
		["a timestamp that is no time", { timestamp: "2026-02-30 00:00:00" }, 31],
		["no session", { session: "" }, 26],
		["a session nobody has", { session: "6100none" }, 27, "invalid-sessionkey"],
		["no fields", { fields: "" }, 40, "isv.missing-parameter:fields"],
		["fields nobody knows", { fields: "nonsense" }, 41, "isv.invalid-parameter:fields"],
		["a page of 101", { page_size: "101" }, 41, "isv.invalid-parameter:page_size"],
		["a page of 0", { page_size: "0" }, 41, "isv.invalid-parameter:page_size"],
		["page 0", { page_no: "0" }, 41, "isv.invalid-parameter:page_no"],
		["a status that is none", { status: "SHIPPED" }, 41, "isv.invalid-parameter:status"],
		["a time that is none", { start_created: "today" }, 41, "isv.invalid-parameter:start_created"],
	])("refuses %s", async (_, params, code, subCode) => {
		const { root, body } = await top(sandbox.url, method, { fields: "tid", ...params });
		expect(root).toBe("error_response");
		expect(body.code).toBe(code);
		if (subCode) expect(body.sub_code).toBe(subCode);
	});

	it.each<[string, Record<string, string | undefined>, number]>([
		["no method", { method: undefined }, 21],
		["a method that does not exist", { method: "taobao.trades.all" }, 22],
		["a method named like a property of every object", { method: "constructor" }, 22],
		["no signature", { sign: undefined }, 24],
		["another signature", { sign: "0".repeat(32) }, 25],
		["a parameter added after signing", { page_no: "2" }, 25],
		["a signature method that is none", { sign_method: "sha1" }, 25],
	])("refuses %s", async (_, changes, code) => {
		const { body } = await top(sandbox.url, method, { fields: "tid" }, changes);
		expect(body.code).toBe(code);
	});

	it.each(["md5", "hmac", "hmac-sha256"])("accepts a signature by %s", async (signMethod) => {
		const { root } = await top(sandbox.url, method, { fields: "tid", sign_method: signMethod });
		expect(root).toBe("trades_sold_get_response");
	});

	it("accepts a timestamp in epoch milliseconds", async () => {
		const { root } = await top(sandbox.url, method, { fields: "tid", timestamp: String(Date.now()) });
		expect(root).toBe("trades_sold_get_response");
	});

	it("takes parameters from query and body together, as the Java SDK sends them", async () => {
		const params = topParams(method, { fields: "tid" });
		const signature = sign(new Map(Object.entries(params)), shop?.app.secret ?? "", "md5");
		const { fields = "", ...system } = params;
		const query = new URLSearchParams({ ...system, sign: signature });
		const url = `${sandbox.url}/taobao/router/rest?${query}`;
		const response = await fetch(url, { method: "POST", body: new URLSearchParams({ fields }) });
		expect(await response.text()).toContain("trades_sold_get_response");
	});

	it("answers XML to whoever does not ask for JSON", async () => {
		const response = await fetch(`${sandbox.url}/taobao/router/rest?method=${method}`);
		expect(response.status).toBe(200);
		expect(await response.text()).toContain("<code>23</code>");
	});

	it("counts refused signatures", async () => {
		await sandbox.control("POST", "reset", {});
		await send(sandbox.url, Object.entries({ ...topParams(method), sign: "no" }));
		const counters = await sandbox.control<Record<string, { refusedSignatures: number }>>("GET", "counters");
		expect(counters.taobao?.refusedSignatures).toBe(1);
	});

	it("lets no more calls of one method through than the quota, and says for how long", async () => {
		await sandbox.control("POST", "faults", { target: "taobao", fault: "rate-limit:3" });
		const calls = Array.from({ length: 8 }, () => top(sandbox.url, method, { fields: "tid" }));
		const answers = await Promise.all(calls);
		const limited = answers.filter(({ root }) => root === "error_response");
		await sandbox.control("DELETE", "faults");
		expect(limited.length).toBeGreaterThanOrEqual(2); // eight calls may touch two seconds
		expect(limited[0]?.body).toMatchObject({ code: 7, sub_msg: "This ban will last for 1 more seconds" });
		expect((await top(sandbox.url, method, { fields: "tid" })).root).toBe("trades_sold_get_response");
	});
});

describe("tokens", () => {
	it("refuses an expired token until it is refreshed, and the old one ever after", async () => {
		await sandbox.control("POST", "faults", { target: "taobao", fault: "expired-token", times: 1 });
		const first = await top(sandbox.url, method, { fields: "tid" });
		const second = await top(sandbox.url, method, { fields: "tid" });
		expect([first.body.sub_code, second.body.sub_code]).toEqual(["session-expired", "session-expired"]);

		const refreshed = await top<{ token_result: string }>(sandbox.url, "taobao.top.auth.token.refresh", {
			refresh_token: shop?.token.refresh ?? "",
			session: "",
		});
		const { access_token: session, expires_in: seconds } = JSON.parse(refreshed.body.token_result) as {
			access_token: string;
			expires_in: number;
		};
		expect(seconds).toBeGreaterThan(3600);
		expect((await top(sandbox.url, method, { fields: "tid", session })).root).toBe("trades_sold_get_response");
		expect((await top(sandbox.url, method, { fields: "tid" })).body.code).toBe(27);
		const { shops } = await sandbox.control<{ shops: { token: { access: string } }[] }>("GET", "shops");
		expect(shops[0]?.token.access).toBe(session);
	});

	it("refuses a wrong refresh token, by the API and by OAuth", async () => {
		const params = { refresh_token: "6101wrong", session: "" };
		expect((await top(sandbox.url, "taobao.top.auth.token.refresh", params)).body.code).toBe(15);
		const form = { grant_type: "refresh_token", client_id: shop?.app.key ?? "", client_secret: shop?.app.secret ?? "" };
		const oauth = (body: object) =>
			fetch(`${sandbox.url}/taobao/token`, { method: "POST", body: new URLSearchParams({ ...body }) });
		expect((await oauth({ ...form, refresh_token: "6101wrong" })).status).toBe(400);
		expect((await oauth({ ...form, client_secret: "no", refresh_token: shop?.token.refresh })).status).toBe(400);
		const right = await oauth({ ...form, refresh_token: shop?.token.refresh });
		expect(await right.json()).toMatchObject({ token_type: "Bearer", taobao_user_id: shop?.sellerId });
	});

	it("are given once for the code of a seller's consent, and work", async () => {
		const consent = (params: object) => {
			const asked = {
				response_type: "code",
				client_id: shop?.app.key,
				redirect_uri: "https://hub.example/back",
				...params,
			};
			return fetch(
				`${sandbox.url}/taobao/oauth/authorize?${new URLSearchParams({ ...asked } as Record<string, string>)}`,
				{
					redirect: "manual",
				},
			);
		};
		expect((await consent({ client_id: "1" })).status).toBe(400);
		expect((await consent({ response_type: "token" })).status).toBe(400);
		const back = new URL((await consent({ state: "s" })).headers.get("location") ?? "");
		expect(back.searchParams.get("state")).toBe("s");
		const params = { code: back.searchParams.get("code") ?? "", session: "" };
		const created = await top<{ token_result: string }>(sandbox.url, "taobao.top.auth.token.create", params);
		const { access_token: session } = JSON.parse(created.body.token_result) as { access_token: string };
		expect((await top(sandbox.url, method, { fields: "tid", session })).root).toBe("trades_sold_get_response");
		expect((await top(sandbox.url, "taobao.top.auth.token.create", params)).body.code).toBe(15);
	});
});
