import { describe, expect, it } from "vitest";
import { sampleNow as now, sampleShop as shop, walk } from "./sample-shop.ts";
import { tokens } from "./token.ts";

const created = (result: object) => ({ top_auth_token_create_response: { token_result: JSON.stringify(result) } });
const refreshed = (token_result: string) => ({ top_auth_token_refresh_response: { token_result } });
const permitted = { tmc_user_permit_response: { is_success: true } };
const exchange = (...answers: object[]) => {
	if (!tokens.exchange) throw new Error("no exchange");
	return walk(tokens.exchange("c-1", "https://hub.example/back"), ...answers);
};

describe("a refreshed token", () => {
	it("is asked for without a session", () => {
		const answer = refreshed(JSON.stringify({ access_token: "a", expires_in: 60 }));
		const [params] = walk(tokens.refresh(), answer).sent;
		expect(params).toMatchObject({ method: "taobao.top.auth.token.refresh", refresh_token: "6101" });
		expect(params).not.toHaveProperty("session");
	});

	it.each([
		[{ access_token: "a", refresh_token: "r", expires_in: 3600 }, new Date(now.getTime() + 3_600_000)],
		[{ access_token: "a", refresh_token: "r", expire_time: 1_790_000_000_000 }, new Date(1_790_000_000_000)],
	])("lasts as long as the answer says: %j", (result, expiresAt) => {
		const { value } = walk(tokens.refresh(), refreshed(JSON.stringify(result)));
		expect(value).toEqual({ access: "a", refresh: "r", expiresAt });
	});

	it.each(["secret-token", '{"access_token":"secret-token"}'])("is not quoted when it cannot be read: %s", (result) => {
		expect(() => walk(tokens.refresh(), refreshed(result))).toThrow(/^(?!.*secret-token)/);
	});

	it("is possible only with a refresh token", () => {
		expect(tokens.renewable(shop)).toBe(true);
		expect(tokens.renewable({ ...shop, refreshToken: "" })).toBe(false);
	});
});

describe("a seller's consent", () => {
	const result = { access_token: "a", refresh_token: "r", expires_in: 60, taobao_user_id: "22" };

	it("is asked for on the platform's own page", () => {
		const url = new URL(tokens.authorizeUrl?.(shop, "https://hub.example/back?x=1", "s 1") ?? "");
		expect(url.origin + url.pathname).toBe(shop.authUrl);
		expect(Object.fromEntries(url.searchParams)).toEqual({
			response_type: "code",
			client_id: "21998877",
			redirect_uri: "https://hub.example/back?x=1",
			state: "s 1",
			view: "web",
		});
	});

	it("becomes a token, with which the seller's messages are asked for", () => {
		const nick = encodeURIComponent("沐光家居旗舰店");
		const { sent, value } = exchange(created({ ...result, taobao_user_nick: nick }), permitted);
		expect(value).toMatchObject({ access: "a", refresh: "r", sellerId: "22", sellerName: "沐光家居旗舰店" });
		expect(sent).toMatchObject([
			{ method: "taobao.top.auth.token.create", code: "c-1" },
			{ method: "taobao.tmc.user.permit", session: "a" },
		]);
	});

	it("holds for an app that has no messages, too", () => {
		const refused = { error_response: { code: 11, sub_code: "isv.permission-api-package-limit" } };
		expect(exchange(created(result), refused).value.access).toBe("a");
	});
});
