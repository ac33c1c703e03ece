import type { ErpStep } from "../steps.ts";
import { readDocument, type Said } from "./answer.ts";
import { insert } from "./request.ts";

/** Brings a document in, of whatever doctype: inserted and submitted, or nothing. */
export function submit(
	doctype: string,
	document: Record<string, unknown>,
	decisive: boolean,
): ErpStep<Said<Record<string, unknown> & { name: string }>> {
	return {
		name: `POST ${doctype}`,
		decisive,
		request: (connection) => insert(connection, doctype, { ...document, docstatus: 1 }),
		read: readDocument,
	};
}
