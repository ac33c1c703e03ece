import type { HttpRequest, ShopAccess } from "../adapter.ts";
import type { RawRecord } from "../record.ts";
import type { Steps } from "../steps.ts";
import { walkSteps } from "../walk-steps.ts";

/** What tests of this folder ask for: an invented shop, and the platform's clock. */
export const shop: ShopAccess = {
	shopId: "s1",
	sellerId: "1000001",
	gatewayUrl: "https://gateway.example/api/router",
	authUrl: "https://auth.example/service-market/auth",
	messageUrl: "",
	appKey: "app",
	appSecret: "secret",
	signSecret: "",
	messageToken: "",
	messageKey: "",
	accessToken: "access",
	refreshToken: "refresh",
};
const now = new Date("2026-03-18T01:05:07Z");
export const orderNo = "260318-123456789012345";

type Sent = Record<string, string>;

/** Walks the steps with these answers, by API. What was asked, the parameters of each call, and what came of it. */
export function walk<T>(steps: Steps<T>, answers: Record<string, RawRecord>): Walked<T> {
	const { calls, value } = walkSteps(steps, shop, now, ({ method }) => {
		const unknown = { error_response: { error_code: 50001, sub_msg: `no ${method}` } };
		return JSON.stringify(answers[method] ?? unknown);
	});
	const requests = calls.map(({ request }) => request);
	const sent = requests.map(({ body }) => JSON.parse(body) as Sent);
	return { requests, sent, methods: sent.map(({ type = "" }) => type), value };
}

interface Walked<T> {
	requests: HttpRequest[];
	sent: Sent[];
	methods: string[];
	value: T;
}
