import type { CallQuota } from "../quota.ts";

interface Limit {
	calls: number;
	perMs: number;
}

const second = 1_000;

/** As SDKs list the limits of each API. The others: a hundred calls a second. */
const limits: Readonly<Record<string, readonly Limit[]>> = {
	"pdd.order.number.list.increment.get": [{ calls: 3_000, perMs: 60 * second }],
	"pdd.refund.list.increment.get": [{ calls: 100, perMs: 10 * second }],
	"pdd.goods.list.get": [{ calls: 600, perMs: 60 * second }],
	"pdd.open.decrypt.batch": [
		{ calls: 1, perMs: 10 * second },
		{ calls: 100, perMs: 24 * 3_600 * second },
	],
};
const usual: readonly Limit[] = [{ calls: 100, perMs: second }];

/** Counts calls by app and API in spans of time that follow each other; one that does not fit all limits is not counted. */
export class Quotas implements CallQuota {
	readonly #used = new Map<string, { span: number; calls: number }>();

	take(appKey: string, api: string, nowMs: number, perSecond: number | null): boolean {
		const counted = (perSecond === null ? (limits[api] ?? usual) : [{ calls: perSecond, perMs: second }]).map(
			(limit) => ({
				limit,
				count: this.#count(`${appKey}:${api}:${limit.perMs}`, Math.floor(nowMs / limit.perMs)),
			}),
		);
		if (counted.some(({ limit, count }) => count.calls >= limit.calls)) return false;
		for (const { count } of counted) count.calls += 1;
		return true;
	}

	reset(): void {
		this.#used.clear();
	}

	#count(key: string, span: number): { calls: number } {
		const known = this.#used.get(key);
		if (known?.span === span) return known;
		const fresh = { span, calls: 0 };
		this.#used.set(key, fresh);
		return fresh;
	}
}
