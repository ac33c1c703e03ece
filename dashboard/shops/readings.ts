/** What of each hour was read of a shop, as GET /reports/windows answers it, and its words. */
import type { Colour } from "../colours.ts";
import type { Words } from "../language.ts";
import type { Kind } from "./shop.ts";

export interface HourRead {
	at: string; // when the hour begins
	state: HourState;
}

export type HourState = "DONE" | "GAP" | "FAILED" | "OPEN" | "NONE";

export interface Reading {
	shopId: string;
	kind: Kind;
	hours: HourRead[]; // the oldest first
	lagSec: number | null;
	lastSuccessAt: string | null;
	reason: string;
	paused: { method: string; until: string }[];
}

export const hourStates: Readonly<Record<HourState, { words: Words; colour: Colour }>> = {
	DONE: { words: ["已读全", "read"], colour: "green" },
	NONE: { words: ["无窗口", "nothing read"], colour: "grey" },
	OPEN: { words: ["读取中", "being read"], colour: "blue" },
	FAILED: { words: ["读取失败", "failed"], colour: "red" },
	GAP: { words: ["缺口", "gap"], colour: "red" },
};

/** Hours one after the other in the same state. */
export interface Run {
	state: HourState;
	from: string;
	hours: number;
}

export function runsOf(hours: readonly HourRead[]): Run[] {
	const runs: Run[] = [];
	for (const { at, state } of hours) {
		const last = runs.at(-1);
		if (last?.state === state) last.hours += 1;
		else runs.push({ state, from: at, hours: 1 });
	}
	return runs;
}

/** How far behind is worth looking at: the kind's own pace, several times over. */
export function lagColour(lagSec: number | null, everySec: number): Colour {
	if (lagSec === null) return "grey";
	if (lagSec > Math.max(3_600, 20 * everySec)) return "red";
	return lagSec > Math.max(900, 5 * everySec) ? "orange" : "green";
}

/** "42 秒", "7 分", "3 小时" */
export function spanWords(seconds: number): Words {
	if (seconds < 120) return [`${seconds} 秒`, `${seconds} s`];
	const minutes = Math.round(seconds / 60);
	if (minutes < 120) return [`${minutes} 分`, `${minutes} min`];
	const hours = Math.round(minutes / 60);
	return hours < 72 ? [`${hours} 小时`, `${hours} h`] : [`${Math.round(hours / 24)} 天`, `${Math.round(hours / 24)} d`];
}
