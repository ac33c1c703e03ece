/** Access tokens: JWT, HS256 and nothing else, keys derived from the master key. */
import { createSecretKey, hkdfSync, type KeyObject } from "node:crypto";
import jwt from "jsonwebtoken";
import { masterKey } from "../../config/env.ts";
import { hubError } from "../../config/errors.ts";

/** Newest first: it signs; the others are still accepted. To change keys, put a new name in front, drop it later. */
const kids = ["k1"] as const;
const issuer = "order-hub";

/** Who a token is for, and how long it lives. An editor session is looked up on every use, so it may live longer. */
const lifetimesSec = { "hub-api": 15 * 60, "hub-editor": 8 * 3600 } as const;
export type Audience = keyof typeof lifetimesSec;
export const audiences = Object.keys(lifetimesSec) as Audience[];

/** Roles are not in it: they are read from the store, so a token never outlives a role. */
export interface Claims {
	kind: "user" | "client";
	sub: string; // the user's or client's id
	sid: string; // session
	exp: number; // seconds since 1970
}

const keys = new Map<string, KeyObject>();

function keyOf(kid: string): KeyObject {
	let key = keys.get(kid);
	if (!key) {
		key = createSecretKey(Buffer.from(hkdfSync("sha256", masterKey(), "", `order-hub/jwt/${kid}`, 32)));
		keys.set(kid, key);
	}
	return key;
}

export function issueToken(
	{ kind, sub, sid }: Omit<Claims, "exp">,
	audience: Audience,
): { token: string; expiresIn: number } {
	const [keyid] = kids;
	const expiresIn = lifetimesSec[audience];
	const token = jwt.sign({ kind, sid }, keyOf(keyid), {
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
export function readToken(token: string, audience: Audience): Claims {
	try {
		const kid = kids.find((known) => known === jwt.decode(token, { complete: true })?.header.kid);
		if (!kid) throw new Error("unknown key");
		const claims = jwt.verify(token, keyOf(kid), {
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
