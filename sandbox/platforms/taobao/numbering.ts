import { hash } from "../../random.ts";
import type { Numbering } from "../numbering.ts";

/** Exchanges have an API of their own: the market's key says so, while the platform's number, a dispute's, does not. */
export const exchangeKey = (disputeId: string): string => `X${disputeId}`;
export const disputeId = (aftersaleKey: string): string => aftersaleKey.replace(/^X/, "");

/**
 * tid and oid have 19 digits, beyond 2^53: a client that reads them as floating point gets numbers nobody knows.
 * A single-line trade has oid = tid.
 */
export const numbering: Numbering = {
	orderId(seed, shopId, number) {
		const base = 4_000_000_000_000_000_000n + BigInt(hash(`${seed}:${shopId}`) % 900_000) * 1_000_000_000_000n;
		return String(base + BigInt(number) * 1_000_037n);
	},
	lineIds(orderId, lines) {
		if (lines.length === 1) return [orderId];
		return lines.map((_, at) => String(BigInt(orderId) + BigInt(at + 1)));
	},
	aftersaleId(seed, number, type) {
		const id = String(
			180_000_000_000_000_000n + BigInt(hash(seed) % 900_000) * 10_000_000_000n + BigInt(number) * 10_007n,
		);
		return type === "EXCHANGE" ? exchangeKey(id) : id;
	},
};
