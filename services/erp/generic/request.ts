import { hubError } from "../../../config/errors.ts";
import type { Connection, ErpRequest } from "../driver.ts";
import { type Interface, interfaceOf } from "./interface.ts";
import { sign } from "./sign.ts";

type Path = { [K in keyof Interface]: K extends `path${string}` ? K : never }[keyof Interface];

/** @throws INVALID where the settings say that the ERP has no such address ("none"), or know no such way to sign in */
export function requestTo(
	connection: Connection,
	method: ErpRequest["method"],
	path: Path,
	number: string,
	document: Record<string, unknown> | null,
	now: Date,
): ErpRequest {
	const at = interfaceOf(connection.settings);
	if (at[path] === "none") throw hubError("INVALID", `settings.${path} is none`);
	const body = document ? JSON.stringify(document) : "";
	const url = connection.url.replace(/\/+$/, "") + at[path].replaceAll(":no", encodeURIComponent(number));
	const headers = { ...proofOf(connection, at, body, now), ...(body ? { "content-type": "application/json" } : {}) };
	return { method, url, headers, body };
}

/** How the ERP knows that it is us. */
function proofOf(
	{ secrets: { key = "", secret = "" } }: Connection,
	{ auth, authHeader }: Interface,
	body: string,
	now: Date,
): Record<string, string> {
	const timestamp = String(Math.floor(now.getTime() / 1_000));
	switch (auth) {
		case "signature":
			return {
				authorization: `Bearer ${key}`,
				"x-timestamp": timestamp,
				"x-signature": sign(timestamp, body, secret),
			};
		case "bearer":
			return { authorization: `Bearer ${key}` };
		case "header":
			return { [authHeader.toLowerCase()]: key };
		default:
			throw hubError("INVALID", `settings.auth is ${auth}, not signature, bearer or header`);
	}
}
