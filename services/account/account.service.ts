import type { Context, ServiceSchema } from "moleculer";
import { hubError } from "../../config/errors.ts";
import type { Role, Scope } from "../../config/roles.ts";
import { ownsModels } from "../../mixins/database.ts";
import type { CallMeta, Identity, ShopLimit } from "./identity.ts";
import { endSession, findSession, type OpenSession, openSession, refreshSession, SessionModel } from "./session.ts";
import { FailuresModel, throttled } from "./throttle.ts";
import { type Audience, audiences, issueToken, readToken } from "./token.ts";

const credential = "string|min:1|max:200";
const audience = { type: "enum", values: audiences, default: "hub-api" };

/**
 * account: signing in and out. The only writer of sessions; who people and programs are it asks `user` and `client`.
 * Sign-ins are slowed down per account and address: callers other than the gateway give the address in `meta.ip`.
 */
const AccountService: ServiceSchema = {
	name: "account",
	mixins: [ownsModels(SessionModel, FailuresModel) as ServiceSchema],
	dependencies: ["user", "client"],
	actions: {
		/** Returns Tokens. @throws BAD_CREDENTIALS, TOO_MANY_REQUESTS */
		login: {
			params: { $$strict: true, username: credential, password: credential, audience },
			handler: (ctx: Context<{ username: string; password: string; audience: Audience }, CallMeta>) => {
				const { username, password, audience } = ctx.params;
				return signIn(ctx, "user", username, { username, password }, audience);
			},
		},
		/** The same for programs. */
		token: {
			params: { $$strict: true, clientId: credential, clientSecret: credential },
			handler: (ctx: Context<{ clientId: string; clientSecret: string }, CallMeta>) => {
				return signIn(ctx, "client", ctx.params.clientId, ctx.params, "hub-api");
			},
		},
		/** Changes a refresh token for new Tokens; it works once. @throws UNAUTHENTICATED: sign in again */
		refresh: {
			params: { $$strict: true, refreshToken: credential },
			handler: async (ctx: Context<{ refreshToken: string }, CallMeta>) => {
				const opened = await refreshSession(ctx.params.refreshToken);
				await identityOf(ctx, opened.session);
				return tokensOf(opened);
			},
		},
		/** Ends the caller's session: its access and refresh tokens are worth nothing from now on. */
		logout: {
			params: { $$strict: true },
			handler: async (ctx: Context<unknown, CallMeta>) => {
				if (ctx.meta.session) await endSession(ctx.meta.session);
			},
		},
		/** Who the caller is: {sub, kind, name, roles, scopes, shops}. */
		me: {
			params: { $$strict: true },
			handler: async (ctx: Context<unknown, CallMeta>) => {
				const session = ctx.meta.session ? await findSession(ctx.meta.session) : null;
				if (!session) throw hubError("UNAUTHENTICATED");
				const { id, kind, name, roles, scopes, shops } = await identityOf(ctx, session);
				return { sub: id, kind, name, roles, scopes, shops };
			},
		},
		/** Whose token this is, as of now. @throws UNAUTHENTICATED */
		verify: {
			visibility: "public",
			params: { $$strict: true, token: "string|max:4000", audience },
			handler: (ctx: Context<{ token: string; audience: Audience }, CallMeta>) => verify(ctx),
		},
		/** Answers when the store does. */
		ping: {
			visibility: "public",
			handler: async () => void (await SessionModel.findById("ping").lean()),
		},
	},
};

export interface Tokens {
	token: string; // access token, for `Authorization: Bearer`
	refreshToken: string;
	expiresIn: number; // seconds
}

export interface Verified {
	kind: "user" | "client";
	sub: string;
	roles: Role[];
	scopes: Scope[];
	shops: ShopLimit;
	session: string;
	exp: number; // seconds since 1970
}

async function signIn(
	ctx: Context<unknown, CallMeta>,
	kind: Identity["kind"],
	name: string,
	credentials: object,
	audience: Audience,
): Promise<Tokens> {
	const identity = await throttled(`${kind}:${name}`, ctx.meta.ip ?? "inside", () =>
		ctx.call<Identity, object>(`${kind}.identify`, credentials),
	);
	return tokensOf(await openSession({ kind, subject: identity.id, audience }));
}

function tokensOf({ session, refreshToken }: OpenSession): Tokens {
	const { kind, subject, _id, audience } = session;
	return { ...issueToken({ kind, sub: subject, sid: _id }, audience), refreshToken };
}

/** @throws UNAUTHENTICATED when the session's owner is gone, disabled or has a new secret since */
async function identityOf(
	ctx: Context<unknown, CallMeta>,
	{ kind, subject, openedAt }: { kind: Identity["kind"]; subject: string; openedAt: Date },
): Promise<Identity> {
	const identity = await ctx.call<Identity, object>(`${kind}.identity`, { id: subject });
	if (openedAt.getTime() < identity.secretChangedAt) throw hubError("UNAUTHENTICATED", "the password has changed");
	return identity;
}

async function verify(ctx: Context<{ token: string; audience: Audience }, CallMeta>): Promise<Verified> {
	const { sid, exp, ...owner } = readToken(ctx.params.token, ctx.params.audience);
	const session = await findSession(sid);
	if (session?.kind !== owner.kind || session.subject !== owner.sub)
		throw hubError("UNAUTHENTICATED", "the session is over");
	const { kind, id, roles, scopes, shops } = await identityOf(ctx, session);
	return { kind, sub: id, roles, scopes, shops, session: sid, exp };
}

export default AccountService;
