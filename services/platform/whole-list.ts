import { type PullRules, untimed } from "./adapter.ts";

/** Of a list that knows no time, or none to rely on, and is read whole each time: what a shop has on its shelves. */
export const wholeListRules = (pageSize: number, mostRows: number): PullRules => ({
	windowMs: untimed,
	lagMs: 0,
	overlapMs: 0,
	pageSize,
	historyMs: untimed,
	mostRows,
	rereadOpenMs: null,
});
