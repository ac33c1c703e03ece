/** Access tokens: JWT, HS256 and nothing else. Which keys sign and verify them: keyring.ts. */
import type { KeyObject } from "node:crypto";
import jwt from "jsonwebtoken";
import { hubError } from "../../config/errors.ts";

const issuer = "order-hub";

/** Who a token is for, and how long it lives. An editor session is looked up on every use, so it may live longer. */
export const lifetimesSec = { "hub-api": 15 * 60, "hub-editor": 8 * 3600 } as const;
export type Audience = keyof typeof lifetimesSec;
export const audiences = Object.keys(lifetimesSec) as Audience[];

/** Roles are not in it: they are read from the store, so a token never outlives a role. */
export interface Claims {
	kind: "user" | "client";
	sub: string; // the user's or client's id
	sid: string; // session
	exp: number; // seconds since 1970
}

/** Where keys come from. `verifying` answers null for a kid that is unknown or whose tokens are all over. */
export interface Keys {
	signing(): Promise<{ kid: string; key: KeyObject }>;
	verifying(kid: string, audience: Audience): Promise<KeyObject | null>;
}

export async function issueToken(
	keys: Keys,
	{ kind, sub, sid }: Omit<Claims, "exp">,
	audience: Audience,
): Promise<{ token: string; expiresIn: number }> {
	const { kid: keyid, key } = await keys.signing();
	const expiresIn = lifetimesSec[audience];
	const token = jwt.sign({ kind, sid }, key, {
		algorithm: "HS256",
		keyid,
		issuer,
		audience,
		subject: sub,
		expiresIn,
	});
	return { token, expiresIn };
}

/** @throws UNAUTHENTICATED for whatever is not a token of ours, for this audience, now. */
export async function readToken(keys: Keys, token: string, audience: Audience): Promise<Claims> {
	const kid = kidOf(token);
	const key = kid === null ? null : await keys.verifying(kid, audience);
	if (!key) throw hubError("UNAUTHENTICATED", "the token is not valid");
	try {
		const claims = jwt.verify(token, key, {
			algorithms: ["HS256"],
			issuer,
			audience,
			maxAge: lifetimesSec[audience], // by itself the library lets a token without `exp` live for ever
		});
		if (typeof claims === "string") throw new Error("no claims");
		const { kind, sub, sid, exp } = claims;
		if ((kind !== "user" && kind !== "client") || !sub || typeof sid !== "string" || !exp) throw new Error("claims");
		return { kind, sub, sid, exp };
	} catch (err) {
		throw hubError(
			"UNAUTHENTICATED",
			`the token ${err instanceof jwt.TokenExpiredError ? "has expired" : "is not valid"}`,
		);
	}
}

/** Null where there is none, also where the text is no token at all. */
function kidOf(token: string): string | null {
	try {
		const kid: unknown = jwt.decode(token, { complete: true })?.header.kid;
		return typeof kid === "string" ? kid : null;
	} catch {
		return null; // its header is no JSON
	}
}
