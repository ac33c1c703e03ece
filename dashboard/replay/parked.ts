/** What could not be handled and waits for a person, as GET /parked answers it, and its words. */
import { subjects } from "../../nodes/hub/subjects.ts";
import type { Colour } from "../colours.ts";
import type { Words } from "../language.ts";

export interface Parked {
	_id: string;
	source: string; // the consumer's name; "pull": a platform's record
	ref: Record<string, string>;
	shopId: string; // "": of no shop
	reason: string;
	event: { id: string; subject: string; at: string; traceId: string; body: Record<string, unknown> } | null;
	times: number;
	state: ParkedState;
	parkedAt: string;
	settledBy: string;
	note?: string; // not of rows of before there were any
}

export type ParkedState = "PARKED" | "REPLAYED" | "DISCARDED";

export const states: Readonly<Record<ParkedState, { words: Words; colour: Colour }>> = {
	PARKED: { words: ["待处理", "waiting"], colour: "orange" },
	REPLAYED: { words: ["已重新投递", "sent again"], colour: "green" },
	DISCARDED: { words: ["已丢弃", "discarded"], colour: "grey" },
};

const records: Readonly<Record<string, Words>> = {
	orders: ["平台订单未收录", "order not taken from the platform"],
	aftersales: ["平台售后未收录", "after-sale not taken from the platform"],
	products: ["平台商品未收录", "product not taken from the platform"],
};

/** What it is. */
export function subjectWords({ event, ref }: Pick<Parked, "event" | "ref">): Words {
	const subject = event?.subject ?? ref.subject;
	if (!subject) return records[ref.kind ?? ""] ?? ["未收录的数据", "record not taken"];
	const words = subjects[subject as keyof typeof subjects];
	return words ? [words.zh, words.en] : [subject, subject];
}

const sources: Readonly<Record<string, Words>> = {
	pull: ["拉取", "pulling"],
	"pull-replays": ["重新读取", "reading again"],
};

/** Who could not handle it: a part of the hub, or a flow's entry by the name it was given. */
export const sourceWords = (source: string): Words => sources[source] ?? [source, source];

/** The number people know it by. */
export function aboutOf({ ref, event, _id }: Pick<Parked, "ref" | "event" | "_id">): string {
	const told = (name: string): string => {
		const value = ref[name] ?? event?.body[name];
		return typeof value === "string" ? value : "";
	};
	const whole = told("orderId") || told("aftersaleId");
	return told("orderNo") || whole.split(":").slice(2).join(":") || told("id") || told("shopId") || _id;
}
