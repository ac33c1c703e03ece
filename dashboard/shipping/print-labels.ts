/** Puts labels into this desk's queue, and says what was not taken. */
import { speak } from "../language.ts";
import { notify } from "../notices.ts";
import type { Parcel } from "./label.ts";
import { labelDesk } from "./label-desk-parts.ts";

const say = speak({
	waits: [
		"有 {n} 张面单正在打印或等待确认，没有重复加入",
		"{n} labels are on their way or wait for an answer: not added again",
	],
	elsewhere: [
		"另一个窗口正在管理打印队列：请到那个窗口打印，或先关闭它",
		"Another window has this desk's labels: print there, or close it first",
	],
});

/** @returns whether this window prints. `again`: also those that were printed before. `ship`: each leaves as soon as its label came out. */
export function printLabels(parcels: readonly Parcel[], wish: { again?: boolean; ship?: boolean }): boolean {
	if (!labelDesk.value) {
		notify("failed", say("elsewhere"));
		return false;
	}
	const left = labelDesk.value.print(parcels, wish);
	if (left.length) notify("failed", say("waits", { n: left.length }));
	return true;
}
