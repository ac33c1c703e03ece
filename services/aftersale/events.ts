import { isDeepStrictEqual } from "node:util";
import { type Pending, pending } from "../../mixins/outbox.ts";
import type { Aftersale, AftersaleDocument } from "./aftersale.model.ts";

export type AftersaleVerb =
	| "created"
	| "changed"
	| "decision-made" // it is to be told to the platform
	| "decision-doubtful"
	| "decision-done"
	| "decision-failed" // the platform refused it, or takes none from outside
	| "received"
	| "pushed"
	| "push-rejected"
	| "push-doubtful"
	| "push-parked";

/** Who did it and under which trace, for the events of one write. */
export interface Cause {
	by: string;
	traceId: string;
}

/** `aftersale` as it is after the change. Field -> [before, after] in `change`, or the facts of what happened. */
export function aftersaleEvent(
	verb: AftersaleVerb,
	aftersale: Aftersale,
	{ by, traceId }: Cause,
	change: Record<string, unknown>,
): Pending {
	const { _id: aftersaleId, orderId, version, type, status } = aftersale;
	const body = { aftersaleId, orderId, version, type, status, by, change, aftersale: told(aftersale) };
	return pending(`hub.aftersale.${verb}`, body, traceId);
}

/** Without what is only for the hub itself, and what makes an event large. */
function told(aftersale: Aftersale): object {
	const document = aftersale as Aftersale & Partial<AftersaleDocument>;
	const { outbox: _, contentHash: __, nextAt: ___, turn: ____, decision, ...shown } = document;
	const { attempts: _____, ...last } = decision ?? { attempts: [] };
	return { ...shown, decision: decision && last };
}

const compared = ["type", "status", "rawStatus", "refundFen", "deadline", "refusal"] as const;

/** What a platform told anew, as far as people want to read it. */
export function differences(before: Aftersale | null, after: Aftersale): Record<string, [unknown, unknown]> {
	if (!before) return { status: [null, after.status] };
	const changes: Record<string, [unknown, unknown]> = {};
	for (const field of compared) {
		if (!isDeepStrictEqual(before[field], after[field])) changes[field] = [before[field], after[field]];
	}
	const [was, is] = [before, after].map(({ returnParcel }) => returnParcel?.trackingNo ?? "");
	if (was !== is) changes.returnParcel = [was, is];
	return changes;
}
