/** How Frappe answers. Source: frappe/utils/response.py, frappe/exceptions.py. */
import { type Answer, json } from "../../target.ts";

/** Ends a call; the words go to the user. */
export class FrappeException extends Error {
	readonly status: number;
	readonly type: string;
	constructor(status: number, type: string, message: string) {
		super(message);
		this.status = status;
		this.type = type;
	}
}

export const invalid = (message: string): FrappeException => new FrappeException(417, "ValidationError", message);
export const mandatory = (doctype: string, field: string): FrappeException =>
	new FrappeException(417, "MandatoryError", `[${doctype}, new]: ${field}`);

/** `warnings`: messages for the user beside what was done. */
export function data(value: unknown, warnings: readonly string[] = []): Answer {
	return json(200, { data: value, ...(warnings.length ? { _server_messages: serverMessages(warnings) } : {}) });
}

export function exception({ status, type, message }: FrappeException): Answer {
	return json(status, {
		exception: `frappe.exceptions.${type}: ${message}`,
		exc_type: type,
		exc: JSON.stringify(["Traceback (most recent call last):\n"]),
		_server_messages: serverMessages([message]),
	});
}

/** JSON of a list of JSON texts. */
const serverMessages = (messages: readonly string[]): string =>
	JSON.stringify(messages.map((message) => JSON.stringify({ message, title: "Message", indicator: "red" })));
