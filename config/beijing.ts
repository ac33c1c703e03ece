/** Platforms and ERPs write Beijing's wall clock without an offset: UTC+8, no daylight saving since 1991. */
const offsetMs = 8 * 3_600_000;
const dayMs = 24 * 3_600_000;
const pattern = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;

/** An instant -> "2026-03-18 08:47:10". Milliseconds are cut off. */
export const toBeijing = (at: Date): string =>
	new Date(at.getTime() + offsetMs).toISOString().slice(0, 19).replace("T", " ");

/** "2026-03-18" */
export const beijingDay = (at: Date): string => toBeijing(at).slice(0, 10);

/** "2026-03-18 08:47:10" -> an instant; null for anything else, a day that no calendar has included. */
export function fromBeijing(text: string): Date | null {
	if (!pattern.test(text)) return null;
	const at = new Date(`${text.replace(" ", "T")}+08:00`);
	return !Number.isNaN(at.getTime()) && toBeijing(at) === text ? at : null;
}

/** When the Beijing day of an instant began. */
export const beijingMidnight = (at: Date): Date =>
	new Date(Math.floor((at.getTime() + offsetMs) / dayMs) * dayMs - offsetMs);
