/** What the answers say, by the words that the connection's settings name. */
import { hubError } from "../../../config/errors.ts";
import type { Connection, ErpAnswer, Found, Outcome } from "../driver.ts";
import { type Interface, interfaceOf, valueAt } from "./interface.ts";

interface Said {
	at: Interface;
	body: Record<string, unknown>;
	yes: boolean;
	code: string;
	words: string;
}

/** @throws ERP_UNREADABLE */
export function readTaken(answer: ErpAnswer, { settings }: Connection, needsDocNo: boolean): Outcome {
	const { at, body, yes, code, words } = read(answer, settings);
	if (!yes) {
		const unclear = answer.status === 429 || at.busyCodes.includes(code) || at.existsCodes.includes(code);
		return { state: unclear ? "IN_DOUBT" : "REJECTED", reason: words };
	}
	const docNo = at.docNoField === "none" ? "" : textOf(valueAt(body, at.docNoField));
	if (!docNo && needsDocNo && at.docNoField !== "none") throw hubError("ERP_UNREADABLE", `no ${at.docNoField}`);
	return { state: "OK", docNo };
}

/** Whether the ERP has a document of the number that was asked for. @throws ERP_UNREADABLE */
export function readFound(answer: ErpAnswer, { settings }: Connection): Found {
	const { at, body, yes, code, words } = read(answer, settings);
	if (!yes) return isNotThere(answer, at, code) ? { state: "NOT_FOUND" } : { state: "UNKNOWN", reason: words };
	const found = valueAt(body, at.foundField);
	if (Array.isArray(found) && !found.length && at.notFoundCode === "empty") return { state: "NOT_FOUND" };
	const docNo = textOf([found].flat()[0]);
	if (!docNo) throw hubError("ERP_UNREADABLE", `no ${at.foundField}`);
	return { state: "FOUND", docNo };
}

/** @throws ERP_UNREADABLE */
export function readCancelled(answer: ErpAnswer, connection: Connection): Found {
	return onlyIf(answer, connection, ({ at, body }) => valueAt(body, at.cancelledField) === true);
}

/** An after-sale of another version than the one told is not there yet; many ERPs show none. @throws ERP_UNREADABLE */
export function readTold(answer: ErpAnswer, connection: Connection, version: unknown): Found {
	return onlyIf(answer, connection, ({ at, body }) => {
		const shown = valueAt(body, at.versionField);
		return shown === undefined || shown === null || version === undefined || String(shown) === String(version);
	});
}

/** Telling a change twice does no harm, so one that the ERP does not show is not there. @throws ERP_UNREADABLE */
export function readChanged(answer: ErpAnswer, connection: Connection, version: unknown): Found {
	return onlyIf(
		answer,
		connection,
		({ at, body }) => version !== undefined && String(valueAt(body, at.versionField)) === String(version),
	);
}

function onlyIf(answer: ErpAnswer, connection: Connection, holds: (said: Said) => boolean): Found {
	const found = readFound(answer, connection);
	return found.state !== "FOUND" || holds(read(answer, connection.settings)) ? found : { state: "NOT_FOUND" };
}

/** With codes in the body a 404 is about the address, not the order. */
const isNotThere = ({ status }: ErpAnswer, { codeField, notFoundCode }: Interface, code: string): boolean =>
	code === notFoundCode && (status === 200 || codeField === "http");

/** Cut off, a proxy's page, no code: none of it is an answer of this interface. */
function read({ status, body: text }: ErpAnswer, settings: Connection["settings"]): Said {
	const at = interfaceOf(settings);
	const body = parsed(text);
	const http = at.codeField === "http";
	const code = http ? String(status) : textOf(valueAt(body, at.codeField));
	if (!code) throw hubError("ERP_UNREADABLE");
	const yes = http ? status >= 200 && status < 300 : code === at.okCode;
	return { at, body, yes, code, words: `${code} ${textOf(valueAt(body, at.messageField))}`.trim() };
}

function parsed(text: string): Record<string, unknown> {
	try {
		const value: unknown = JSON.parse(text);
		if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
	} catch (err) {
		throw Object.assign(hubError("ERP_UNREADABLE"), { cause: err });
	}
	throw hubError("ERP_UNREADABLE");
}

const textOf = (value: unknown): string =>
	typeof value === "string" ? value : typeof value === "number" || typeof value === "boolean" ? String(value) : "";
