/**
 * One call to 旺店通旗舰版: everything goes to one address by POST, the public parameters in the URL, the arguments of the
 * method as a JSON list in the body. Source: 慧策开放平台 旗舰版, any API page, "公共请求参数".
 */
import { hubError } from "../../../config/errors.ts";
import type { Connection, ErpAnswer, ErpRequest } from "../driver.ts";
import { sign } from "./sign.ts";

/** A list is asked for page by page, from 0. `total`: the ERP shall count them all. */
export interface Pager {
	page: number;
	size: number;
	total: boolean;
}

/** What the ERP said: status 0 is yes, everything else no, inside HTTP 200. */
export interface Said {
	status: number;
	message: string;
	data: Record<string, unknown>;
}

/** Seconds of 2012-01-01 00:00:00 in Beijing: the ERP counts from there, and takes 120 s more or less. */
const epochSeconds = 1_325_347_200;

export function callRequest(
	{ url, secrets }: Connection,
	method: string,
	args: readonly unknown[],
	now: Date,
	pager?: Pager,
): ErpRequest {
	// 旺店通 gives out one text, "<secret>:<salt>": the first part signs, the second travels along.
	const [secret = "", salt = ""] = (secrets.secret ?? "").split(":", 2);
	const body = JSON.stringify(args);
	const params: Record<string, string> = {
		sid: secrets.sid ?? "",
		key: secrets.key ?? "",
		salt,
		method,
		v: "1.0",
		timestamp: String(Math.floor(now.getTime() / 1_000) - epochSeconds),
		...(pager && { page_size: `${pager.size}`, page_no: `${pager.page}`, calc_total: pager.total ? "1" : "0" }),
	};
	const address = new URL(url);
	address.search = new URLSearchParams({ ...params, sign: sign(params, body, secret) }).toString();
	return { method: "POST", url: address.href, headers: { "content-type": "application/json" }, body };
}

/** @throws ERP_UNREADABLE for what is no answer of this interface: cut off, a proxy's page … */
export function readAnswer({ body }: ErpAnswer): Said {
	const { status, message, data } = asRecord(parse(body));
	// Some methods leave the status out when all is well.
	const code = status === undefined && isRecord(data) ? 0 : status;
	if (typeof code !== "number" || (code === 0 && !isRecord(data))) throw unreadable();
	return { status: code, message: typeof message === "string" ? message : "", data: asRecord(data) };
}

/**
 * The records a question was answered with, and how many there are in all (NaN unless it was told to count).
 * @throws ERP_UNREADABLE; ERP_REFUSED for a refusal: it says nothing of what was asked for
 */
export function readRecords(answer: ErpAnswer): { records: Record<string, unknown>[]; total: number } {
	const said = readAnswer(answer);
	if (said.status !== 0) throw hubError("ERP_REFUSED", wordsOf(said));
	if (!Array.isArray(said.data.order)) throw unreadable("no order");
	return { records: recordsOf(said.data.order), total: Number(said.data.total_count ?? Number.NaN) };
}

export const wordsOf = ({ status, message }: Said): string => `${status} ${message}`.trim();

export const unreadable = (what?: string): Error => hubError("ERP_UNREADABLE", what);

function parse(body: string): unknown {
	try {
		return JSON.parse(body);
	} catch {
		throw unreadable("no JSON");
	}
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === "object" && value !== null && !Array.isArray(value);

export const asRecord = (value: unknown): Record<string, unknown> => (isRecord(value) ? value : {});

/** The records of a list; an empty one for anything else. */
export const recordsOf = (value: unknown): Record<string, unknown>[] =>
	Array.isArray(value) ? value.filter(isRecord) : [];

/** Numbers stand as numbers or as texts; null is nothing. */
export const text = (value: unknown): string =>
	typeof value === "string" ? value.trim() : typeof value === "number" ? String(value) : "";
