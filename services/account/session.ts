/** Sessions: opened by a sign-in, prolonged by refresh tokens that work once, ended by whoever shows a used one. */
import { createHash, randomBytes } from "node:crypto";
import { Schema } from "mongoose";
import { hubError } from "../../config/errors.ts";
import { database } from "../../mixins/database.ts";
import { type Audience, audiences } from "./token.ts";

const idleMs = 7 * 24 * 3_600_000; // not refreshed for so long: over
const wholeMs = 30 * 24 * 3_600_000; // then one signs in again

export interface Session {
	_id: string;
	kind: "user" | "client";
	subject: string;
	audience: Audience;
	refreshHash: string; // of the one refresh token that works
	openedAt: Date;
	expiresAt: Date;
	lastsUntil: Date; // however often it is refreshed
	endedAt: Date | null;
}

const text = { type: String, required: true };
const schema = new Schema<Session>(
	{
		_id: text,
		kind: { ...text, enum: ["user", "client"] },
		subject: text,
		audience: { ...text, enum: audiences },
		refreshHash: text,
		openedAt: { type: Date, required: true },
		expiresAt: { type: Date, required: true },
		lastsUntil: { type: Date, required: true },
		endedAt: { type: Date, default: null },
	},
	{ strict: "throw", timestamps: true },
);
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
export const SessionModel = database.model<Session>("session", schema, "sessions");

export interface OpenSession {
	session: Session;
	refreshToken: string; // `<session id>.<secret>`, known to its holder only
}

// The secrets are random and long: a plain hash is enough, and quick.
const hashOf = (secret: string): string => createHash("sha256").update(secret).digest("base64url");
const newSecret = (): string => randomBytes(32).toString("base64url");
const isOpen = () => ({ endedAt: null, expiresAt: { $gt: new Date() } });

/** `goodUntil`, ms since 1970: what opened it is worth nothing from then on. */
export async function openSession(
	{
		kind,
		subject,
		audience,
		goodUntil = Number.POSITIVE_INFINITY,
	}: Pick<Session, "kind" | "subject" | "audience"> & { goodUntil?: number },
	now = new Date(),
): Promise<OpenSession> {
	const _id = randomBytes(12).toString("base64url");
	const secret = newSecret();
	const lastsUntil = new Date(Math.min(now.getTime() + wholeMs, goodUntil));
	const expiresAt = new Date(Math.min(now.getTime() + idleMs, lastsUntil.getTime()));
	const session: Session = {
		_id,
		kind,
		subject,
		audience,
		refreshHash: hashOf(secret),
		openedAt: now,
		expiresAt,
		lastsUntil,
		endedAt: null,
	};
	await SessionModel.create(session);
	return { session, refreshToken: `${_id}.${secret}` };
}

/**
 * Changes a refresh token for the next one. A token that was changed before may have been stolen, by whoever came
 * first or second: the session ends for both, and `reused` is told whose it was.
 * @throws UNAUTHENTICATED
 */
export async function refreshSession(
	refreshToken: string,
	reused: (session: Session) => Promise<void>,
	now = new Date(),
): Promise<OpenSession> {
	const [id = "", secret = ""] = refreshToken.split(".");
	const next = newSecret();
	const session = await SessionModel.findOneAndUpdate(
		{ _id: id, refreshHash: hashOf(secret), ...isOpen() },
		{ $set: { refreshHash: hashOf(next) } },
		{ returnDocument: "after" },
	).lean();
	if (!session) {
		const open = await findSession(id);
		await endSession(id);
		if (open) await reused(open);
		throw hubError("UNAUTHENTICATED", "the refresh token is used, ended or not ours");
	}
	const { openedAt, lastsUntil = new Date(openedAt.getTime() + wholeMs) } = session; // those of before have none
	const expiresAt = new Date(Math.min(now.getTime() + idleMs, lastsUntil.getTime()));
	await SessionModel.updateOne({ _id: id }, { $set: { expiresAt } });
	return { session: { ...session, expiresAt }, refreshToken: `${id}.${next}` };
}

/** The session, or null when it is over. */
export const findSession = (id: string): Promise<Session | null> =>
	SessionModel.findOne({ _id: id, ...isOpen() })
		.lean<Session>()
		.exec();

export async function endSession(id: string): Promise<void> {
	await SessionModel.updateOne({ _id: id, endedAt: null }, { $set: { endedAt: new Date() } });
}
