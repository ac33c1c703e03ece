/** Passwords and client secrets at rest: scrypt, stored as `scrypt:<log2 N>:<r>:<p>:<salt>:<hash>`, base64url. */
import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { turns } from "./turns.ts";

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);
/** Source: OWASP Password Storage Cheat Sheet, the row of 32 MB. */
const cost = { log2N: 15, r: 8, p: 3 };
const hashBytes = 32;

// Each run takes 32 MB and one of the four threads that file and name look-ups need too; 40 wait some five seconds.
const inTurn = turns({ running: 2, waiting: 40 });

function hash(password: string, salt: Buffer, { log2N, r, p }: typeof cost): Promise<Buffer> {
	const N = 2 ** log2N;
	// NFKC: the same characters typed on another keyboard are the same password.
	return inTurn(() => derive(password.normalize("NFKC"), salt, hashBytes, { N, r, p, maxmem: 256 * N * r }));
}

export async function hashPassword(password: string): Promise<string> {
	const salt = randomBytes(16);
	const bytes = await hash(password, salt, cost);
	const { log2N, r, p } = cost;
	return ["scrypt", log2N, r, p, salt.toString("base64url"), bytes.toString("base64url")].join(":");
}

/** Whether a stored hash costs a guesser less than those made today: it is made anew when its owner signs in. */
export function isWeak(stored: string): boolean {
	const [, log2N, r, p] = stored.split(":").map(Number);
	return 2 ** (log2N ?? 0) * (r ?? 0) * (p ?? 0) < 2 ** cost.log2N * cost.r * cost.p;
}

/** `stored` null (no such account): takes as long as a wrong password, so that the time tells nobody who exists. */
export async function passwordMatches(password: string, stored: string | null): Promise<boolean> {
	const [, log2N, r, p, salt, expected] = (stored ?? "").split(":");
	if (!salt || !expected) {
		await hash(password, randomBytes(16), cost);
		return false;
	}
	const bytes = await hash(password, Buffer.from(salt, "base64url"), {
		log2N: Number(log2N),
		r: Number(r),
		p: Number(p),
	});
	return timingSafeEqual(bytes, Buffer.from(expected, "base64url"));
}
