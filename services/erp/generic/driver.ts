/**
 * A plain JSON interface, for ERPs that a seller's own people connect. `POST <url>/orders` takes a document,
 * `GET <url>/orders?orderNo=` finds it; answers are `{code, message, data}`, code 0 for yes, inside HTTP 200 or 4xx.
 * It promises no uniqueness: the same order number twice may be two documents.
 */
import { hubError } from "../../../config/errors.ts";
import type { Connection, ErpAnswer, ErpDriver, ErpRequest, Found, Outcome } from "../driver.ts";
import { sign } from "./sign.ts";

export const generic: ErpDriver = {
	dialect: "generic",
	secretNames: ["key", "secret"],
	settingNames: ["shopNo"],

	numberOf(_kind, { orderNo }) {
		if (typeof orderNo !== "string" || !orderNo) throw hubError("INVALID", "orderNo missing", { fields: ["orderNo"] });
		return orderNo;
	},

	sendRequest(connection, _kind, document, now) {
		const missing = needed.filter((name) => document[name] === undefined || document[name] === "");
		const lines = Array.isArray(document.lines) ? document.lines.length : 0;
		if (!lines && !missing.includes("lines")) missing.push("lines");
		if (missing.length) throw hubError("INVALID", `${missing.join(", ")} missing`, { fields: missing });
		return { method: "POST", ...signed(connection, address(connection), JSON.stringify(document), now) };
	},

	findRequest(connection, _kind, number, now) {
		const url = address(connection);
		url.searchParams.set("orderNo", number);
		return { method: "GET", ...signed(connection, url, "", now) };
	},

	readSend,
	readFound,
};

const needed = ["orderNo", "shopNo", "placedAt", "receiver", "lines", "freight", "total"];
const busy = new Set([1429, 1500]); // nothing was done, or who knows
const noSuchOrder = 1404;

function address({ url }: Connection): URL {
	return new URL(`${url.replace(/\/+$/, "")}/orders`);
}

function signed({ secrets }: Connection, url: URL, body: string, now: Date): Omit<ErpRequest, "method"> {
	const timestamp = String(Math.floor(now.getTime() / 1_000));
	const headers = {
		authorization: `Bearer ${secrets.key ?? ""}`,
		"x-timestamp": timestamp,
		"x-signature": sign(timestamp, body, secrets.secret ?? ""),
		...(body ? { "content-type": "application/json" } : {}),
	};
	return { url: url.href, headers, body };
}

function readSend(answer: ErpAnswer): Outcome {
	const said = read(answer);
	if (!said) return { state: "IN_DOUBT", reason: `HTTP ${answer.status}, ANSWER_UNREADABLE` };
	if (said.code === 0) {
		const { docNo } = said.data;
		return typeof docNo === "string" && docNo
			? { state: "OK", docNo }
			: { state: "IN_DOUBT", reason: "ANSWER_UNREADABLE: no docNo" };
	}
	return { state: answer.status === 429 || busy.has(said.code) ? "IN_DOUBT" : "REJECTED", reason: wordsOf(said) };
}

function readFound(answer: ErpAnswer): Found {
	const said = read(answer);
	if (!said) return { state: "UNKNOWN", reason: `HTTP ${answer.status}, ANSWER_UNREADABLE` };
	if (said.code === 0) {
		const [docNo] = Array.isArray(said.data.docNos) ? (said.data.docNos as unknown[]) : [];
		return typeof docNo === "string" ? { state: "FOUND", docNo } : { state: "UNKNOWN", reason: "ANSWER_UNREADABLE" };
	}
	return said.code === noSuchOrder && answer.status === 200
		? { state: "NOT_FOUND" }
		: { state: "UNKNOWN", reason: wordsOf(said) };
}

interface Said {
	code: number;
	message: string;
	data: Record<string, unknown>;
}

/** `undefined` for what is no answer of this interface: cut off, a proxy's page … */
function read({ body }: ErpAnswer): Said | undefined {
	let parsed: unknown;
	try {
		parsed = JSON.parse(body);
	} catch {
		return undefined; // said by the caller, with the status
	}
	const { code, message, data } = Object(parsed) as Record<string, unknown>;
	if (typeof code !== "number") return undefined;
	return { code, message: typeof message === "string" ? message : "", data: Object(data) as Record<string, unknown> };
}

const wordsOf = ({ code, message }: Said): string => `${code} ${message}`.trim();
