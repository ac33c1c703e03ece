import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type OpenMarket, openMarket } from "../testing/market.ts";
import { plainShop } from "../testing/plain-platform.ts";
import { Shops } from "./shops.ts";

const hourMs = 3_600_000;
const shop = plainShop;

let open: OpenMarket;
let shops: Shops;
beforeEach(() => {
	open = openMarket();
	shops = new Shops(open.journal, [shop], { lifetimeMs: hourMs, refreshLifetimeMs: 2 * hourMs });
});
afterEach(() => open.end());

const nowMs = Date.now();
const state = (access: string, atMs = nowMs) => shops.session(access, atMs).state;

describe("a refresh", () => {
	it("ends the old access token at once and keeps the refresh token", () => {
		const token = shops.refresh("app", "refresh-token", nowMs);
		expect(token).toMatchObject({ refresh: "refresh-token", expiresMs: nowMs + hourMs });
		expect(state("access-token")).toBe("expired");
		expect(state(token?.access ?? "")).toBe("valid");
		expect(state(token?.access ?? "", nowMs + hourMs)).toBe("expired");
		expect(state("never given")).toBe("unknown");
	});

	it("lets the old access token go on for a while where the platform does", () => {
		shops.refresh("app", "refresh-token", nowMs, { keepOldMs: 300_000 });
		expect(state("access-token", nowMs + 299_999)).toBe("valid");
		expect(state("access-token", nowMs + 300_000)).toBe("expired");
	});

	it("with rotation gives another refresh token, and the old one dies", () => {
		const token = shops.refresh("app", "refresh-token", nowMs, { rotate: true });
		expect(token?.refresh).not.toBe("refresh-token");
		expect(shops.refresh("app", "refresh-token", nowMs)).toBeNull();
		expect(shops.refresh("app", token?.refresh ?? "", nowMs)).not.toBeNull();
	});

	it("begins the life of a rotated refresh token anew, unless it is to end with the old one", () => {
		const { refreshExpiresMs } = shops.token(shop);
		const laterMs = nowMs + hourMs;
		const anew = shops.refresh("app", "refresh-token", laterMs, { rotate: true });
		expect(anew?.refreshExpiresMs).toBe(laterMs + 2 * hourMs);
		const inherited = shops.refresh("app", anew?.refresh ?? "", laterMs + 1000, { rotate: true, keepRefreshEnd: true });
		expect(inherited?.refreshExpiresMs).toBe(anew?.refreshExpiresMs);
		expect(inherited?.refreshExpiresMs).toBeGreaterThan(refreshExpiresMs);
	});

	it("is refused to another app, and when the refresh token has expired", () => {
		expect(shops.refresh("other", "refresh-token", nowMs)).toBeNull();
		expect(shops.refresh("app", "refresh-token", nowMs + 3 * hourMs)).toBeNull();
	});
});

describe("an authorisation code", () => {
	it("is good for one token, once", () => {
		const code = shops.authorize(shop, nowMs);
		expect(shops.exchange("other", code, nowMs)).toBeNull();
		const token = shops.exchange("app", code, nowMs);
		expect(state(token?.access ?? "")).toBe("valid");
		expect(state("access-token")).toBe("expired");
		expect(shops.exchange("app", code, nowMs)).toBeNull();
	});

	it("lasts ten minutes", () => {
		const code = shops.authorize(shop, nowMs);
		expect(shops.exchange("app", code, nowMs + 600_000)).toBeNull();
	});
});

it("issues tokens that cannot be refreshed", () => {
	const token = shops.issue(shop, nowMs, { lifetimeMs: 7_200_000 });
	expect(token).toMatchObject({ refresh: "", expiresMs: nowMs + 7_200_000 });
	expect(shops.refresh("app", "", nowMs)).toBeNull();
});

it("ends all access tokens of a shop, those that were to go on too", () => {
	const token = shops.refresh("app", "refresh-token", nowMs, { keepOldMs: hourMs });
	shops.expire(shop, nowMs);
	expect([state("access-token"), state(token?.access ?? "")]).toEqual(["expired", "expired"]);
});

it("knows tokens and codes again after a restart", () => {
	const token = shops.refresh("app", "refresh-token", nowMs);
	const code = shops.authorize(shop, nowMs);
	open = open.reopened();
	shops = new Shops(open.journal, [shop]);
	expect(shops.token(shop)).toEqual(token);
	expect(state("access-token")).toBe("expired");
	expect(shops.exchange("app", code, nowMs)).not.toBeNull();
});
