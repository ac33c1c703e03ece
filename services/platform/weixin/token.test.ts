import { describe, expect, it } from "vitest";
import { play, sampleShop } from "./sample-shop.ts";
import { tokens } from "./token.ts";

const token = (access_token: string) => JSON.stringify({ access_token, expires_in: 7200 });

describe("a token", () => {
	it("is the one in use, asked for by the app's id and secret", () => {
		const { value, requests } = play(tokens.refresh(), [token("another")]);
		expect(requests).toMatchObject([
			{
				url: "https://api.weixin.qq.com/cgi-bin/stable_token",
				body: '{"grant_type":"client_credential","appid":"wx1a2b3c4d5e6f7081","secret":"secret","force_refresh":false}',
			},
		]);
		expect(value).toEqual({ access: "another", refresh: "", expiresAt: new Date("2026-03-18T02:00:00Z") });
	});

	it("that was refused and is answered again is replaced by force, once", () => {
		const { value, requests } = play(tokens.refresh(), [token(sampleShop.accessToken), token("another")]);
		expect(requests.map(({ repeatable, body }) => [repeatable, body.includes('"force_refresh":true')])).toEqual([
			[true, false],
			[false, true],
		]);
		expect(value.access).toBe("another");
	});

	it("needs nobody but the app", () => {
		expect(tokens.renewable(sampleShop)).toBe(true);
		expect(tokens.renewable({ ...sampleShop, appSecret: "" })).toBe(false);
	});

	it.each([
		['{"errcode":40001,"errmsg":"invalid credential rid: 1-2-3"}', "PLATFORM_MISCONFIGURED"],
		['{"errcode":40164,"errmsg":"invalid ip rid: 1-2-3"}', "PLATFORM_MISCONFIGURED"],
		['{"access_token":"","expires_in":7200}', "PLATFORM_BAD_RESPONSE"],
		['{"access_token":"t"}', "PLATFORM_BAD_RESPONSE"],
	])("is not read from %s", (body, type) => {
		expect(() => play(tokens.refresh(), [body])).toThrow(expect.objectContaining({ type }));
	});
});
