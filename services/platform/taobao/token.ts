import { hubError } from "../../../config/errors.ts";
import type { FreshToken, HttpAnswer, HttpRequest, ShopAccess } from "../adapter.ts";
import { isRecord, parseJson, requiredText, text } from "../record.ts";
import { payloadOf } from "./answer.ts";
import { appRequest } from "./request.ts";

const method = "taobao.top.auth.token.refresh";

/** Only apps that were granted it may refresh; the others are refused and the seller has to authorise again. */
export function refreshRequest(shop: ShopAccess, now: Date): HttpRequest {
	return appRequest(shop, method, { refresh_token: shop.refreshToken }, now);
}

/** `token_result` is JSON text inside the JSON. Lifetimes are in seconds from the call; newer apps get an instant too. */
export function readToken(answer: HttpAnswer): FreshToken {
	const result = parsed(text(payloadOf(method, answer), "token_result"));
	const seconds = Number(text(result, "expires_in"));
	const instant = Number(text(result, "expire_time"));
	const expires = instant > 0 ? instant : answer.at.getTime() + seconds * 1_000;
	if (!Number.isFinite(expires) || expires <= 0) throw hubError("PLATFORM_BAD_RESPONSE", `${method}: no lifetime`);
	return {
		access: requiredText(result, "access_token"),
		refresh: text(result, "refresh_token"),
		expiresAt: new Date(expires),
	};
}

function parsed(json: string): Record<string, unknown> {
	try {
		const value = parseJson(json);
		if (isRecord(value)) return value;
	} catch {
		// told below: the parser's message would quote the token
	}
	throw hubError("PLATFORM_BAD_RESPONSE", `${method}: token_result is not JSON`);
}
