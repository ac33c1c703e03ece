/** A window of the pull ledger, as GET /shops/:id/windows answers it. */
import type { Colour } from "../colours.ts";
import type { Words } from "../language.ts";
import type { Kind } from "./shop.ts";

export interface PullWindow {
	_id: string;
	kind: Kind;
	list: string;
	from: string;
	to: string;
	asked: boolean;
	by: string;
	state: WindowState;
	pages: number;
	total: number;
	seen: number;
	read: number;
	parked: number;
	attempts: number;
	rechecks: number;
	reason: string;
	updatedAt: string;
}

export type WindowState = "OPEN" | "DONE" | "GAP" | "FAILED";

export const windowStates: Readonly<Record<WindowState, { words: Words; colour: Colour }>> = {
	OPEN: { words: ["读取中", "being read"], colour: "blue" },
	DONE: { words: ["已读全", "read"], colour: "green" },
	GAP: { words: ["缺口", "gap"], colour: "red" },
	FAILED: { words: ["失败，将重试", "failed, tried again"], colour: "red" },
};

/** A platform's lists, as its adapter names them; a name that is not here is shown as it is. */
const lists: Readonly<Record<string, Words>> = {
	changed: ["变更", "changed"],
	unpaid: ["未付款", "unpaid"],
	refunds: ["退款", "refunds"],
	"refunds-checked": ["已审退款", "refunds checked"],
	services: ["服务单", "services"],
	"services-freight": ["运费服务单", "freight services"],
	exchanges: ["换货", "exchanges"],
	all: ["全部", "all"],
	"on-sale": ["在售", "on sale"],
	"off-sale": ["下架", "off sale"],
	"for-sale": ["待上架", "to be put on sale"],
	"sold-out": ["售罄", "sold out"],
	banned: ["违规下架", "banned"],
};

export const listWords = (list: string): Words => lists[list] ?? [list, list];

/** Whose windows they are: the hub's own turn, the repair of a gap, or a person's wish. */
export const byWords: Readonly<Record<string, Words>> = {
	clock: ["定时", "by the clock"],
	"rule:gap": ["补缺口", "for a gap"],
};

/** How far a range is that was asked to be read again. */
export interface Progress {
	done: number;
	failed: number;
	total: number;
	came: number; // records that were taken
	parked: number;
	reason: string; // of a window that failed last
}

export function progressOf(ids: readonly string[], windows: readonly PullWindow[]): Progress {
	const own = new Set(ids);
	const asked = windows.filter(({ _id }) => own.has(_id));
	const sum = (name: "read" | "parked"): number => asked.reduce((all, each) => all + each[name], 0);
	return {
		done: asked.filter(({ state }) => state === "DONE").length,
		failed: asked.filter(({ state }) => state === "FAILED").length,
		total: ids.length,
		came: sum("read"),
		parked: sum("parked"),
		reason: asked.find(({ reason }) => reason)?.reason ?? "",
	};
}
