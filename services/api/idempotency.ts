/** Idempotency-Key: the same write sent again gets the first one's answer and has no second effect. */
import { createHash } from "node:crypto";
import { Schema } from "mongoose";
import { hubError } from "../../config/errors.ts";
import { database } from "../../mixins/database.ts";

const keepMs = 24 * 3_600_000;
const leaseMs = 12_000; // longer than a call may take: who holds a key longer has died
const keyPattern = /^[\x21-\x7e]{1,200}$/;

export interface Answer {
	status: number;
	body: string;
}

interface Kept {
	_id: string; // client and key
	fingerprint: string; // of method, path and body
	leaseUntil: Date; // while there is no answer
	answer: Answer | null;
	expiresAt: Date;
}

const text = { type: String, required: true };
const schema = new Schema<Kept>(
	{
		_id: text,
		fingerprint: text,
		leaseUntil: { type: Date, required: true },
		answer: { type: new Schema<Answer>({ status: Number, body: String }, { _id: false }), default: null },
		expiresAt: { type: Date, required: true },
	},
	{ strict: "throw", versionKey: false },
);
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
export const KeptModel = database.model<Kept>("idempotency-key", schema, "idempotency_keys");

/** The right to carry the write out; ended by `settle` or `release`. */
export interface Claim {
	id: string;
	leaseUntil: Date;
}

export interface KeyedRequest {
	actor: string;
	key: string;
	method: string;
	path: string;
	body: unknown;
}

/**
 * Claims a key, or returns the answer that was given under it.
 * @throws INVALID for a key of another form, IDEMPOTENCY_MISMATCH for the same key with another request,
 * STILL_ANSWERING while the first request is still being answered
 */
export async function claimKey({ actor, key, method, path, body }: KeyedRequest, now = new Date()) {
	if (!keyPattern.test(key)) {
		throw hubError("INVALID", "1 to 200 visible ASCII characters", { field: "Idempotency-Key" });
	}
	const id = `${actor}|${key}`;
	const fingerprint = createHash("sha256")
		.update(JSON.stringify([method, path, body]))
		.digest("base64url");
	const claim: Claim = { id, leaseUntil: new Date(now.getTime() + leaseMs) };
	try {
		const expiresAt = new Date(now.getTime() + keepMs);
		await KeptModel.create({ _id: id, fingerprint, leaseUntil: claim.leaseUntil, answer: null, expiresAt });
		return { claim };
	} catch (err) {
		if ((err as { code?: number }).code !== 11000) throw err;
	}
	const kept = await KeptModel.findById(id).lean<Kept>();
	if (kept && kept.fingerprint !== fingerprint) throw hubError("IDEMPOTENCY_MISMATCH");
	if (kept?.answer) return { answer: kept.answer };
	// No answer and an old lease: the gateway died over it. The actions behind bear a repeat.
	const taken = await KeptModel.updateOne(
		{ _id: id, answer: null, leaseUntil: { $lt: now } },
		{ $set: { leaseUntil: claim.leaseUntil } },
	);
	if (taken.matchedCount) return { claim };
	// Not a 409: a program that takes that for a refusal would give up what is only under way.
	throw hubError("STILL_ANSWERING", undefined, { retryAfterSec: 1 });
}

const held = ({ id, leaseUntil }: Claim) => ({ _id: id, leaseUntil, answer: null });

export async function settle(claim: Claim, answer: Answer): Promise<void> {
	await KeptModel.updateOne(held(claim), { $set: { answer } });
}

/** Forgets the key: the write did not happen for good, and may be tried again. */
export async function release(claim: Claim): Promise<void> {
	await KeptModel.deleteOne(held(claim));
}

/** Whether a repeat would get the same answer for good: not one that asks to sign in, to wait or to try again. */
export const isFinal = (status: number): boolean => status < 500 && status !== 401 && status !== 409 && status !== 429;
