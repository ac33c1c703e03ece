import { hubError } from "../../config/errors.ts";

/** Runs an insert whose id somebody may have taken. @throws CONFLICT then */
export async function duplicateIsConflict<T>(insert: Promise<T>): Promise<T> {
	try {
		return await insert;
	} catch (err) {
		if ((err as { code?: number }).code === 11000) throw hubError("CONFLICT", "the name is taken");
		throw err;
	}
}
