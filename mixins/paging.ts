import { hubError } from "../config/errors.ts";

/** Where a page sorted by time and id ended. Opaque to whoever holds it. */
export interface Cursor {
	at: Date;
	id: string;
}

export const writeCursor = ({ at, id }: Cursor): string =>
	Buffer.from(JSON.stringify([at.getTime(), id])).toString("base64url");

/** @throws INVALID for anything that `writeCursor` did not make */
export function readCursor(cursor: string): Cursor {
	try {
		const [at, id] = JSON.parse(Buffer.from(cursor, "base64url").toString()) as [unknown, unknown];
		if (Number.isSafeInteger(at) && typeof id === "string") return { at: new Date(at as number), id };
	} catch {
		// not JSON: refused below
	}
	throw hubError("INVALID", "cursor is not one that a list answered with", { field: "cursor" });
}
