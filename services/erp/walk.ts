/** Walks the steps of a dialect: makes their calls, one after the other, signed in where the ERP wants that. */
import { errorTypes, hubError, typeOf } from "../../config/errors.ts";
import type { Connection, ErpAnswer, ErpDriver } from "./driver.ts";
import { exchange, type NoAnswer } from "./http.ts";
import type { Attempt } from "./push.model.ts";
import { forgetSession, sessionOf } from "./session.ts";
import type { ErpStep, ErpSteps } from "./steps.ts";

/** Where the calls go, and until when they may begin: moments of `performance.now()`. */
export interface Errand {
	driver: ErpDriver;
	connection: Connection;
	startBy: number; // every call up to the decisive one
	endBy: number; // those after it
}

/** The walk as it goes: also of use when it ends halfway. */
export interface Walk {
	call: Attempt["call"];
	attempts: Attempt[];
	decided: boolean; // the decisive call was made: from here on the ERP may have the document
	how: NoAnswer | "ANSWERED"; // how the last call ended
}

export const newWalk = (call: Attempt["call"]): Walk => ({ call, attempts: [], decided: false, how: "ANSWERED" });

/** The walk ended before the dialect could say what came of it. The message is the reason: the ERP's words, or ours. */
export class Stopped extends Error {}

/** @throws Stopped, INVALID or EGRESS_REFUSED for what cannot be sent; an error of any other kind is one of the dialect's code */
export async function walk<T>(errand: Errand, walk: Walk, steps: ErpSteps<T>): Promise<T> {
	return reading(walk, async () => {
		let next = steps.next();
		while (!next.done) next = steps.next(await take(errand, walk, next.value));
		return next.value;
	});
}

/** An answer that says that the session is gone is no answer: it is asked for once more. */
async function take<T>(errand: Errand, walk: Walk, step: ErpStep<T>): Promise<T> {
	const { driver, connection } = errand;
	const decidedBefore = walk.decided;
	for (let tries = 0; tries < 2; tries += 1) {
		const session = driver.session ? await sessionOf(connection, () => signIn(errand, walk)) : "";
		const answer = await call(errand, walk, step, session);
		if (!driver.session?.isLost(answer)) return step.read(answer, connection);
		walk.decided = decidedBefore;
		note(walk, "SESSION_LOST");
		await forgetSession(connection, session);
	}
	throw new Stopped("SESSION_LOST");
}

/** Others may wait for the same sign-in: what they hear of a failure is the reason. */
function signIn(errand: Errand, walk: Walk): Promise<string> {
	const { driver, connection } = errand;
	return reading(walk, async () => {
		const { signIn: step } = driver.session as NonNullable<ErpDriver["session"]>;
		return step.read(await call(errand, walk, step, ""), connection);
	});
}

/** Adds its attempt to the walk. */
async function call(errand: Errand, walk: Walk, step: ErpStep<unknown>, session: string): Promise<ErpAnswer> {
	const at = new Date();
	const request = step.request(errand.connection, at, session);
	const lateAt = walk.decided && !step.decisive ? errand.endBy : errand.startBy;
	if (performance.now() > lateAt) throw new Stopped("TOO_LATE");
	const decidedBefore = walk.decided;
	if (step.decisive) walk.decided = true;
	const answer = await exchange(request);
	const { status, body } = typeof answer === "string" ? { status: 0, body: "" } : answer;
	const trouble = troubleOf(answer);
	walk.how = waitedFor(answer);
	walk.attempts.push({
		at,
		call: walk.call,
		step: step.name,
		outcome: trouble ? "NO_ANSWER" : "ANSWERED",
		status,
		reason: trouble,
		ms: Date.now() - at.getTime(),
		bytes: Buffer.byteLength(body),
	});
	if (answer === "EGRESS_REFUSED") {
		walk.decided = decidedBefore;
		throw hubError("EGRESS_REFUSED", new URL(request.url).host);
	}
	if (typeof answer === "string" || trouble) throw new Stopped(trouble);
	return answer;
}

/** What came of the last call, in its attempt. */
export function note({ attempts }: Walk, outcome: string, reason = ""): void {
	const last = attempts.at(-1);
	if (last) Object.assign(last, { outcome, reason });
}

/** An answer that cannot be read, or that refuses what had to come before, stops the walk. */
async function reading<T>(walk: Walk, work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (err) {
		const type = typeOf(err);
		const words = type ? (err as Error).message.slice(errorTypes[type].en.length).replace(/^: /, "") : "";
		const status = `HTTP ${walk.attempts.at(-1)?.status ?? 0}`;
		if (type === "ERP_REFUSED") throw new Stopped(words || status, { cause: err });
		if (type !== "ERP_UNREADABLE") throw err;
		throw new Stopped([`${status}, ANSWER_UNREADABLE`, words].filter(Boolean).join(": "), { cause: err });
	}
}

/** "" for an answer that a driver can read. A server that failed may have done its work before. */
function troubleOf(answer: ErpAnswer | NoAnswer): string {
	if (typeof answer === "string") return answer;
	return answer.status >= 500 ? `HTTP ${answer.status}` : "";
}

/** A proxy that answers for an ERP which did not is a time-out too: the ERP may still be at it. */
function waitedFor(answer: ErpAnswer | NoAnswer): NoAnswer | "ANSWERED" {
	if (typeof answer === "string") return answer;
	return answer.status === 504 || answer.status === 408 ? "TIMEOUT" : "ANSWERED";
}
