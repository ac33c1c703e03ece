import { hubError } from "../config/errors.ts";

const maxTerms = 500;

/** What has one of the pasted numbers (`q`, separated by blanks, commas or line ends) in one of the fields, exactly. */
export function anyOf(q: string, fields: readonly string[]): object {
	const terms = q.split(/[\s,，;；]+/).filter(Boolean);
	if (terms.length > maxTerms) throw hubError("INVALID", `q holds more than ${maxTerms} numbers`, { field: "q" });
	const inOne = fields.map((field) => ({ [field]: { $in: terms } }));
	// Along one index they come in the list's order, which an $or does not promise.
	return inOne.length === 1 ? { ...inOne[0] } : { $or: inOne };
}
