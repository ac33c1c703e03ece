/**
 * What a push becomes after something happened to it. Pure: the answer is the change to store, events included, so that
 * both are written or neither.
 */
import { pending } from "../../mixins/outbox.ts";
import type { Found, Outcome } from "./driver.ts";
import type { Sent } from "./exchange.ts";
import { type Attempt, attemptsKept, type Push, type PushState } from "./push.model.ts";
import { abandonedSettleMs, askPauseMs, resendPauseMs } from "./timing.ts";

/** What others are told of a push: events are hub.push.<verb>. */
export type PushVerb = "done" | "rejected" | "doubtful" | "parked";

/** `at: null` puts the push to rest. */
export interface Step {
	state: PushState;
	set?: Partial<Pick<Push, "docNo" | "reason" | "asks" | "waits" | "settleAt" | "skipped" | "by" | "fence">>;
	attempts?: Attempt[];
	sent?: boolean; // the call that brings the document in was made
	at: Date | null; // when the hub looks at it again by itself
	event?: PushVerb;
}

/** The ERP's answer to the document, or what became of sending it. */
export function afterSend({ waits }: Push, { outcome, attempts, decided, settleMs }: Sent, now: Date): Step {
	if (outcome.state === "NOT_SENT") {
		const at = new Date(now.getTime() + resendPauseMs(waits + 1));
		return { state: "PENDING", set: { reason: outcome.reason, waits: waits + 1 }, attempts, at };
	}
	const settleAt = new Date(now.getTime() + settleMs);
	return { ...settled(outcome, settleAt, now), attempts, sent: decided };
}

/** Whoever was sending it stopped before the outcome was recorded. */
export const abandoned = (now: Date): Step =>
	settled({ state: "IN_DOUBT", reason: "SENDER_STOPPED" }, new Date(now.getTime() + abandonedSettleMs), now);

function settled(outcome: Outcome, settleAt: Date, now: Date): Step {
	switch (outcome.state) {
		case "OK":
			return { state: "OK", set: { docNo: outcome.docNo, reason: "", waits: 0 }, at: null, event: "done" };
		case "REJECTED":
			return {
				state: "REJECTED",
				set: { reason: outcome.reason, waits: 0, settleAt: null },
				at: null,
				event: "rejected",
			};
		case "IN_DOUBT": {
			const at = new Date(now.getTime() + askPauseMs(0));
			return { state: "IN_DOUBT", set: { reason: outcome.reason, asks: 0, waits: 0, settleAt }, at, event: "doubtful" };
		}
	}
}

/** It may not be sent as things are. It is looked at once more, for it may have been let go just before this is stored. */
export function parked(reason: string, now: Date): Step {
	return { state: "PARKED", set: { reason }, at: new Date(now.getTime() + 2_000), event: "parked" };
}

/** Nothing was sent, and not for want of trying: a part of the hub did not answer, or something else comes first. */
export function postponed(reason: string, now: Date, pauseMs = 2_000): Step {
	return { state: "PENDING", set: { reason }, at: new Date(now.getTime() + pauseMs) };
}

/** A person decided that the hub does not send it, or stops asking for it. */
export function skippedBy(by: string, why: string): Step {
	const reason = `SKIPPED: ${by}${why && `: ${why}`}`;
	return { state: "PARKED", set: { reason, skipped: true, by }, at: null, event: "parked" };
}

/** What the ERP said when asked by our number. "SEND" when the document is not there and may be sent again. */
export function afterFind(push: Push, found: Found, attempts: Attempt[], now: Date): Step | "SEND" {
	const { state } = push;
	switch (found.state) {
		case "FOUND":
			return { state: "OK", set: { docNo: found.docNo, reason: "" }, attempts, at: null, event: "done" };
		case "NOT_FOUND": {
			const lastSentAt = push.attempts.findLast(({ call }) => call === "SEND")?.at ?? push.createdAt;
			const may = Math.max(push.settleAt?.getTime() ?? 0, lastSentAt.getTime() + resendPauseMs(push.sends));
			return may <= now.getTime() ? "SEND" : { state, attempts, at: new Date(may) };
		}
		case "UNKNOWN": {
			const at = new Date(now.getTime() + askPauseMs(push.asks));
			return { state, set: { reason: found.reason, asks: push.asks + 1 }, attempts, at };
		}
	}
}

/** The update that stores a step, for a push that is still in its turn. */
export function updateOf(push: Push, { state, set, attempts = [], sent, at, event }: Step): Record<string, unknown> {
	const { _id: pushId, connectionId, kind, orderId, orderNo, aftersaleId, revision, traceId } = push;
	const { docNo, reason, fence } = { ...push, ...set };
	const turn = push.turn + 1;
	const what = { pushId, connectionId, kind, orderId, orderNo, aftersaleId, revision };
	const body = { ...what, docNo, reason, fence, version: turn };
	const events = event ? [pending(`hub.push.${event}`, body, traceId, `${pushId}:${turn}`)] : [];
	return {
		$set: { ...set, state, ...(at ? { nextAt: at } : {}) },
		...(at ? {} : { $unset: { nextAt: 1 } }),
		$inc: { turn: 1, sends: sent ? 1 : 0 },
		$push: {
			attempts: { $each: attempts, $slice: -attemptsKept },
			outbox: { $each: events },
		},
	};
}
