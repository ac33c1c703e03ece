/** Slows down whoever guesses passwords: counted per account and address, so that nobody else is locked out. */
import { isIP } from "node:net";
import { Schema } from "mongoose";
import { hubError } from "../../config/errors.ts";
import { database } from "../../mixins/database.ts";

const windowMs = 5 * 60_000;
const maxFailures = 10; // per window

interface Failures {
	_id: string; // window, account and address
	count: number;
	expiresAt: Date;
}

const schema = new Schema<Failures>(
	{ _id: { type: String, required: true }, count: Number, expiresAt: { type: Date, required: true } },
	{ strict: "throw", versionKey: false },
);
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
export const FailuresModel = database.model<Failures>("sign-in-failures", schema, "sign_in_failures");

/** Counts one failed sign-in. Returns how many there were in this window. */
export async function countFailure(account: string, ip: string, now = Date.now()): Promise<number> {
	const { _id, expiresAt } = windowOf(account, ip, now);
	const counted = await FailuresModel.findOneAndUpdate(
		{ _id },
		{ $inc: { count: 1 }, $setOnInsert: { expiresAt } },
		{ upsert: true, returnDocument: "after" },
	).lean<Failures>();
	return counted?.count ?? 1;
}

function windowOf(account: string, ip: string, now: number): { _id: string; expiresAt: Date } {
	const window = Math.floor(now / windowMs);
	return { _id: `${window}|${account}|${networkOf(ip)}`, expiresAt: new Date((window + 1) * windowMs) };
}

/**
 * Runs one sign-in. `BAD_CREDENTIALS` is counted; any other error is nobody's guess.
 * @throws TOO_MANY_REQUESTS instead of an answer, the right password's too, once there were too many.
 */
export async function throttled<T>(
	account: string,
	ip: string,
	signIn: () => Promise<T>,
	now = Date.now(),
): Promise<T> {
	const { _id, expiresAt } = windowOf(account, ip, now);

	const refuseWhenTooMany = async (): Promise<void> => {
		const failures = await FailuresModel.findById(_id).lean();
		if (!failures || failures.count < maxFailures) return;
		const retryAfterSec = Math.max(1, Math.ceil((expiresAt.getTime() - now) / 1_000));
		throw hubError("TOO_MANY_REQUESTS", "too many failed sign-ins", { retryAfterSec });
	};

	await refuseWhenTooMany();
	try {
		const result = await signIn();
		// Again, after the slow part: guesses sent all at once each saw a count of zero before it.
		await refuseWhenTooMany();
		return result;
	} catch (err) {
		if ((err as { type?: string }).type === "BAD_CREDENTIALS") await countFailure(account, ip, now);
		throw err;
	}
}

/** Whoever has one IPv6 address has its /64, and may come from any of them. */
function networkOf(ip: string): string {
	if (isIP(ip) !== 6) return ip;
	const [head = "", tail] = ip.split("%")[0]?.split("::") ?? [];
	const groups = (text: string): string[] => text.split(":").filter(Boolean);
	// Of the eight groups "::" stands for those that are missing; an IPv4 tail never reaches the first four.
	const missing = tail === undefined ? 0 : Math.max(0, 8 - groups(head).length - groups(tail).length);
	const all = [...groups(head), ...Array<string>(missing).fill("0"), ...groups(tail ?? "")];
	return `${all
		.slice(0, 4)
		.map((group) => Number.parseInt(group, 16).toString(16))
		.join(":")}::/64`;
}
