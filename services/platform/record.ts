/** Reads the fields of a platform's record. A field that is not what it must be is named: PLATFORM_BAD_RECORD. */

import { fromBeijing } from "../../config/beijing.ts";
import { hubError } from "../../config/errors.ts";
import { yuanToFen } from "./yuan.ts";

export type RawRecord = Record<string, unknown>;

export const isRecord = (value: unknown): value is RawRecord =>
	typeof value === "object" && value !== null && !Array.isArray(value);

/** JSON with every whole number beyond 2^53 kept as the text of its digits. @throws SyntaxError */
export function parseJson(text: string): unknown {
	return JSON.parse(text, (_key, value: unknown, context?: { source?: string }) =>
		Number.isInteger(value) && !Number.isSafeInteger(value) ? (context?.source ?? String(value)) : value,
	);
}

const bad = (field: string, what: string): Error => hubError("PLATFORM_BAD_RECORD", `${field} ${what}`, { field });

/** Text, or "" where the field is missing; numbers become their digits. */
export function text(record: RawRecord, field: string): string {
	const value = record[field];
	if (value === undefined || value === null) return "";
	if (typeof value === "string") return value;
	if (typeof value === "number" || typeof value === "boolean") return String(value);
	throw bad(field, "is not a text");
}

export function requiredText(record: RawRecord, field: string): string {
	return text(record, field) || fail(field, "is missing");
}

/** Yuan to fen, or null where the field is missing. */
export function optionalFen(record: RawRecord, field: string): number | null {
	const value = text(record, field);
	return value === "" ? null : (yuanToFen(value) ?? fail(field, "is not an amount in yuan"));
}

export function fen(record: RawRecord, field: string): number {
	return optionalFen(record, field) ?? fail(field, "is missing");
}

/** Beijing wall-clock time, or null where the field is missing. */
export function optionalTime(record: RawRecord, field: string): Date | null {
	const value = text(record, field);
	return value === "" ? null : (fromBeijing(value) ?? fail(field, "is not a time"));
}

export function time(record: RawRecord, field: string): Date {
	return optionalTime(record, field) ?? fail(field, "is missing");
}

export function quantity(record: RawRecord, field: string): number {
	const value = Number(requiredText(record, field));
	return Number.isSafeInteger(value) && value > 0 ? value : fail(field, "is not a quantity");
}

/** `{"orders":{"order":[…]}}` -> the rows. A list that is missing is empty. */
export function wrappedList(record: RawRecord, list: string, item: string): RawRecord[] {
	const wrapper = record[list];
	if (wrapper === undefined || wrapper === null) return [];
	const rows = isRecord(wrapper) ? (wrapper[item] ?? []) : undefined;
	return Array.isArray(rows) && rows.every(isRecord) ? rows : fail(list, "is not a list");
}

function fail(field: string, what: string): never {
	throw bad(field, what);
}
