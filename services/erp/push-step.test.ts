import { describe, expect, it } from "vitest";
import { timeoutMs } from "./http.ts";
import type { Attempt, Push } from "./push.model.ts";
import { abandoned, afterFind, afterSend, updateOf } from "./push-step.ts";
import { askPauseMs, endWithinMs, leaseMs, resendPauseMs, startWithinMs } from "./timing.ts";

const now = new Date("2026-01-02T03:04:05Z");
const later = (ms: number): Date => new Date(now.getTime() + ms);
const attempt = (call: Attempt["call"], at = now): Attempt => ({
	at,
	call,
	step: "create",
	outcome: "",
	status: 200,
	reason: "",
	ms: 1,
	bytes: 1,
});
const doubtful = {
	_id: "c:order:o",
	state: "IN_DOUBT",
	settleAt: later(-1),
	attempts: [attempt("SEND", later(-60_000))],
	createdAt: later(-60_000),
	sends: 1,
	asks: 0,
	waits: 0,
	turn: 4,
} as Push;

it("a call that begins in time has ended before anybody else may take the push", () => {
	expect(startWithinMs).toBeGreaterThan(3_000);
	expect(endWithinMs).toBeGreaterThan(startWithinMs);
	expect(endWithinMs + timeoutMs).toBeLessThan(leaseMs);
});

describe("afterSend", () => {
	it.each([
		[15_000, later(15_000)],
		[1_000, later(1_000)],
	])("in doubt asks after a second, and believes in nothing being there after %i ms", (settleMs, settleAt) => {
		const outcome = { state: "IN_DOUBT" as const, reason: "TIMEOUT" };
		const sent = { outcome, attempts: [attempt("SEND")], decided: true, settleMs };
		expect(afterSend(doubtful, sent, now)).toMatchObject({
			state: "IN_DOUBT",
			set: { settleAt, asks: 0 },
			at: later(1_000),
			event: "doubtful",
			sent: true,
		});
	});

	it("of what was not sent waits longer each time, and tells nobody", () => {
		const outcome = { state: "NOT_SENT" as const, reason: "密码错误" };
		const sent = { outcome, attempts: [attempt("SEND")], decided: false, settleMs: 1_000 };
		const pauses = [0, 1, 9].map((waits) => {
			const { at, ...step } = afterSend({ ...doubtful, waits }, sent, now);
			expect(step).toMatchObject({ state: "PENDING", set: { reason: "密码错误", waits: waits + 1 } });
			expect(step).not.toHaveProperty("event");
			return (at?.getTime() ?? 0) - now.getTime();
		});
		expect(pauses).toEqual([1_000, 2_000, 60_000]);
	});
});

describe("afterFind", () => {
	it("sends again only when the ERP had time to finish what it was at", () => {
		const busy = { ...doubtful, settleAt: later(9_000) };
		expect(afterFind(busy, { state: "NOT_FOUND" }, [attempt("FIND")], now)).toMatchObject({
			state: "IN_DOUBT",
			at: later(9_000),
		});
		expect(afterFind(doubtful, { state: "NOT_FOUND" }, [attempt("FIND")], now)).toBe("SEND");
	});

	it("waits longer before each further try to send", () => {
		const oftenSent = { ...doubtful, sends: 7, attempts: [attempt("SEND", later(-10_000)), attempt("FIND")] };
		expect(afterFind(oftenSent, { state: "NOT_FOUND" }, [attempt("FIND")], now)).toMatchObject({ at: later(50_000) });
		expect([1, 2, 3, 7, 40].map(resendPauseMs)).toEqual([1_000, 2_000, 4_000, 60_000, 60_000]);
	});

	it("asks an ERP that does not say for ever, with growing pauses", () => {
		expect([0, 1, 2, 3, 4, 99].map(askPauseMs)).toEqual([1_000, 2_000, 5_000, 10_000, 15_000, 15_000]);
		const unknown = { state: "UNKNOWN" as const, reason: "HTTP 503" };
		expect(afterFind({ ...doubtful, asks: 2 }, unknown, [], now)).toMatchObject({
			state: "IN_DOUBT",
			set: { asks: 3, reason: "HTTP 503" },
			at: later(5_000),
		});
	});
});

it("updateOf puts the event into the same write as the state", () => {
	const push = { ...doubtful, orderNo: "1", traceId: "t", fence: 2, docNo: "", reason: "" };
	const step = afterFind(push, { state: "FOUND", docNo: "D1" }, [attempt("FIND")], now);
	expect(updateOf(push, step === "SEND" ? abandoned(now) : step)).toMatchObject({
		$set: { state: "OK", docNo: "D1" },
		$unset: { nextAt: 1 },
		$inc: { turn: 1, sends: 0 },
		$push: {
			outbox: {
				$each: [
					{ id: "c:order:o:5", subject: "hub.push.done", traceId: "t", body: { docNo: "D1", fence: 2, version: 5 } },
				],
			},
		},
	});
});
