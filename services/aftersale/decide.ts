/** Takes a seller's answer to an after-sale. The platform is told of it afterwards: see carry-out.ts. */
import { hubError } from "../../config/errors.ts";
import type { Aftersale } from "./aftersale.model.ts";
import type { Decision } from "./aftersale.ts";
import { changeAftersale } from "./change.ts";
import { isReplaceable, isUnderWay, readDecision, type StoredDecision, sameDecision } from "./decision.ts";
import { aftersaleEvent, type Cause } from "./events.ts";
import { legalMoves } from "./moves.ts";

/**
 * Safe to repeat: the same answer to what is answered so already changes nothing.
 * @throws AFTERSALE_NOT_READY with the legal moves, CONFLICT while another answer is on its way, INVALID,
 * CARRIER_UNKNOWN, NOT_FOUND
 */
export function askDecision(id: string, given: Decision, cause: Cause): Promise<Aftersale> {
	const wanted = readDecision(given);
	return changeAftersale(id, (aftersale) => {
		if (isRepeat(aftersale, wanted)) return null;
		const { decision: last } = aftersale;
		const replaced = last && isReplaceable(last) ? last : null;
		if (last && isUnderWay(last) && !replaced) {
			throw hubError("CONFLICT", `${last.action} is being told to the platform`, { id, action: last.action });
		}
		checkLegal(aftersale, wanted);
		const decision = newDecision(wanted, aftersale, cause);
		return {
			set: { decision },
			nextAt: decision.at,
			events: (next) => [
				...(replaced ? [aftersaleEvent("decision-failed", next, cause, withdrawnFor(decision, replaced))] : []),
				aftersaleEvent("decision-made", next, cause, factsOf(decision)),
			],
		};
	});
}

/** What is told of an answer that another one took the place of. */
const withdrawnFor = ({ action, by }: StoredDecision, replaced: StoredDecision): Record<string, unknown> =>
	factsOf({ ...replaced, state: "FAILED", reason: `REPLACED: ${action} by ${by}` });

/** What its events tell of a decision. */
export function factsOf({ action, state, reason, carrier, trackingNo }: StoredDecision): Record<string, unknown> {
	return { action, state, ...(reason && { reason }), ...(trackingNo && { carrier, trackingNo }) };
}

/**
 * Is this the answer that is on its way or was taken? One that was taken counts until the platform tells of a change
 * that allows it anew: the buyer may claim again what was refused.
 */
function isRepeat(aftersale: Aftersale, wanted: Decision): boolean {
	const { decision: last, modifiedAt } = aftersale;
	if (!last) return false;
	if (isUnderWay(last)) return sameDecision(last, wanted);
	if (last.state !== "DONE" || last.action !== wanted.action) return false;
	return !legalMoves(aftersale).includes(wanted.action) || modifiedAt <= last.asOf;
}

function checkLegal(aftersale: Aftersale, { action }: Decision): void {
	const legal = legalMoves(aftersale);
	if (legal.includes(action)) return;
	const { _id: id, type, status } = aftersale;
	const detail = `${action} of ${type} in ${status}; legal: ${legal.join(", ") || "nothing"}`;
	throw hubError("AFTERSALE_NOT_READY", detail, { id, status, legal });
}

const newDecision = (wanted: Decision, { modifiedAt }: Aftersale, { by, traceId }: Cause): StoredDecision => ({
	...wanted,
	state: "PENDING",
	by,
	at: new Date(),
	asOf: modifiedAt,
	reason: "",
	doubtful: false,
	tries: 0,
	attempts: [],
	traceId,
});
