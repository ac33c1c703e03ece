/**
 * An order that the ERP has, as it is now: its audit is taken back, the bill is saved under its own id with all lines anew,
 * and audited again. An order that a delivery was made of cannot be changed any more: the ERP says so at the first of
 * these. One whose new lines are refused stays unaudited: nobody delivers the old ones meanwhile.
 */
import type { KindDriver } from "../driver.ts";
import { ask } from "../steps.ts";
import { type Cell, outcomeOf, textOf } from "./answers.ts";
import { leftUnaudited, takeAuditBack } from "./audit.ts";
import { type Document, headOf, linesOf, missingIn, numberIn, saleOrder, saleOrderChange } from "./bill.ts";
import { billsOf, isDraft } from "./find.ts";
import { billBooking, saleOrderForm } from "./form.ts";
import { saveOptions } from "./order.ts";
import { query, quoted, save } from "./web-api.ts";

/** Lines that are not sent are gone. What was changed and changed back is the same JSON again, and no repeat. */
const asWhole = { IsDeleteEntry: "true", ValidateRepeatJson: "false" };

export const change: KindDriver = {
	numberOf: (document) => numberIn(headOf(document), saleOrder.numberField),
	missing: (document) => missingIn(saleOrderChange, document),
	form: () => saleOrderForm,
	booking: (document) => billBooking(saleOrder, document),

	*send(document) {
		const number = numberIn(headOf(document), saleOrder.numberField);
		const bills = yield* billsOf(saleOrder, number);
		const bill = bills.find(({ cancelled }) => !cancelled);
		if (!bill)
			return { state: "REJECTED", reason: bills.length ? `销售订单 ${number} 已作废` : `销售订单 ${number} 不存在` };
		const audited = bill.status === "C" ? [bill.id] : [];
		const refused = yield* takeAuditBack(audited);
		if (refused) return refused;
		const data = { ...saveOptions, ...document, ...asWhole, Model: { ...headOf(document), FID: bill.id } };
		return leftUnaudited(outcomeOf(yield* ask(save(saleOrder.formId, data))), audited);
	},

	/** The change is there when the bill reads as it does, and is audited. */
	*find(number, document) {
		const heads = headFields.filter((name) => name in headOf(document));
		const rows = yield* ask(
			query({
				formId: saleOrder.formId,
				fields: ["FBillNo", "FDocumentStatus", ...heads, "FMaterialId.FNumber", "FQty", "FTaxPrice"],
				filter: `${saleOrder.numberField}=${quoted(number)} and FCancelStatus='A'`,
				limit: 2000,
			}),
		);
		const [first] = rows;
		const isThere = first && !isDraft(textOf(first[1])) && sameBill(rows, heads, document);
		return isThere ? { state: "FOUND", docNo: textOf(first[0]) } : { state: "NOT_FOUND" };
	},
};

const headFields = ["FLinkMan", "FLinkPhone", "FReceiveAddress", "FNote"];

function sameBill(rows: Cell[][], heads: readonly string[], document: Document): boolean {
	const head = headOf(document);
	const isHead = heads.every((name, index) => textOf(rows[0]?.[2 + index]) === textOf(head[name]));
	const there = rows
		.map((row) => row.slice(2 + heads.length))
		.map(([sku, quantity, price]) => key(sku, quantity, price));
	const wanted = linesOf(saleOrder, document).map((line) => {
		const { FNumber: sku } = Object(line.FMaterialId) as { FNumber?: unknown };
		return key(sku, line.FQty, line.FTaxPrice);
	});
	return isHead && there.sort().join() === wanted.sort().join();
}

const key = (sku: unknown, quantity: unknown, price: unknown): string =>
	`${textOf(sku)}|${Number(quantity)}|${Number(price)}`;
