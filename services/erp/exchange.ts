/** Brings a document into an ERP or asks for it, and says what came of it. What holds for every dialect is decided here. */
import { errorTypes, hubError, typeOf } from "../../config/errors.ts";
import type { Connection, ErpDriver, Found, KindDriver, Outcome, PushKind } from "./driver.ts";
import type { Attempt } from "./push.model.ts";
import type { ErpSteps } from "./steps.ts";
import { endWithinMs, settleMs, startWithinMs } from "./timing.ts";
import { type Errand, newWalk, note, Stopped, type Walk, walk } from "./walk.ts";

const reasonChars = 500; // an ERP's essay is not kept whole

type Document = Record<string, unknown>;

export interface Sent {
	/** NOT_SENT: nothing was, and it may go another time. */
	outcome: Outcome | { state: "NOT_SENT"; reason: string };
	attempts: Attempt[];
	decided: boolean; // the call that brings the document in was made
	settleMs: number; // how long the ERP may still be at it
}

export interface Asked {
	found: Found;
	attempts: Attempt[];
}

/** `since`: when the lease began, by `performance.now()`. */
export const errandOf = (driver: ErpDriver, connection: Connection, since: number): Errand => ({
	driver,
	connection,
	startBy: since + startWithinMs,
	endBy: since + endWithinMs,
});

/** Never throws for what the network, the ERP or the document is like. */
export async function send(errand: Errand, kind: PushKind, document: Document): Promise<Sent> {
	const going = newWalk("SEND");
	const said = cut(await sending(errand, going, errand.driver.kinds[kind], kind, document));
	note(going, said.state, "reason" in said ? said.reason : "");
	const { attempts, decided, how } = going;
	return { outcome: said, attempts, decided, settleMs: settleMs(how) };
}

async function sending(
	errand: Errand,
	going: Walk,
	told: KindDriver | undefined,
	kind: PushKind,
	document: Document,
): Promise<Sent["outcome"]> {
	if (!told) return { state: "REJECTED", reason: `ERP_CANNOT: ${kind}` };
	try {
		const { settings } = errand.connection;
		const missing = told.missing(document, settings);
		if (missing.length) throw hubError("INVALID", `${missing.join(", ")} missing`);
		const ours = told.numberOf(document, settings);
		const said = await walk(errand, going, told.send(document));
		// An ERP that gives no number of its own goes by ours.
		return said.state === "OK" ? { ...said, docNo: said.docNo || ours } : said;
	} catch (err) {
		const reason = reasonOf(err);
		if (going.decided) return { state: "IN_DOUBT", reason };
		return { state: err instanceof Stopped ? "NOT_SENT" : "REJECTED", reason };
	}
}

/** Asks the ERP whether it has the document of our number. Never throws for what the network or the ERP does. */
export async function find(errand: Errand, kind: PushKind, number: string, document: Document): Promise<Asked> {
	const going = newWalk("FIND");
	const found = cut(await finding(errand, going, errand.driver.kinds[kind]?.find(number, document)));
	note(going, found.state, "reason" in found ? found.reason : "");
	return { found, attempts: going.attempts };
}

async function finding(errand: Errand, going: Walk, steps: ErpSteps<Found> | undefined): Promise<Found> {
	if (!steps) return { state: "UNKNOWN", reason: "ERP_CANNOT" };
	try {
		return await walk({ ...errand, startBy: errand.endBy }, going, steps);
	} catch (err) {
		return { state: "UNKNOWN", reason: reasonOf(err) };
	}
}

/** @throws an error that is one of the dialect's code */
function reasonOf(err: unknown): string {
	if (err instanceof Stopped) return err.message;
	const type = typeOf(err);
	if (type === "EGRESS_REFUSED") return `${type}: ${(err as Error).message}`; // names the setting, for who may change it
	if (type !== "INVALID") throw err;
	return `INVALID${(err as Error).message.slice(errorTypes.INVALID.en.length)}`;
}

const cut = <T extends Sent["outcome"] | Found>(said: T): T =>
	"reason" in said ? { ...said, reason: said.reason.slice(0, reasonChars) } : said;
