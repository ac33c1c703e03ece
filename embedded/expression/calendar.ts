/** Calendar arithmetic on wall clocks: Dates whose UTC fields are the local ones. */
import { StoreError } from "../errors.ts";

export const DAY = 86_400_000;

/** The date so many ms after 1970. Throws when JavaScript has no such date. */
export function dateAt(ms: number): Date {
	const date = new Date(Math.trunc(ms));
	if (Number.isNaN(date.getTime())) throw new StoreError("Overflow", "date is out of range: beyond the year 275760");
	return date;
}

export const dayOfYear = (local: Date): number =>
	Math.floor((local.getTime() - Date.UTC(local.getUTCFullYear(), 0, 1)) / DAY) + 1;

/** Weeks begin on Sunday; the days before the year's first Sunday are week 0. */
export const weekOfYear = (local: Date): number => Math.floor((dayOfYear(local) + 6 - local.getUTCDay()) / 7);

/** ISO 8601: weeks begin on Monday and belong to the year of their Thursday. */
export function isoWeek(local: Date): { year: number; week: number } {
	const thursday = new Date(local.getTime() + (4 - (local.getUTCDay() || 7)) * DAY);
	return { year: thursday.getUTCFullYear(), week: Math.floor((dayOfYear(thursday) - 1) / 7) + 1 };
}

export const monthNumber = (local: Date): number => local.getUTCFullYear() * 12 + local.getUTCMonth();

export const dayNumber = (local: Date): number => Math.floor(local.getTime() / DAY);

/** Moves by months, to the last day of the month where the day does not exist. */
export function addMonths(local: Date, months: number): Date {
	const target = new Date(local);
	target.setUTCDate(1);
	target.setUTCMonth(local.getUTCMonth() + months);
	const lastDay = new Date(Date.UTC(target.getUTCFullYear(), target.getUTCMonth() + 1, 0)).getUTCDate();
	target.setUTCDate(Math.min(local.getUTCDate(), lastDay));
	return target;
}
