import type { Context, ServiceSchema } from "moleculer";
import { hubError } from "../../config/errors.ts";
import type { Role, Scope } from "../../config/roles.ts";
import { ownsModels } from "../../mixins/database.ts";
import { every } from "../../mixins/every.ts";
import { reseals } from "../../mixins/reseal.ts";
import type { CallMeta, Identity, ShopLimit } from "./identity.ts";
import { Keyring, lookEveryMs, rotateKeys, rotateMonthly, sealedKeys, signingKeys } from "./keyring.ts";
import { endSession, findSession, type OpenSession, openSession, refreshSession, SessionModel } from "./session.ts";
import { noteFailure, noteReuse, noteSignIn, noteSignOut } from "./sign-in-audit.ts";
import { SigningKeyModel } from "./signing-key.model.ts";
import { FailuresModel, throttled } from "./throttle.ts";
import { type Audience, audiences, issueToken, readToken } from "./token.ts";

const credential = "string|min:1|max:200";
const audience = { type: "enum", values: audiences, default: "hub-api" };
const signInMs = 30_000; // password hashes are slow, and take turns
const keys = new Keyring();
const hourMs = 3_600_000;

/**
 * account: signing in and out. The only writer of sessions; who people and programs are it asks `user` and `client`.
 * Sign-ins are slowed down per account and address: callers other than the gateway give the address in `meta.ip`.
 */
const AccountService: ServiceSchema = {
	name: "account",
	mixins: [
		every(lookEveryMs, () => keys.load()),
		every(hourMs, () => rotateMonthly()),
		reseals(sealedKeys),
		ownsModels(SessionModel, FailuresModel, SigningKeyModel), // starts first and stops last
	] as ServiceSchema[],
	dependencies: ["user", "client"],
	actions: {
		/** Returns Tokens. @throws BAD_CREDENTIALS, TOO_MANY_REQUESTS */
		login: {
			timeout: signInMs,
			params: { $$strict: true, username: credential, password: credential, audience },
			handler: (ctx: Context<{ username: string; password: string; audience: Audience }, CallMeta>) => {
				const { username, password, audience } = ctx.params;
				return signIn(ctx, "user", username, { username, password }, audience);
			},
		},
		/** The same for programs. */
		token: {
			timeout: signInMs,
			params: { $$strict: true, clientId: credential, clientSecret: credential },
			handler: (ctx: Context<{ clientId: string; clientSecret: string }, CallMeta>) => {
				return signIn(ctx, "client", ctx.params.clientId, ctx.params, "hub-api");
			},
		},
		/** Changes a refresh token for new Tokens; it works once. @throws UNAUTHENTICATED: sign in again */
		refresh: {
			params: { $$strict: true, refreshToken: credential },
			handler: async (ctx: Context<{ refreshToken: string }, CallMeta>) => {
				const opened = await refreshSession(ctx.params.refreshToken, (session) => noteReuse(ctx, session));
				await identityOf(ctx, opened.session);
				return tokensOf(opened);
			},
		},
		/** Ends the caller's session: its access and refresh tokens are worth nothing from now on. */
		logout: {
			params: { $$strict: true },
			handler: async (ctx: Context<unknown, CallMeta>) => {
				const session = ctx.meta.session ? await findSession(ctx.meta.session) : null;
				if (!session) return;
				await noteSignOut(ctx, session);
				await endSession(session._id);
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
		/** Makes the key that signs tokens a minute from now: {kid, signsFrom}. Nobody is signed out. @throws CONFLICT */
		rotateKeys: {
			params: { $$strict: true },
			async handler(ctx: Context<unknown, CallMeta>) {
				await ctx.call("audit.record", { what: "account.rotateKeys", ref: "signing keys" });
				return rotateKeys();
			},
		},
		/** SigningKeyState[]: since when which key signs, newest first. */
		signingKeys: { visibility: "public", params: { $$strict: true }, handler: () => signingKeys() },
		/** Answers when the store does. */
		ping: {
			visibility: "public",
			handler: async () => void (await SessionModel.findById("ping").lean()),
		},
	},
	started: () => keys.load(),
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
		ctx.call<Identity, object>(`${kind}.identify`, credentials, { timeout: signInMs }),
	).catch(async (err) => {
		await noteFailure(ctx, kind, name, err);
		throw err;
	});
	const { id: subject, goodUntil } = identity;
	await noteSignIn(ctx, { kind, subject, audience });
	return tokensOf(await openSession({ kind, subject, audience, goodUntil }));
}

async function tokensOf({ session, refreshToken }: OpenSession): Promise<Tokens> {
	const { kind, subject, _id, audience } = session;
	return { ...(await issueToken(keys, { kind, sub: subject, sid: _id }, audience)), refreshToken };
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
	const { sid, exp, ...owner } = await readToken(keys, ctx.params.token, ctx.params.audience);
	const session = await findSession(sid);
	if (session?.kind !== owner.kind || session.subject !== owner.sub)
		throw hubError("UNAUTHENTICATED", "the session is over");
	const { kind, id, roles, scopes, shops } = await identityOf(ctx, session);
	return { kind, sub: id, roles, scopes, shops, session: sid, exp };
}

export default AccountService;
