import type { Found, KindDriver, Outcome } from "../driver.ts";
import { ask, type ErpSteps } from "../steps.ts";
import { refused } from "./answer.ts";
import { booking, salesOrderForm } from "./form.ts";
import { missingInChange } from "./required.ts";
import { bringIn, numberOf, ordersOf, type SalesOrder, standing, withdraw } from "./sales-orders.ts";

/**
 * A change: ERPNext does not let a submitted order be edited, so it is cancelled and amended, which makes a new Sales
 * Order of the same number. Cancelling is the decisive step: from then on the old one is not delivered. It is marked
 * with the version that it gives way to, so that a change that stopped half-way is taken up again, while an order that
 * somebody cancelled in ERPNext stays cancelled.
 */
export const change: KindDriver = {
	numberOf,
	missing: missingInChange,
	form: () => salesOrderForm,
	booking: (document) => booking(document, "po_no", 1),
	send,
	find,
};

function* send(document: Record<string, unknown>): ErpSteps<Outcome> {
	const number = numberOf(document);
	const version = versionOf(document);
	const mark = { custom_hub_replaced_by: String(version) };

	const orders = yield* ask(ordersOf(number, true));
	const there = asNewAs(version, orders);
	if (there) return { state: "OK", docNo: there.name };
	const old = standing(orders);
	const last = orders.at(-1);
	if (!last) return { state: "REJECTED", reason: `no Sales Order of ${number}` };
	if (!old.length && !last.replacedBy) return { state: "REJECTED", reason: `${last.name} is cancelled` };

	for (const [at, each] of old.entries()) {
		const done = yield* ask(withdraw(each, { decisive: at === 0, mark }));
		if ("refusal" in done) return refused(done);
	}
	const amended = orders.findLast(({ docstatus }) => docstatus > 0);
	const fresh = { ...document, ...(amended ? { amended_from: amended.name } : {}) };
	const outcome = yield* bringIn(fresh, { decisive: !old.length, mark });
	return outcome.state === "REJECTED"
		? { ...outcome, reason: `${outcome.reason}; ${last.name} is cancelled` }
		: outcome;
}

function* find(number: string, document: Record<string, unknown>): ErpSteps<Found> {
	const there = asNewAs(versionOf(document), yield* ask(ordersOf(number, true)));
	return there ? { state: "FOUND", docNo: there.name } : { state: "NOT_FOUND" };
}

/** One that stands and was made of this version of the order or a later one. */
const asNewAs = (version: number, orders: readonly SalesOrder[]): SalesOrder | undefined =>
	standing(orders).find((each) => each.version >= version);

const versionOf = ({ custom_hub_version: version }: Record<string, unknown>): number => Number(version ?? 0);
