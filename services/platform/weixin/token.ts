import { hubError } from "../../../config/errors.ts";
import type { FreshToken, HttpAnswer, ShopAccess, Tokens } from "../adapter.ts";
import { optionalInteger, text } from "../record.ts";
import { ask, type Steps } from "../steps.ts";
import { payloadOf } from "./answer.ts";
import { appRequest } from "./request.ts";

const path = "/cgi-bin/stable_token";

/**
 * A token by the app's id and secret alone: no seller is asked, and there is no refresh token. Without force the
 * platform answers the token in use until some 5 minutes before its end, then a new one beside which the old one goes on.
 * So the renewal comes a minute after that, and a token that is answered although it was refused is replaced by force,
 * which ends the old one at once and is possible 20 times a day. Source: stable_token.
 */
export const tokens: Tokens = {
	leadMs: 4 * 60_000,
	renewable: (shop) => shop.appSecret !== "",
	*refresh() {
		let refused = "";
		const current = yield* fetchToken(false, (shop) => {
			refused = shop.accessToken;
		});
		return current.access === refused ? yield* fetchToken(true) : current;
	},
};

function* fetchToken(force: boolean, asked: (shop: ShopAccess) => void = () => {}): Steps<FreshToken> {
	return yield* ask({
		method: force ? `${path} by force` : path,
		repeatable: !force, // each force ends the token before and counts
		request: (shop) => {
			asked(shop);
			const app = { grant_type: "client_credential", appid: shop.appKey, secret: shop.appSecret };
			return appRequest(shop, path, { ...app, force_refresh: force });
		},
		read: readToken,
	});
}

function readToken(answer: HttpAnswer): FreshToken {
	// Here it is the secret that is wrong.
	const payload = payloadOf(path, answer, { 40001: "PLATFORM_MISCONFIGURED" });
	const access = text(payload, "access_token");
	const seconds = optionalInteger(payload, "expires_in");
	if (access === "" || !seconds || seconds < 0) throw hubError("PLATFORM_BAD_RESPONSE", `${path}: no token`);
	return { access, refresh: "", expiresAt: new Date(answer.at.getTime() + seconds * 1_000) };
}
