/** A replay as GET /replays answers it, and its words. */
import type { Colour } from "../colours.ts";
import type { Words } from "../language.ts";

export interface Revision {
	label: string; // "<name> (deployed|editor|<file>|expression)", "pushed", "nothing"
	hash: string;
}

export interface Cause {
	key: string;
	title: { zh: string; en: string };
	count: number;
	changeFen: number | null;
	examples: { orderId: string; path: string; before: unknown; after: unknown }[];
}

export interface Replay {
	_id: string;
	state: ReplayState;
	reason: string;
	by: string;
	at: string;
	endedAt: string | null;
	selection: { from?: string; to?: string; platform?: string; shopId?: string; status?: string; orderIds: number };
	candidate: Revision;
	baseline: Revision;
	progress: { done: number; total: number };
	network: { attempts: number; connections: number; targets: string[] };
	same: number;
	different: number;
	rejected: number;
	failed: number;
	leftOut: number;
	causes?: Cause[]; // not in the list
}

export interface ReplayRow {
	_id: string;
	orderId: string;
	causes: string[];
	changeFen: number | null;
	differences: { what: DifferenceKind; of: string; path: string; before: unknown; after: unknown }[];
}

type DifferenceKind = "field" | "line" | "document" | "rejected" | "deed" | "outcome";

export type ReplayState = "RUNNING" | "DONE" | "FAILED" | "CANCELLED";

export const states: Readonly<Record<ReplayState, { words: Words; colour: Colour }>> = {
	RUNNING: { words: ["进行中", "running"], colour: "blue" },
	DONE: { words: ["已完成", "done"], colour: "green" },
	FAILED: { words: ["失败", "failed"], colour: "red" },
	CANCELLED: { words: ["已停止", "stopped"], colour: "grey" },
};

export const differenceKinds: Readonly<Record<DifferenceKind, Words>> = {
	field: ["字段", "field"],
	line: ["明细行", "line"],
	document: ["单据", "document"],
	rejected: ["ERP 会拒收", "the ERP would refuse it"],
	deed: ["动作", "action"],
	outcome: ["流程结果", "how the flow ends"],
};

/** Documents that a mapping can make; those of after-sales are not replayed. */
export const documentKinds: Readonly<Record<"order" | "change" | "cancel", Words>> = {
	order: ["订单", "order"],
	change: ["变更单", "change"],
	cancel: ["撤回单", "recall"],
};

const whence: Readonly<Record<string, Words>> = {
	deployed: ["（已部署）", " (deployed)"],
	editor: ["（编辑器里的）", " (in the editor)"],
	expression: ["（映射）", " (expression)"],
	pushed: ["ERP 已收到的单据", "what the ERP was given"],
	nothing: ["空（尚未部署）", "nothing (not deployed yet)"],
};

/** A revision that has a name is followed by where it comes from; others are just "pushed" or "nothing". */
export function revisionWords({ label }: Revision): Words {
	const [, name = "", from = label] = /^(.*) \((deployed|editor|expression)\)$/.exec(label) ?? [];
	const words = whence[from] ?? [from, from];
	return [name + words[0], name + words[1]];
}

/** "taobao:shop-1:2601" -> "2601" */
export const orderNoOf = (orderId: string): string => orderId.split(":").slice(2).join(":") || orderId;

/** A value of a document as a cell shows it. */
export function shownValue(value: unknown): string {
	if (value === undefined || value === null) return "—";
	return typeof value === "string" ? value : JSON.stringify(value);
}
