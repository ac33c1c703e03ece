/** Beijing wall-clock time, which platforms and ERPs write without an offset. China has kept UTC+8 since 1991. */
const offsetMs = 8 * 3_600_000;

/** "2026-01-02 03:04:05" */
export const beijingTime = (at: Date): string =>
	new Date(at.getTime() + offsetMs).toISOString().slice(0, 19).replace("T", " ");

/** "2026-01-02" */
export const beijingDay = (at: Date): string => beijingTime(at).slice(0, 10);
