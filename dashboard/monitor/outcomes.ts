/** What became of pushes, hour by hour, and refunds day by day, as the charts draw them. Pure. */
import type { Outcome } from "../../services/erp/report.ts";
import type { Colour } from "../colours.ts";
import type { Words } from "../language.ts";

export const outcomeLooks: readonly { outcome: Outcome; words: Words; colour: Colour }[] = [
	{ outcome: "OK", words: ["已推送", "pushed"], colour: "green" },
	{ outcome: "REJECTED", words: ["ERP 拒绝", "refused"], colour: "red" },
	{ outcome: "IN_DOUBT", words: ["疑似", "in doubt"], colour: "purple" },
	{ outcome: "PARKED", words: ["已搁置", "parked"], colour: "orange" },
];

export interface HourOutcome {
	at: string; // when the hour begins
	outcome: Outcome;
	pushes: number;
}

const hourMs = 3_600_000;

/** When each hour of a stretch begins, the oldest first; the last is the hour that runs. */
export function hoursOf({ from, to }: { from: string; to: string }): string[] {
	const first = Math.floor(Date.parse(from) / hourMs);
	const last = Math.floor((Date.parse(to) - 1) / hourMs);
	return Array.from({ length: last - first + 1 }, (_, at) => new Date((first + at) * hourMs).toISOString());
}

/** How many of each outcome there were in each of the hours. */
export function outcomesOf(rows: readonly HourOutcome[], hours: readonly string[]): Record<Outcome, number[]> {
	const none = (): number[] => Array<number>(hours.length).fill(0);
	const counts: Record<Outcome, number[]> = { OK: none(), REJECTED: none(), IN_DOUBT: none(), PARKED: none() };
	const place = new Map(hours.map((hour, at) => [hour, at]));
	for (const { at, outcome, pushes } of rows) {
		const index = place.get(at);
		if (index !== undefined) counts[outcome][index] = pushes;
	}
	return counts;
}
