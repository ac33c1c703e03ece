import { afterAll, beforeAll, expect, it } from "vitest";
import { type RunningSandbox, runSandbox } from "../../testing/running.ts";
import { sign } from "./sign.ts";
import { app, type PddErrorBody, pdd, pddParams, send, token } from "./test-client.ts";

let sandbox: RunningSandbox;
beforeAll(async () => {
	sandbox = await runSandbox();
});
afterAll(() => sandbox.end());

/** A call that no shop stands behind. */
function asApp(type: string, params: Record<string, string>) {
	const { access_token: _, ...all } = pddParams(type, params);
	const signed = { ...all, sign: sign(new Map(Object.entries(all)), app.secret) };
	return send<Record<string, string>>(sandbox.url, { body: new URLSearchParams(signed) });
}
const call = (access_token: string) => pdd<PddErrorBody>(sandbox.url, "pdd.refund.address.list.get", { access_token });
const refresh = (refresh_token: string) => asApp("pdd.pop.auth.token.refresh", { refresh_token });

it("a token that ended is refused and counted, and its refresh token gives another one", async () => {
	await sandbox.control("POST", "faults", { target: "pdd", fault: "expired-token", times: 1 });
	const [shop] = (
		await sandbox.control<{ shops: { platform: string; token: { access: string; refresh: string } }[] }>("GET", "shops")
	).shops.filter(({ platform }) => platform === "pdd");
	const { access, refresh: refreshToken } = shop?.token ?? { access: "", refresh: "" };
	expect((await call(access)).body.error_code).toBe(10019);
	const counters = await sandbox.control<Record<string, { expiredTokens: number }>>("GET", "counters");
	expect(counters.pdd?.expiredTokens).toBe(1);
	const { body } = await refresh(refreshToken);
	expect(body.refresh_token).toBe(refreshToken);
	expect((await call(body.access_token ?? "")).root).toBe("refund_address_list_get_response");
	expect((await refresh("no-such-token")).root).toBe("error_response");
});

it("a token comes of a seller's consent, its code works once, and the token before ends", async () => {
	const page = new URL(`${sandbox.url}/pdd/service-market/auth`);
	const query = { response_type: "code", client_id: app.key, redirect_uri: "https://hub.example/cb?x=1", state: "s" };
	for (const [name, value] of Object.entries(query)) page.searchParams.set(name, value);
	const response = await fetch(page, { redirect: "manual" });
	expect(response.status).toBe(302);
	const back = new URL(response.headers.get("location") ?? "");
	expect([back.searchParams.get("x"), back.searchParams.get("state")]).toEqual(["1", "s"]);
	const code = back.searchParams.get("code") ?? "";
	const { body } = await asApp("pdd.pop.auth.token.create", { code });
	expect(body).toMatchObject({ owner_id: "1000001", expires_in: expect.any(Number) });
	expect((await asApp("pdd.pop.auth.token.create", { code })).root).toBe("error_response");
	expect((await call(body.access_token ?? "")).root).toBe("refund_address_list_get_response");
	expect((await call(token.access)).body.error_code).toBe(10019);
});

it("no consent is given to an app nobody knows", async () => {
	const query = new URLSearchParams({ response_type: "code", client_id: "x", redirect_uri: "https://hub.example/cb" });
	expect((await fetch(`${sandbox.url}/pdd/service-market/auth?${query}`, { redirect: "manual" })).status).toBe(400);
});
