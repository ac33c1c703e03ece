import { hubError, typeOf } from "../../../config/errors.ts";
import type { FreshToken, Grant, HttpAnswer, Tokens } from "../adapter.ts";
import { isRecord, jsonIn, optionalInteger, type RawRecord, requiredText, text } from "../record.ts";
import { ask, type Steps } from "../steps.ts";
import { payloadOf } from "./answer.ts";
import { appCall, topRequest } from "./request.ts";

const hour = 3_600_000;

export const tokens: Tokens = {
	leadMs: 6 * hour, // a test app's token lives a day, a bought app's as long as the subscription
	renewable: (shop) => shop.refreshToken !== "",
	/** Only apps that were granted it may refresh; the others are refused and the seller has to authorise again. */
	*refresh() {
		return yield* ask(
			appCall(
				"taobao.top.auth.token.refresh",
				(shop) => ({ refresh_token: shop.refreshToken }),
				(payload, answer) => readToken(resultOf(payload), answer),
			),
		);
	},
	authorizeUrl(shop, redirectUri, state) {
		const url = new URL(shop.authUrl);
		const asked = { response_type: "code", client_id: shop.appKey, redirect_uri: redirectUri, state, view: "web" };
		for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
		return url.toString();
	},
	/** The code is the seller's for this app, so `redirectUri` is not asked for again. Source: taobao.top.auth.token.create. */
	*exchange(code) {
		const grant = yield* ask(
			appCall(
				"taobao.top.auth.token.create",
				() => ({ code }),
				(payload, answer) => readGrant(resultOf(payload), answer),
			),
		);
		yield* permitMessages(grant);
		return grant;
	},
};

/**
 * A seller's messages come only once they were asked for in the seller's name; without topics it is all that the app
 * has subscribed. An app without messages works all the same, by polling. Source: taobao.tmc.user.permit.
 */
function* permitMessages({ access }: Grant): Steps<void> {
	const method = "taobao.tmc.user.permit";
	try {
		yield* ask({
			method,
			repeatable: true,
			request: (shop, now) => topRequest({ ...shop, accessToken: access }, method, {}, now),
			read: (answer) => void payloadOf(method, answer),
		});
	} catch (err) {
		if (!typeOf(err)?.startsWith("PLATFORM_")) throw err; // the token is worth more than its messages
	}
}

/** Lifetimes are in seconds from the call; newer apps get an instant (`expire_time`, milliseconds) too. */
function readToken(result: RawRecord, { at }: HttpAnswer): FreshToken {
	const seconds = optionalInteger(result, "expires_in");
	const instant = optionalInteger(result, "expire_time");
	if (!seconds && !instant) throw hubError("PLATFORM_BAD_RESPONSE", "the token has no lifetime");
	const expires = instant || at.getTime() + (seconds ?? 0) * 1_000;
	return {
		access: requiredText(result, "access_token"),
		refresh: text(result, "refresh_token"),
		expiresAt: new Date(expires),
	};
}

const readGrant = (result: RawRecord, answer: HttpAnswer): Grant => ({
	...readToken(result, answer),
	sellerId: text(result, "taobao_user_id"),
	sellerName: new URLSearchParams(`nick=${text(result, "taobao_user_nick")}`).get("nick") ?? "", // URL-encoded
});

/** `token_result` is JSON text inside the JSON. */
function resultOf(payload: RawRecord): RawRecord {
	const value = jsonIn(text(payload, "token_result"));
	if (isRecord(value)) return value;
	throw hubError("PLATFORM_BAD_RESPONSE", "token_result is not JSON");
}
