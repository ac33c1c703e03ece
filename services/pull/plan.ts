import type { PullRules, WindowQuery } from "../platform/adapter.ts";

const second = 1_000;

/** Platforms stamp whole seconds: a time between two of them says nothing more. */
export const wholeSecond = (at: number): Date => new Date(Math.floor(at / second) * second);

/**
 * The next window of a shop that was read until `readTo`: it starts a little before that, since a platform may list
 * a change late, and is as long as the platform allows. Null when there is nothing to read yet.
 */
export function nextWindow(readTo: Date, rules: PullRules, now: Date): WindowQuery | null {
	const newest = wholeSecond(now.getTime() - rules.lagMs).getTime();
	if (newest <= readTo.getTime()) return null;
	const from = wholeSecond(Math.max(readTo.getTime() - rules.overlapMs, oldest(rules, now))).getTime();
	return { from: new Date(from), to: new Date(Math.min(from + rules.windowMs, newest)) };
}

/** The stretch behind `readTo` that the platform no longer answers for; null when there is none. */
export function lostStretch(readTo: Date, rules: PullRules, now: Date): WindowQuery | null {
	const edge = oldest(rules, now);
	return readTo.getTime() < edge ? { from: readTo, to: wholeSecond(edge) } : null;
}

/** A range in windows that the platform allows, the oldest first, each starting where the one before ended. */
export function windowsOf({ from, to }: WindowQuery, rules: PullRules): WindowQuery[] {
	const windows: WindowQuery[] = [];
	for (let start = wholeSecond(from.getTime()).getTime(); start < to.getTime(); start += rules.windowMs) {
		windows.push({ from: new Date(start), to: wholeSecond(Math.min(start + rules.windowMs, to.getTime())) });
	}
	return windows.filter((window) => window.from < window.to);
}

/** A minute short of what the platform promises, lest it refuses a window whose start has just become too old. */
const oldest = (rules: PullRules, now: Date): number => now.getTime() - rules.historyMs + 60 * second;

/** The first half of a window, both ends in it; null for one that is a second long and cannot be cut. */
export function halfOf({ from, to }: WindowQuery): WindowQuery | null {
	const middle = wholeSecond((from.getTime() + to.getTime()) / 2);
	return middle > from && middle < to ? { from, to: middle } : null;
}
