import type { HttpRequest, ShopAccess } from "../adapter.ts";
import type { Steps } from "../steps.ts";

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

export const paramsOf = ({ body }: HttpRequest): SentParams => Object.fromEntries(new URLSearchParams(body));

/** Walks the steps over answers that a platform might give, one for each call; a text is a body as it comes. */
export function walk<T>(steps: Steps<T>, ...answers: (object | string)[]): { sent: SentParams[]; value: T } {
	const sent: SentParams[] = [];
	let next = steps.next();
	while (!next.done) {
		const { request, read } = next.value;
		sent.push(paramsOf(request(sampleShop, sampleNow)));
		const answer = answers[sent.length - 1];
		if (answer === undefined) throw new Error(`no answer for ${sent.at(-1)?.method}`);
		const body = typeof answer === "string" ? answer : JSON.stringify(answer);
		next = steps.next(read({ status: 200, body, at: sampleNow }));
	}
	return { sent, value: next.value };
}
