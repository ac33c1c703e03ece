import type { Connection, ErpAnswer, ErpRequest } from "./driver.ts";

/** One call to an ERP: how it is asked and how its answer is read. Both are pure. */
export interface ErpStep<T> {
	name: string; // for the record of attempts: "Save", "ExecuteBillQuery"
	/** From this call on the ERP may have the document. What fails before it, was not sent. */
	decisive: boolean;
	/** `session`: what the sign-in gave; "" for dialects without one. @throws INVALID for what cannot be sent */
	request(connection: Connection, now: Date, session: string): ErpRequest;
	/**
	 * @throws ERP_UNREADABLE for an answer that is none of this ERP's (it is in doubt, or the question is open);
	 * ERP_REFUSED with the ERP's words for a refusal that says nothing of the document, as of a sign-in or a question
	 */
	read(answer: ErpAnswer, connection: Connection): T;
}

/** What it takes to get something done in an ERP: one call or several, each made from the answers before it. */
export type ErpSteps<T> = Generator<ErpStep<unknown>, T, unknown>;

/** One call among the steps: `const found = yield* ask({…})`. */
export function* ask<T>(step: ErpStep<T>): ErpSteps<T> {
	return (yield step) as T;
}
