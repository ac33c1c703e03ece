/** Wall-clock time in a zone: an IANA name (Asia/Shanghai) or an offset (+08:00, +0800, +08). */
import { StoreError } from "../errors.ts";

const MINUTE = 60_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** How far the zone's clock is ahead of UTC at an instant, in ms. Throws 40485 for a zone nobody knows. */
export function offsetAt(instant: Date, zone: string): number {
	if (zone === "UTC" || zone === "GMT" || zone === "Z") return 0;
	const fixed = /^([+-])(\d\d)(?::?(\d\d))?$/.exec(zone);
	if (fixed) {
		const [, sign, hours, minutes = "0"] = fixed;
		return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * MINUTE;
	}
	const parts = formatOf(zone).formatToParts(instant);
	const part = (type: Intl.DateTimeFormatPartTypes): number =>
		Number(parts.find((found) => found.type === type)?.value ?? 0);
	const local = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
	return local - Math.floor(instant.getTime() / 1000) * 1000;
}

function formatOf(zone: string): Intl.DateTimeFormat {
	const known = formats.get(zone);
	if (known) return known;
	try {
		const format = new Intl.DateTimeFormat("en-US", {
			timeZone: zone,
			hourCycle: "h23",
			year: "numeric",
			month: "numeric",
			day: "numeric",
			hour: "numeric",
			minute: "numeric",
			second: "numeric",
		});
		formats.set(zone, format);
		return format;
	} catch (cause) {
		throw new StoreError(40485, `unrecognized time zone identifier: "${zone}"`, { cause: String(cause) });
	}
}

/** A Date whose UTC fields read as the zone's wall clock. */
export const toWallClock = (instant: Date, zone: string): Date => new Date(instant.getTime() + offsetAt(instant, zone));

/** The instant at which the zone's clock reads this. In the hour a clock repeats, the earlier one. */
export function fromWallClock(local: Date, zone: string): Date {
	const guess = new Date(local.getTime() - offsetAt(local, zone));
	return new Date(local.getTime() - offsetAt(guess, zone));
}
