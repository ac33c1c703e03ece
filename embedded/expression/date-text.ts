/** Dates from and to text. */
import { StoreError } from "../errors.ts";
import { dayOfYear, isoWeek, weekOfYear } from "./calendar.ts";
import { fromWallClock, offsetAt, toWallClock } from "./time-zone.ts";

const ISO =
	/^(\d{4})-(\d\d?)(?:-(\d\d?))?(?:[T ](\d\d?):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?)?\s*(Z|[+-]\d\d(?::?\d\d)?)?$/;

/** Reads ISO 8601 dates. Text must tell its offset or be in `zone`, not both. Undefined for anything else. */
export function readDate(text: string, zone?: string): Date | undefined {
	const match = ISO.exec(text.trim());
	if (!match) return undefined;
	const [, year, month, day = "1", hour = "0", minute = "0", second = "0", fraction = "", offset] = match;
	const local = new Date(
		Date.UTC(
			Number(year),
			Number(month) - 1,
			Number(day),
			Number(hour),
			Number(minute),
			Number(second),
			Number(fraction.padEnd(3, "0").slice(0, 3)),
		),
	);
	if (offset !== undefined && zone !== undefined) return undefined;
	const isReal = local.getUTCMonth() === Number(month) - 1 && local.getUTCDate() === Number(day) && Number(hour) < 24;
	return isReal ? fromWallClock(local, offset ?? zone ?? "UTC") : undefined;
}

const pad = (value: number, width: number): string => String(value).padStart(width, "0");

const MONTHS = [
	"January",
	"February",
	"March",
	"April",
	"May",
	"June",
	"July",
	"August",
	"September",
	"October",
	"November",
	"December",
];

/** `%` letters of `$dateToString`, on the wall clock of the zone. Source: MongoDB manual, "Format Specifiers". */
const LETTERS: Readonly<Record<string, (local: Date, offsetMinutes: number) => string>> = {
	Y: (local) => pad(local.getUTCFullYear(), 4),
	m: (local) => pad(local.getUTCMonth() + 1, 2),
	d: (local) => pad(local.getUTCDate(), 2),
	H: (local) => pad(local.getUTCHours(), 2),
	M: (local) => pad(local.getUTCMinutes(), 2),
	S: (local) => pad(local.getUTCSeconds(), 2),
	L: (local) => pad(local.getUTCMilliseconds(), 3),
	b: (local) => MONTHS[local.getUTCMonth()]?.slice(0, 3) ?? "",
	B: (local) => MONTHS[local.getUTCMonth()] ?? "",
	j: (local) => pad(dayOfYear(local), 3),
	w: (local) => String(local.getUTCDay() + 1),
	u: (local) => String(local.getUTCDay() || 7),
	U: (local) => pad(weekOfYear(local), 2),
	V: (local) => pad(isoWeek(local).week, 2),
	G: (local) => pad(isoWeek(local).year, 4),
	z: (_, minutes) =>
		`${minutes < 0 ? "-" : "+"}${pad(Math.trunc(Math.abs(minutes) / 60), 2)}${pad(Math.abs(minutes) % 60, 2)}`,
	Z: (_, minutes) => String(minutes),
	"%": () => "%",
};

export function writeDate(instant: Date, format: string, zone: string): string {
	const local = toWallClock(instant, zone);
	const offsetMinutes = offsetAt(instant, zone) / 60_000;
	return format.replace(/%(.?)/gs, (_, letter: string) => {
		const write = Object.hasOwn(LETTERS, letter) ? LETTERS[letter] : undefined;
		if (!write) throw new StoreError(18536, `Invalid format character '%${letter}' in format string`);
		return write(local, offsetMinutes);
	});
}
