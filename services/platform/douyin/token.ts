import type { FreshToken, Grant, HttpAnswer, HttpRequest, ShopAccess, Tokens } from "../adapter.ts";
import { badAnswer } from "../answer.ts";
import { optionalInteger, requiredText, text } from "../record.ts";
import { ask, type Steps } from "../steps.ts";
import { recordOf } from "./answer.ts";
import { appRequest } from "./request.ts";

const createMethod = "token.create";
const refreshMethod = "token.refresh";

/**
 * In the last hour a refresh gives a new pair and lets the old token go on for an hour; earlier it gives the same pair
 * back, later it works as well, but the old token is dead.
 */
export const tokens: Tokens = {
	leadMs: 45 * 60_000,
	renewable: ({ refreshToken, sellerId }) => refreshToken !== "" || sellerId !== "",
	*refresh() {
		return yield* ask<FreshToken>({
			method: refreshMethod,
			repeatable: true,
			request: refreshRequest,
			read: readRefresh,
		});
	},
	/** The page sends the browser to the address the app is registered with; `redirect_uri` is for pages that ask for one. */
	authorizeUrl(shop, redirectUri, state) {
		const url = new URL(shop.authUrl);
		if (!url.searchParams.has("service_id")) url.searchParams.set("service_id", shop.appKey);
		url.searchParams.set("state", state);
		url.searchParams.set("redirect_uri", redirectUri);
		return url.toString();
	},
	exchange,
};

function* exchange(code: string): Steps<Grant> {
	return yield* ask<Grant>({
		method: createMethod,
		repeatable: false, // a code is good for one call
		request: (shop, now) => appRequest(shop, createMethod, { code, grant_type: "authorization_code" }, now),
		read: (answer) => {
			const data = recordOf(createMethod, answer);
			return {
				...readToken(createMethod, answer),
				sellerId: text(data, "shop_id"),
				sellerName: text(data, "shop_name"),
			};
		},
	});
}

/** A seller's own app needs no consent: without a refresh token it asks for a new pair by the shop's number. */
function refreshRequest(shop: ShopAccess, now: Date): HttpRequest {
	const { refreshToken, sellerId } = shop;
	if (refreshToken !== "") {
		return appRequest(shop, refreshMethod, { grant_type: "refresh_token", refresh_token: refreshToken }, now);
	}
	return appRequest(shop, createMethod, { code: "", grant_type: "authorization_self", shop_id: sellerId }, now);
}

const readRefresh = (answer: HttpAnswer): FreshToken => readToken(refreshMethod, answer);

/** `expires_in` is what is left, in seconds. */
function readToken(method: string, answer: HttpAnswer): FreshToken {
	const data = recordOf(method, answer);
	const left = optionalInteger(data, "expires_in");
	if (left === null || left <= 0) throw badAnswer(method, answer, "no lifetime");
	return {
		access: requiredText(data, "access_token"),
		refresh: text(data, "refresh_token"),
		expiresAt: new Date(answer.at.getTime() + left * 1_000),
	};
}
