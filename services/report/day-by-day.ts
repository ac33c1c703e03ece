/** Figures of a stretch of time, read a Beijing day at a time: days that are over hardly change and are kept for longer. */
import { beijingMidnight } from "../../config/beijing.ts";
import { kept } from "../../mixins/kept.ts";
import { type Caller, scopeKey } from "./caller.ts";

export interface Stretch {
	from: Date;
	to: Date;
}

const dayMs = 24 * 3_600_000;
const overMs = 10 * 60_000;
const todayMs = 30_000;

/** The Beijing days that a stretch touches, whole. Pure. */
export function daysOf({ from, to }: Stretch): Stretch[] {
	const first = beijingMidnight(from).getTime();
	const count = Math.ceil((to.getTime() - first) / dayMs);
	return Array.from({ length: count }, (_, at) => {
		const start = first + at * dayMs;
		return { from: new Date(start), to: new Date(start + dayMs) };
	});
}

/** @returns what gives each day's rows, in order */
export function dayByDay<T>(
	read: (caller: Caller, day: Stretch) => Promise<T[]>,
): (caller: Caller, stretch: Stretch) => Promise<{ day: Date; rows: T[] }[]> {
	const over = kept<T[]>(overMs);
	const running = kept<T[]>(todayMs);
	return (caller, stretch) =>
		Promise.all(
			daysOf(stretch).map(async (day) => {
				const keep = day.to.getTime() <= Date.now() ? over : running;
				const question = `${day.from.toISOString()} ${scopeKey(caller)}`;
				return { day: day.from, rows: await keep(question, () => read(caller, day)) };
			}),
		);
}
