import { fromBeijing } from "../../../config/beijing.ts";
import { fail, type RawRecord, text } from "../record.ts";

/** 京东 writes a time that is not there as one of its epochs. */
const noTime = /^(0001|1970)-01-01/;

/** Beijing wall-clock time or epoch milliseconds, which 京东 mixes even within one API; null where there is none. */
export function optionalMoment(record: RawRecord, field: string): Date | null {
	const value = text(record, field);
	if (value === "" || value === "0" || noTime.test(value)) return null;
	if (/^\d{13}$/.test(value)) return new Date(Number(value));
	return fromBeijing(value) ?? fail(field, "is not a time");
}

export function moment(record: RawRecord, field: string): Date {
	return optionalMoment(record, field) ?? fail(field, "is missing");
}
