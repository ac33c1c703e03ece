/** Signing in and out, as it stands in the audit: account.login, .login-failed, .logout, .refresh-reused. */
import type { Context } from "moleculer";
import { typeOf } from "../../config/errors.ts";
import type { CallMeta, Identity } from "./identity.ts";
import type { Session } from "./session.ts";
import { countFailure } from "./throttle.ts";

type Call = Context<unknown, CallMeta>;
type Owner = Pick<Session, "kind" | "subject" | "audience">;

/** Of one address in five minutes: whoever tries names by the thousand must not fill the store with it. */
const failuresKept = 50;

const note = (ctx: Call, what: string, owner: string, purpose: string): Promise<void> =>
	ctx.call("audit.record", { what: `account.${what}`, ref: owner, purpose }, { meta: { actor: owner } });

const ownerOf = ({ kind, subject }: Pick<Owner, "kind" | "subject">): string => `${kind}:${subject}`;

/** `purpose` is what the session is for: "hub-api" or "hub-editor". */
export const noteSignIn = (ctx: Call, owner: Owner): Promise<void> =>
	note(ctx, "login", ownerOf(owner), owner.audience);

export const noteSignOut = (ctx: Call, session: Session): Promise<void> =>
	note(ctx, "logout", ownerOf(session), session.audience);

export const noteReuse = (ctx: Call, session: Session): Promise<void> =>
	note(ctx, "refresh-reused", ownerOf(session), session.audience);

/** `purpose` is why. A name that is nobody's is not kept: people type passwords into the wrong field. */
export async function noteFailure(ctx: Call, kind: Identity["kind"], name: string, err: unknown): Promise<void> {
	const why = typeOf(err);
	if (why !== "BAD_CREDENTIALS" && why !== "TOO_MANY_REQUESTS") return; // nobody's guess
	if ((await countFailure("*", ctx.meta.ip ?? "inside")) > failuresKept) return;
	await note(ctx, "login-failed", ownerOf({ kind, subject: (await exists(ctx, kind, name)) ? name : "?" }), why);
}

async function exists(ctx: Call, kind: Identity["kind"], id: string): Promise<boolean> {
	try {
		await ctx.call<Identity, object>(`${kind}.identity`, { id });
		return true;
	} catch (err) {
		if (typeOf(err) === "UNAUTHENTICATED") return false;
		throw err;
	}
}
