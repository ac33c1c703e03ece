/** Points in time as expressions read them from values and text. */
import { ObjectId, Timestamp, type Value } from "../bson/values.ts";
import { StoreError } from "../errors.ts";

/** The date so many ms after 1970. Throws when JavaScript has no such date. */
export function dateAt(ms: number): Date {
	const date = new Date(Math.trunc(ms));
	if (Number.isNaN(date.getTime())) throw new StoreError("Overflow", "date is out of range: beyond the year 275760");
	return date;
}

/** The instant in a value that has one: dates, ObjectIds and timestamps. */
export function dateOf(value: Value): Date | undefined {
	if (value instanceof Date) return value;
	if (value instanceof ObjectId) return value.getTimestamp();
	if (value instanceof Timestamp) return new Date((value.high >>> 0) * 1000);
	return undefined;
}

/** How far the clock of a zone is ahead of UTC, in ms: `+08:00`, `+0800`, `+08`, `Z`, `UTC`. Names are not known. */
export function offsetOf(zone: string): number {
	if (zone === "UTC" || zone === "GMT" || zone === "Z") return 0;
	const match = /^([+-])(\d\d)(?::?(\d\d))?$/.exec(zone);
	if (!match) throw new StoreError(40485, `time zone "${zone}" is not supported by the embedded store: use an offset`);
	const [, sign, hours, minutes = "0"] = match;
	return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

const ISO = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d)?(\.\d{1,9})?)?(Z|[+-]\d\d(?::?\d\d)?)?$/;

/** Reads an ISO 8601 date, in UTC unless it tells its offset. Undefined for anything else. */
export function readDate(text: string): Date | undefined {
	const match = ISO.exec(text);
	if (!match) return undefined;
	const [, day = "", minutes = "00:00", seconds = ":00", fraction = ".", offset = "Z"] = match;
	const local = new Date(`${day}T${minutes}${seconds}${fraction.padEnd(4, "0").slice(0, 4)}Z`);
	// JavaScript takes 30 February for 1 March.
	const isReal = !Number.isNaN(local.getTime()) && local.toISOString().startsWith(day);
	return isReal ? new Date(local.getTime() - offsetOf(offset)) : undefined;
}
