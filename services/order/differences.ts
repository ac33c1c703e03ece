/** What a write changed of an order, for people to read: `{"memo.seller": [before, after]}`. Pure. */
import type { Order, Receiver, StoredLine } from "./order.ts";

export type Change = Record<string, unknown>;

/** Of a receiver, what is masked or no secret; of the rest only that it is another one. */
const receiverWords = ["name", "phone", "address", "province", "city", "district", "town"] as const;
const receiverKeys = ["cipher", "platformKey"] as const;
const lineFields = [
	"outerSku",
	"erpSku",
	"quantity",
	"priceFen",
	"discountFen",
	"paidFen",
	"gift",
	"status",
	"refund",
] as const;

/** Dates come as ISO text, so that what is shown is what was written. */
export function differences(before: Order, after: Order): Change {
	const change: Change = {};
	const note = (field: string, was: unknown, is: unknown): void => {
		const pair = [shown(was), shown(is)];
		if (JSON.stringify(pair[0]) !== JSON.stringify(pair[1])) change[field] = pair;
	};
	for (const field of ["status", "rawStatus", "flags", "paidAt", "shipDeadline"] as const) {
		note(field, before[field], after[field]);
	}
	for (const part of ["memo", "money"] as const) {
		for (const [field, is] of Object.entries(after[part])) {
			note(`${part}.${field}`, (before[part] as Record<string, unknown>)[field], is);
		}
	}
	for (const field of receiverWords) note(`receiver.${field}`, before.receiver[field], after.receiver[field]);
	if (receiverKeys.some((key) => differs(before.receiver, after.receiver, key))) change["receiver.key"] = "changed";
	noteLines(before.lines, after.lines, note);
	return change;
}

function noteLines(
	before: readonly StoredLine[],
	after: readonly StoredLine[],
	note: (field: string, was: unknown, is: unknown) => void,
): void {
	for (const lineId of new Set([...before, ...after].map((line) => line.lineId))) {
		const was = before.find((line) => line.lineId === lineId);
		const is = after.find((line) => line.lineId === lineId);
		if (was && is) for (const field of lineFields) note(`lines.${lineId}.${field}`, was[field], is[field]);
		else note(`lines.${lineId}`, summaryOf(was), summaryOf(is));
	}
}

/** "CUP-BK-500 × 2" */
const summaryOf = (line: StoredLine | undefined): string | null =>
	line ? `${line.outerSku || line.platformSkuId || line.title} × ${line.quantity}` : null;

const differs = (before: Receiver, after: Receiver, key: keyof Receiver): boolean => before[key] !== after[key];

const shown = (value: unknown): unknown => (value instanceof Date ? value.toISOString() : (value ?? null));
