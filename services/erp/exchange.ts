/** One call to an ERP and what it means. What holds for every dialect is decided here, the rest by the driver. */
import type { Connection, ErpAnswer, ErpDriver, ErpRequest, Found, Outcome, PushKind } from "./driver.ts";
import { exchange, type NoAnswer } from "./http.ts";
import type { Attempt } from "./push.model.ts";
import { settleMs } from "./timing.ts";

const reasonChars = 500; // an ERP's essay is not kept whole

export interface Sent {
	outcome: Outcome;
	attempt: Attempt;
	settleMs: number; // how long the ERP may still be at it
}

/** `request` comes from the driver's `sendRequest`. Never throws for what the network or the ERP does. */
export async function send(driver: ErpDriver, request: ErpRequest): Promise<Sent> {
	const at = new Date();
	const answer = await exchange(request);
	const trouble = troubleOf(answer);
	const outcome: Outcome = cut(
		typeof answer === "string" || trouble ? { state: "IN_DOUBT", reason: trouble } : driver.readSend(answer),
	);
	return {
		outcome,
		attempt: attempt("SEND", at, answer, outcome),
		settleMs: settleMs(waitedFor(answer)),
	};
}

/** Asks the ERP whether it has the document of our number. */
export async function find(
	driver: ErpDriver,
	connection: Connection,
	kind: PushKind,
	number: string,
): Promise<{ found: Found; attempt: Attempt }> {
	const at = new Date();
	const answer = await exchange(driver.findRequest(connection, kind, number, at));
	const trouble = troubleOf(answer);
	const found: Found = cut(
		typeof answer === "string" || trouble ? { state: "UNKNOWN", reason: trouble } : driver.readFound(answer),
	);
	return { found, attempt: attempt("FIND", at, answer, found) };
}

const cut = <T extends Outcome | Found>(said: T): T =>
	"reason" in said ? { ...said, reason: said.reason.slice(0, reasonChars) } : said;

/** A proxy that answers for an ERP which did not is a time-out too: the ERP may still be at it. */
function waitedFor(answer: ErpAnswer | NoAnswer): NoAnswer | "ANSWERED" {
	if (typeof answer === "string") return answer;
	return answer.status === 504 || answer.status === 408 ? "TIMEOUT" : "ANSWERED";
}

/** "" for an answer that a driver can read. A server that failed may have done its work before. */
function troubleOf(answer: ErpAnswer | NoAnswer): string {
	if (typeof answer === "string") return answer;
	return answer.status >= 500 ? `HTTP ${answer.status}` : "";
}

function attempt(call: Attempt["call"], at: Date, answer: ErpAnswer | NoAnswer, said: Outcome | Found): Attempt {
	const { status, body } = typeof answer === "string" ? { status: 0, body: "" } : answer;
	const reason = "reason" in said ? said.reason : "";
	return {
		at,
		call,
		outcome: said.state,
		status,
		reason,
		ms: Date.now() - at.getTime(),
		bytes: Buffer.byteLength(body),
	};
}
