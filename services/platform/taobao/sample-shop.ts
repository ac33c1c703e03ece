import type { ShopAccess } from "../adapter.ts";
import type { Steps } from "../steps.ts";
import { walkSteps } from "../walk-steps.ts";

/** A shop, invented, as the adapter's own tests speak for it. */
export const sampleShop: ShopAccess = {
	shopId: "shop-1",
	sellerId: "2200012345678",
	gatewayUrl: "https://eco.taobao.com/router/rest",
	authUrl: "https://oauth.taobao.com/authorize",
	messageUrl: "ws://mc.api.taobao.com/",
	appKey: "21998877",
	appSecret: "a-secret",
	signSecret: "",
	messageToken: "",
	messageKey: "",
	accessToken: "6100",
	refreshToken: "6101",
};

export const sampleNow = new Date("2026-03-18T01:05:07Z");

type SentParams = Record<string, string>;

/** Walks the steps over answers that a platform might give, one for each call; a text is a body as it comes. */
export function walk<T>(steps: Steps<T>, ...answers: (object | string)[]): { sent: SentParams[]; value: T } {
	const { calls, value } = walkSteps(steps, sampleShop, sampleNow, ({ method }, at) => {
		const answer = answers[at];
		if (answer === undefined) throw new Error(`no answer for ${method}`);
		return typeof answer === "string" ? answer : JSON.stringify(answer);
	});
	return { sent: calls.map(({ request }) => Object.fromEntries(new URLSearchParams(request.body))), value };
}
