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

/** What a JSON text says; undefined for any other text. The parser's own message would quote it. */
export function jsonIn(text: string): unknown {
	try {
		return parseJson(text);
	} catch {
		return undefined;
	}
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

/** A list of records; a missing one is empty. */
export function rows(record: RawRecord, field: string): RawRecord[] {
	const value = record[field] ?? [];
	return Array.isArray(value) && value.every(isRecord) ? value : fail(field, "is not a list");
}

/** A list of texts or numbers, as texts; a missing one is empty. */
export function texts(record: RawRecord, field: string): string[] {
	const value = record[field] ?? [];
	if (!Array.isArray(value)) return fail(field, "is not a list");
	return value.map((each) =>
		typeof each === "string" || typeof each === "number" ? String(each) : fail(field, "is not a list of texts"),
	);
}

/** A record inside the record; an empty one where it is missing. */
export function part(record: RawRecord, field: string): RawRecord {
	const value = record[field] ?? {};
	return isRecord(value) ? value : fail(field, "is not an object");
}

/** Whole fen, or null where the field is missing. */
export function optionalWholeFen(record: RawRecord, field: string): number | null {
	return optionalInteger(record, field, "is not an amount in fen");
}

export function wholeFen(record: RawRecord, field: string): number {
	return optionalWholeFen(record, field) ?? fail(field, "is missing");
}

/** A whole number, or null where the field is missing. */
export function optionalInteger(record: RawRecord, field: string, what = "is not a whole number"): number | null {
	const value = text(record, field);
	if (value === "") return null;
	const number = Number(value);
	return /^-?\d+$/.test(value) && Number.isSafeInteger(number) ? number : fail(field, what);
}

/** Unix seconds, or null where the field is missing or 0. */
export function optionalEpochSec(record: RawRecord, field: string): Date | null {
	const seconds = optionalInteger(record, field, "is not a time in seconds");
	return seconds ? new Date(seconds * 1_000) : null;
}

export function epochSec(record: RawRecord, field: string): Date {
	return optionalEpochSec(record, field) ?? fail(field, "is missing");
}

/** Unix milliseconds, or null where the field is missing or 0. */
export function optionalEpochMs(record: RawRecord, field: string): Date | null {
	const ms = optionalInteger(record, field, "is not a time in milliseconds");
	return ms ? new Date(ms) : null;
}

export function epochMs(record: RawRecord, field: string): Date {
	return optionalEpochMs(record, field) ?? fail(field, "is missing");
}

/** Throws PLATFORM_BAD_RECORD naming the field; `what`: "is missing". */
export function fail(field: string, what: string): never {
	throw bad(field, what);
}
