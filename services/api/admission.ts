/** Who may come in: the token, then the row of the table of routes. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Context } from "moleculer";
import type { IncomingRequest } from "moleculer-web";
import { hubError } from "../../config/errors.ts";
import type { Route } from "../../config/roles.ts";
import type { Verified } from "../account/account.service.ts";
import type { CallMeta } from "../account/identity.ts";
import type { Audience } from "../account/token.ts";
import { type Allowance, type RateLimit, rateLimiter, rateLimitHeaders } from "./rate-limit.ts";
import { addressOf } from "./request.ts";

const rememberMs = 5_000; // so long may a disabled user, or a session ended elsewhere, still be let in
const rememberMost = 5_000; // tokens

/** Sign-ins of one address. Each costs a password hash; wrong ones are also counted per account. */
const signInLimit = { perSecond: 5, burst: 300 };

/** Of one person or program, at each gateway. Far above what an ERP does. */
const accountLimit = { perSecond: 1_000, burst: 60_000 };

export type Admit = (route: Route, req: IncomingRequest, res: ServerResponse) => Promise<void>;

/** For whom its tokens are, and where in a request one stands. */
export interface Entrance {
	audience: Audience;
	tokenOf(req: IncomingMessage): string | undefined;
}

export const bearerOf = ({ headers }: IncomingMessage): string | undefined =>
	/^Bearer +([\w.-]{1,4000})$/i.exec(headers.authorization ?? "")?.[1];

/**
 * Returns the check of one gateway: it writes the caller into the call's meta.
 * It throws UNAUTHENTICATED, FORBIDDEN or TOO_MANY_REQUESTS.
 */
export function admission({ audience, tokenOf }: Entrance): Admit {
	const known = rememberVerified(audience);
	const allowSignIn = rateLimiter(signInLimit);
	const allowRequest = rateLimiter(accountLimit);

	return async (route, req, res) => {
		const ctx = req.$ctx as Context<unknown, CallMeta>;
		ctx.meta.ip = addressOf(req);

		if (route.roles === "anyone") {
			return limited(res, "sign-in", signInLimit, allowSignIn(ctx.meta.ip));
		}
		const token = tokenOf(req);
		if (!token) throw hubError("UNAUTHENTICATED");
		const caller = await known.verify(ctx, token);
		if (route.action === "account.logout") known.forget(token);
		const actor = `${caller.kind}:${caller.sub}`;
		limited(res, "account", accountLimit, allowRequest(actor));
		if (!mayUse(route, caller)) throw hubError("FORBIDDEN");
		ctx.meta.actor = actor;
		ctx.meta.shops = caller.shops;
		ctx.meta.roles = caller.roles;
		ctx.meta.session = caller.session;
	};
}

/** Tells the caller where he stands. @throws TOO_MANY_REQUESTS */
function limited(res: ServerResponse, policy: string, limit: RateLimit, allowance: Allowance): void {
	res.setHeaders(rateLimitHeaders(policy, limit, allowance));
	const { retryAfterSec } = allowance;
	if (retryAfterSec) throw hubError("TOO_MANY_REQUESTS", undefined, { retryAfterSec });
}

function mayUse({ roles, scopes }: Route, caller: Verified): boolean {
	if (caller.kind === "client") return caller.scopes.some((scope) => scopes.includes(scope));
	return roles === "anyone" || caller.roles.some((role) => roles.includes(role));
}

interface VerifiedTokens {
	verify(ctx: Context<unknown, CallMeta>, token: string): Promise<Verified>;
	forget(token: string): void;
}

/** `account.verify`, asked once for the requests of a few seconds. */
function rememberVerified(audience: Audience): VerifiedTokens {
	const known = new Map<string, { caller: Promise<Verified>; untilMs: number }>();

	async function verify(ctx: Context<unknown, CallMeta>, token: string): Promise<Verified> {
		const found = known.get(token);
		if (found && found.untilMs > Date.now()) return found.caller;
		const caller = ctx.call<Verified, object>("account.verify", { token, audience });
		known.delete(token); // so that the newest stand last
		known.set(token, { caller, untilMs: Date.now() + rememberMs });
		if (known.size > rememberMost) known.delete(known.keys().next().value ?? "");
		try {
			const { exp } = await caller;
			known.set(token, { caller, untilMs: Math.min(exp * 1_000, Date.now() + rememberMs) });
		} catch (err) {
			known.delete(token);
			throw err;
		}
		return caller;
	}
	return { verify, forget: (token) => known.delete(token) };
}
