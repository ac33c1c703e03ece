/** What a decision becomes after something happened to it. Pure. */
import { typeOf } from "../../config/errors.ts";
import type { Aftersale } from "./aftersale.model.ts";
import type { AftersaleStatus, AftersaleType } from "./aftersale.ts";
import { attemptsKept, type DecisionState, type StoredDecision } from "./decision.ts";
import { hasTakenEffect, legalMoves } from "./moves.ts";

export interface Step {
	state: DecisionState;
	reason: string;
	doubtful: boolean;
	at: Date | null; // when the hub looks at it again by itself; null: it rests
}

const secondMs = 1_000;
const later = (now: Date, ms: number): Date => new Date(now.getTime() + ms);

/** 1, 2, 4 … 60 seconds. */
export const pauseMs = (tries: number): number => Math.min(secondMs * 2 ** tries, 60 * secondMs);

/** The platform has taken it. Due at once: the after-sale is read again. */
export const done = (now: Date): Step => ({ state: "DONE", reason: "", doubtful: false, at: now });
export const failed = (reason: string): Step => ({ state: "FAILED", reason, doubtful: false, at: null });

/** An after-sale as its platform tells it at this moment. */
export interface Fresh {
	type: AftersaleType;
	status: AftersaleStatus;
}

/** A call was made and nobody heard how it ended. @returns null when the answer is not there and may be given again */
export function afterLook({ action }: StoredDecision, fresh: Fresh, now: Date): Step | null {
	if (hasTakenEffect(action, fresh.status)) return { ...done(now), at: null }; // it was read just now
	return legalMoves(fresh).includes(action) ? null : failed(tooLate(fresh));
}

export const tooLate = ({ status }: Fresh): string => `TOO_LATE: the after-sale is ${status}`;

/** The platform said no. It may be the echo of an answer that came through unheard, or was given on its own pages. */
export function afterRefusal({ action }: StoredDecision, words: string, fresh: Fresh, now: Date): Step {
	return hasTakenEffect(action, fresh.status) ? { ...done(now), at: null } : failed(words);
}

/** The call ended in an error other than a refusal. */
export function afterCall({ tries }: StoredDecision, err: unknown, now: Date): Step {
	const reason = (err as Error).message;
	const notDone = (ms: number): Step => ({ state: "PENDING", doubtful: false, reason, at: later(now, ms) });
	switch (typeOf(err)) {
		case "PLATFORM_UNSUPPORTED":
			return { ...failed(reason), state: "UNSUPPORTED" };
		case "INVALID": // an address or a reason that the platform does not know
		case "CARRIER_UNKNOWN":
			return failed(reason);
		case "PLATFORM_RATE_LIMITED":
			return notDone((err as { data?: { waitMs?: number } }).data?.waitMs ?? pauseMs(tries));
		case "PLATFORM_TOKEN_EXPIRED":
		case "PLATFORM_MISCONFIGURED":
		case "CONFLICT": // the shop is switched off
		case "NOT_FOUND": // the shop is gone
			return notDone(30 * secondMs);
	}
	if (isUnsent(err)) return notDone(pauseMs(tries));
	return { state: "SENDING", doubtful: true, reason, at: later(now, pauseMs(tries)) };
}

/** Moleculer's own word that the call never reached anybody. */
const isUnsent = (err: unknown): boolean =>
	["SERVICE_NOT_FOUND", "SERVICE_NOT_AVAILABLE"].includes((err as { type?: string }).type ?? "");

/** Something on the way to the call did not answer: nothing is known that was not known before. */
export function beforeCall({ state, doubtful, tries }: StoredDecision, err: unknown, now: Date): Step {
	return { state, doubtful, reason: (err as Error).message, at: later(now, pauseMs(tries)) };
}

/** The decision with a step of it, and the try that led there. */
export function withStep(decision: StoredDecision, step: Step, began: Date, now: Date): StoredDecision {
	const { state, reason, doubtful, at } = step;
	const attempt = { at: began, ms: now.getTime() - began.getTime(), outcome: state, reason };
	const tries = at ? decision.tries + 1 : 0;
	return {
		...decision,
		state,
		reason,
		doubtful,
		tries,
		attempts: [...decision.attempts, attempt].slice(-attemptsKept),
	};
}

/** What is told of a step; nothing of one that only waits. */
export function verbOf({ decision: before }: Aftersale, { state, doubtful }: Step) {
	if (state === "DONE") return "decision-done";
	if (state === "FAILED" || state === "UNSUPPORTED") return "decision-failed";
	const isNews = doubtful && !before?.attempts.some(({ outcome }) => outcome === "SENDING");
	return isNews ? "decision-doubtful" : null;
}
