/** Reading what a print component says: JSON text of which nothing is certain. */

export type JsonRecord = Readonly<Record<string, unknown>>;

export function recordIn(frame: string): JsonRecord | null {
	try {
		const value: unknown = JSON.parse(frame);
		return isRecord(value) ? value : null;
	} catch {
		return null; // no JSON is an answer that nobody can read, and counts as none
	}
}

export function isRecord(value: unknown): value is JsonRecord {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** "" for what is no text and no number. */
export function textOf(value: unknown): string {
	return typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
}

export function recordsOf(value: unknown): JsonRecord[] {
	return Array.isArray(value) ? value.filter(isRecord) : [];
}

export function textsOf(value: unknown): string[] {
	return Array.isArray(value) ? value.map(textOf).filter((each) => each !== "") : [];
}

/** The members of an object without its braces: a platform's text is put beside them to the letter. */
export const membersOf = (record: object): string => JSON.stringify(record).slice(1, -1);
