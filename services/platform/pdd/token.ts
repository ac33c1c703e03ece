import type { FreshToken, Grant, HttpAnswer, ShopAccess, Tokens } from "../adapter.ts";
import { badAnswer } from "../answer.ts";
import { optionalInteger, type RawRecord, requiredText, text } from "../record.ts";
import { ask, type Steps } from "../steps.ts";
import { payloadOf } from "./answer.ts";
import { appRequest, shopRequest } from "./request.ts";
import { topics } from "./topics.ts";

const createMethod = "pdd.pop.auth.token.create";
const refreshMethod = "pdd.pop.auth.token.refresh";
const permitMethod = "pdd.pmc.user.permit";

/** Tokens of unpublished apps live a day, of others as long as the seller's subscription: the answer tells. */
export const tokens: Tokens = {
	leadMs: 2 * 3_600_000,
	renewable: ({ refreshToken }) => refreshToken !== "",
	refresh: () =>
		ask({
			method: refreshMethod,
			repeatable: true,
			request: (shop, now) => appRequest(shop, refreshMethod, { refresh_token: shop.refreshToken }, now),
			read: (answer) => freshToken(refreshMethod, answer, payloadOf(refreshMethod, answer)),
		}),
	authorizeUrl,
	exchange,
};

function authorizeUrl({ authUrl, appKey }: ShopAccess, redirectUri: string, state: string): string {
	const url = new URL(authUrl);
	const query = { response_type: "code", client_id: appKey, redirect_uri: redirectUri, state };
	for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
	return url.href;
}

/** The code works once and for ten minutes. With the token comes the seller's consent to messages: it is used at once. */
function* exchange(code: string): Steps<Grant> {
	const grant = yield* ask({
		method: createMethod,
		repeatable: false,
		request: (shop, now) => appRequest(shop, createMethod, { code }, now),
		read: (answer) => {
			const payload = payloadOf(createMethod, answer);
			return {
				...freshToken(createMethod, answer, payload),
				sellerId: text(payload, "owner_id"),
				sellerName: text(payload, "owner_name"),
			};
		},
	});
	yield* permitMessages(grant.access);
	return grant;
}

/** Whatever the platform says to it: a shop without messages is pulled all the same, and its token must not be lost. */
const permitMessages = (accessToken: string): Steps<void> =>
	ask({
		method: permitMethod,
		repeatable: true,
		request: (shop, now) => shopRequest({ ...shop, accessToken }, permitMethod, { topics: topics.join(",") }, now),
		read: () => undefined,
	});

/** Lifetimes are in seconds, beside instants in seconds. */
function freshToken(method: string, answer: HttpAnswer, payload: RawRecord): FreshToken {
	const instant = optionalInteger(payload, "expires_at");
	const lifetime = optionalInteger(payload, "expires_in");
	const seconds = instant || (lifetime ? answer.at.getTime() / 1_000 + lifetime : 0);
	if (!seconds) throw badAnswer(method, answer, "no lifetime");
	return {
		access: requiredText(payload, "access_token"),
		refresh: text(payload, "refresh_token"),
		expiresAt: new Date(seconds * 1_000),
	};
}
