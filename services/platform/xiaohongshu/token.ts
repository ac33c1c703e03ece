import type { FreshToken, HttpAnswer, ShopAccess, Tokens } from "../adapter.ts";
import { badAnswer } from "../answer.ts";
import { optionalEpochMs, type RawRecord, requiredText, text } from "../record.ts";
import { ask, type Steps } from "../steps.ts";
import { payloadOf } from "./answer.ts";
import { appRequest } from "./request.ts";

const exchangeMethod = "oauth.getAccessToken";
const refreshMethod = "oauth.refreshToken";

/**
 * A token lives 7 days, what renews it 14. Renewed earlier than half an hour before its end, the platform answers the
 * same pair; later, a new one, and the token in use goes on for five minutes.
 */
export const tokens: Tokens = {
	leadMs: 25 * 60_000,
	renewable: (shop) => shop.refreshToken !== "",
	*refresh() {
		const granted = yield* grant(refreshMethod, (shop) => ({ refreshToken: shop.refreshToken }));
		return readToken(refreshMethod, granted);
	},
	authorizeUrl(shop, redirectUri, state) {
		return `${shop.authUrl}?${new URLSearchParams({ appId: shop.appKey, redirectUri, state })}`;
	},
	*exchange(code) {
		const granted = yield* grant(exchangeMethod, () => ({ code }));
		const seller = { sellerId: text(granted.payload, "sellerId"), sellerName: text(granted.payload, "sellerName") };
		return { ...readToken(exchangeMethod, granted), ...seller };
	},
};

interface Granted {
	payload: RawRecord;
	answer: HttpAnswer;
}

/** Not repeatable: a code and what renews a token die with their use, and a second call would be refused. */
function* grant(method: string, params: (shop: ShopAccess) => RawRecord): Steps<Granted> {
	return yield* ask({
		method,
		repeatable: false,
		request: (shop, now) => appRequest(shop, method, params(shop), now),
		read: (answer) => ({ payload: payloadOf(method, answer, "accessToken"), answer }),
	});
}

/** Ends are instants in milliseconds. */
function readToken(method: string, { payload, answer }: Granted): FreshToken {
	const expiresAt = optionalEpochMs(payload, "accessTokenExpiresAt");
	if (!expiresAt) throw badAnswer(method, answer, "no end of the token");
	return { access: requiredText(payload, "accessToken"), refresh: text(payload, "refreshToken"), expiresAt };
}
