import type { HttpRequest, ShopAccess } from "../adapter.ts";
import type { Step, Steps } from "../steps.ts";

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
	requests: (Pick<HttpRequest, "url" | "headers" | "body"> & Pick<Step<unknown>, "method" | "repeatable">)[];
	bodies: string[];
}

/** Walks through steps as those who make the calls do, with an answer for each of them. */
export function play<T>(steps: Steps<T>, answers: readonly string[], at = new Date("2026-03-18T00:00:00Z")): Played<T> {
	const requests: Played<T>["requests"] = [];
	let turn = steps.next();
	while (!turn.done) {
		const { method, repeatable, request, read } = turn.value;
		const { url, headers, body } = request(sampleShop, at);
		requests.push({ method, repeatable, url, headers, body });
		turn = steps.next(read({ status: 200, body: answers[requests.length - 1] ?? "", at }));
	}
	return { value: turn.value, requests, bodies: requests.map(({ body }) => body) };
}

export const ok = (payload: object = {}): string => JSON.stringify({ errcode: 0, errmsg: "ok", ...payload });
