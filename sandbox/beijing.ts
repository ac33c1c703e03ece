/** Wall-clock times of the protocols: `yyyy-MM-dd HH:mm:ss`, Beijing (UTC+8, no daylight saving). */

const offsetMs = 8 * 3_600_000;

/** Epoch milliseconds -> "2026-03-18 08:47:10". */
export function beijing(ms: number): string {
	return new Date(ms + offsetMs).toISOString().slice(0, 19).replace("T", " ");
}

/** "2026-03-18 08:47:10" -> epoch milliseconds; null for any other text, the 31st of a 30-day month included. */
export function beijingMs(text: string): number | null {
	if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text)) return null;
	const ms = Date.parse(`${text.replace(" ", "T")}+08:00`);
	return !Number.isNaN(ms) && beijing(ms) === text ? ms : null;
}

/** Platforms stamp whole seconds: the milliseconds are cut off. */
export function wholeSecond(ms: number): number {
	return Math.floor(ms / 1000) * 1000;
}
