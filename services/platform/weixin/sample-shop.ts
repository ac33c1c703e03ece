import type { HttpRequest, ShopAccess } from "../adapter.ts";
import type { Steps } from "../steps.ts";
import { type WalkedCall, walkSteps } from "../walk-steps.ts";

/** A shop of tests: nothing in it opens anything. */
export const sampleShop: ShopAccess = {
	shopId: "shop-1",
	sellerId: "gh_0123456789ab",
	gatewayUrl: "https://api.weixin.qq.com",
	authUrl: "",
	messageUrl: "",
	appKey: "wx1a2b3c4d5e6f7081",
	appSecret: "secret",
	signSecret: "",
	messageToken: "hubToken2026",
	messageKey: "hUb2026kQ7xYzAbCdEfGhIjKlMnOpQrStUvWxYz0123",
	accessToken: "88_a+b/c",
	refreshToken: "",
};

export interface Played<T> {
	value: T;
	requests: (Pick<HttpRequest, "url" | "headers" | "body"> & Pick<WalkedCall, "method" | "repeatable">)[];
	bodies: string[];
}

/** Walks through steps with an answer for each of their calls. */
export function play<T>(steps: Steps<T>, answers: readonly string[], at = new Date("2026-03-18T00:00:00Z")): Played<T> {
	const { calls, value } = walkSteps(steps, sampleShop, at, (_call, nth) => answers[nth] ?? "");
	const requests = calls.map(({ method, repeatable, request: { url, headers, body } }) => {
		return { method, repeatable, url, headers, body };
	});
	return { value, requests, bodies: requests.map(({ body }) => body) };
}

export const ok = (payload: object = {}): string => JSON.stringify({ errcode: 0, errmsg: "ok", ...payload });
