/**
 * An order that is not to be delivered: its audit is taken back and the bill cancelled (作废), which keeps it for the books
 * and tells it from one that never was. Refused by the ERP once a delivery was made of it.
 */
import type { KindDriver } from "../driver.ts";
import { ask } from "../steps.ts";
import { outcomeOf } from "./answers.ts";
import { leftUnaudited, takeAuditBack } from "./audit.ts";
import { numberIn, saleOrder } from "./bill.ts";
import { billsOf, found } from "./find.ts";
import { cancelBooking, cancelForm } from "./form.ts";
import { cancelBills } from "./web-api.ts";

export const cancel: KindDriver = {
	numberOf: (document) => numberIn(document, saleOrder.numberField),
	missing: (document) => (document[saleOrder.numberField] ? [] : [saleOrder.numberField]),
	form: () => cancelForm,
	booking: cancelBooking,

	*send(document) {
		const number = numberIn(document, saleOrder.numberField);
		const bills = yield* billsOf(saleOrder, number);
		const [bill] = bills;
		if (!bill) return { state: "REJECTED", reason: `销售订单 ${number} 不存在` };
		const open = bills.filter(({ cancelled }) => !cancelled);
		const audited = open.filter(({ status }) => status === "C").map(({ id }) => id);
		const refused = yield* takeAuditBack(audited);
		if (refused) return refused;
		if (!open.length) return { state: "OK", docNo: bill.billNo };
		const ids = open.map(({ id }) => id);
		const outcome = outcomeOf(yield* ask(cancelBills(saleOrder.formId, ids)));
		return outcome.state === "OK" ? { state: "OK", docNo: bill.billNo } : leftUnaudited(outcome, audited);
	},

	*find(number) {
		const bills = yield* billsOf(saleOrder, number);
		return found(bills.every(({ cancelled }) => cancelled) ? bills[0] : undefined);
	},
};
