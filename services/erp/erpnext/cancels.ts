import type { Found, KindDriver, Outcome } from "../driver.ts";
import { ask, type ErpSteps } from "../steps.ts";
import { refused } from "./answer.ts";
import { cancelBooking, cancelForm } from "./form.ts";
import { numberOf, ordersOf, standing, withdraw } from "./sales-orders.ts";

/**
 * A cancel: every Sales Order of the number that stands, for there may be several. Refused by ERPNext for one that has a
 * submitted Delivery Note. The document is `{po_no}`.
 */
export const cancel: KindDriver = {
	numberOf,
	missing: ({ po_no: number }) => (number ? [] : ["po_no"]),
	form: () => cancelForm,
	booking: cancelBooking,
	send,
	find,
};

function* send(document: Record<string, unknown>): ErpSteps<Outcome> {
	const number = numberOf(document);
	const orders = yield* ask(ordersOf(number));
	const last = orders.at(-1);
	if (!last) return { state: "REJECTED", reason: `no Sales Order of ${number}` };
	for (const [at, each] of standing(orders).entries()) {
		const done = yield* ask(withdraw(each, { decisive: at === 0 }));
		if ("refusal" in done) return refused(done);
	}
	return { state: "OK", docNo: last.name };
}

function* find(number: string): ErpSteps<Found> {
	const orders = yield* ask(ordersOf(number));
	const last = orders.at(-1);
	const cancelled = last && !standing(orders).length;
	return cancelled ? { state: "FOUND", docNo: last.name } : { state: "NOT_FOUND" };
}
