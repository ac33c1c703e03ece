import type { Found, KindDriver, Outcome } from "../driver.ts";
import { ask, type ErpSteps } from "../steps.ts";
import { booking, salesOrderForm } from "./form.ts";
import { missingInOrder } from "./required.ts";
import { bringIn, numberOf, ordersOf, standing } from "./sales-orders.ts";
import { totalAgrees, totalDiffers } from "./totals.ts";

/** An order: a submitted Sales Order, our number in `po_no`. */
export const order: KindDriver = {
	numberOf,
	missing: missingInOrder,
	form: () => salesOrderForm,
	booking: (document) => booking(document, "po_no", 1),
	send,
	find,
};

function send(document: Record<string, unknown>): ErpSteps<Outcome> {
	return bringIn(document, { decisive: true });
}

/**
 * A cancelled one counts too: it did come in, and what became of it there is the ERP's own affair. One that came out
 * with another total does not: if it still stands, a person has to look.
 */
function* find(number: string, document: Record<string, unknown>): ErpSteps<Found> {
	const orders = yield* ask(ordersOf(number));
	const ours = orders.filter(({ totalFen }) => totalAgrees(document, totalFen));
	const found = standing(ours)[0] ?? ours[0];
	if (found) return { state: "FOUND", docNo: found.name };
	const [other] = standing(orders);
	if (!other) return { state: "NOT_FOUND" };
	return { state: "UNKNOWN", reason: totalDiffers(other.name, document) };
}
