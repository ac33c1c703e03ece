/** Orders as SAL_SaleOrder, audited at once, so that the warehouse can go on with them. */
import type { Found, KindDriver, Outcome } from "../driver.ts";
import { ask, type ErpSteps } from "../steps.ts";
import { asRecord, outcomeOf, type Said } from "./answers.ts";
import { type Document, fenOf, headOf, missingIn, numberIn, saleOrder, totalFen } from "./bill.ts";
import { billsOf, found, isDraft } from "./find.ts";
import { billBooking, saleOrderForm } from "./form.ts";
import { save } from "./web-api.ts";

const total = "FBillAllAmount";

/** What a Save says beside the bill, where the mapping does not say otherwise. */
export const saveOptions = {
	IsVerifyBaseDataField: "true", // a SKU or customer that is not there is an error, not an empty field
	ValidateRepeatJson: "true",
	IsAutoSubmitAndAudit: "true",
};

export const order: KindDriver = {
	numberOf: (document) => numberIn(headOf(document), saleOrder.numberField),
	missing: (document) => missingIn(saleOrder, document),
	form: () => saleOrderForm,
	booking: (document) => billBooking(saleOrder, document),

	*send(document) {
		const data = { ...saveOptions, NeedReturnFields: [total], ...document };
		const said = yield* ask(save(saleOrder.formId, data));
		return withTotal(outcomeOf(said), totalSaid(said), document);
	},

	*find(number, document): ErpSteps<Found> {
		const bills = yield* billsOf(saleOrder, number, [total]);
		const bill = bills.find(({ cancelled }) => !cancelled) ?? bills[0];
		if (bill && !bill.cancelled && isDraft(bill.status) && wantsAudit(document)) {
			return { state: "UNKNOWN", reason: `销售订单 ${bill.billNo} 已保存，未审核 (${bill.status})` };
		}
		const wrong = bill && !bill.cancelled && wrongTotal(bill.more[0], document);
		return wrong ? { state: "UNKNOWN", reason: `${bill.billNo}: ${wrong}` } : found(bill);
	},
};

const wantsAudit = ({ IsAutoSubmitAndAudit: wanted = "true" }: Document): boolean => String(wanted) === "true";

/** Where the ERP came to another total, somebody has to look at the bill before it counts as done. */
function withTotal(outcome: Outcome, amount: unknown, document: Document): Outcome {
	const wrong = outcome.state === "OK" && wrongTotal(amount, document);
	return wrong ? { state: "IN_DOUBT", reason: `${outcome.docNo}: ${wrong}` } : outcome;
}

/** "" where the total is right, or not told. */
function wrongTotal(amount: unknown, document: Document): string {
	if (typeof amount !== "number") return "";
	const [is, ought] = [fenOf(amount), totalFen(saleOrder, document)];
	return is === ought ? "" : `价税合计 ${(is / 100).toFixed(2)}，应为 ${(ought / 100).toFixed(2)}`;
}

const totalSaid = ({ returned }: Said): unknown => returned?.[total] ?? asRecord(returned?.FSaleOrderFinance)[total];
