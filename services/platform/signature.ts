import { timingSafeEqual } from "node:crypto";

/** Compares what a caller claims with what is right, in a time that tells nothing about how much of it fits. */
export function isSameSignature(claimed: string, right: string): boolean {
	const [a, b] = [Buffer.from(claimed), Buffer.from(right)];
	return a.length === b.length && timingSafeEqual(a, b);
}
