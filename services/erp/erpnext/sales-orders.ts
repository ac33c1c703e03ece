/**
 * The Sales Orders of one of our numbers. `po_no` (the customer's order number) carries it and is not unique in ERPNext:
 * there may be several, cancelled ones and those they were amended to among them.
 */
import { hubError } from "../../../config/errors.ts";
import type { Outcome } from "../driver.ts";
import { ask, type ErpStep, type ErpSteps } from "../steps.ts";
import { readDocument, readRemoved, readRows, refused, type Said } from "./answer.ts";
import { list, remove, update } from "./request.ts";
import { submit } from "./submit.ts";
import { fenOf, totalAgrees, totalDiffers } from "./totals.ts";

const doctype = "Sales Order";

export interface SalesOrder {
	name: string;
	docstatus: number; // 0 draft, 1 submitted, 2 cancelled
	totalFen: number | null;
	version: number; // of our order, as the document was made; 0: the document does not tell
	replacedBy: number; // the version that it was cancelled for; 0: it was not cancelled to be replaced
}

const standardFields = ["name", "docstatus", "grand_total"];
/** Custom fields of the Sales Order; only changes need them. */
const changeFields = ["custom_hub_version", "custom_hub_replaced_by"];
const mostOfOneNumber = 100;

/** Oldest first. The step throws ERP_REFUSED, ERP_UNREADABLE. */
export function ordersOf(number: string, forChange = false): ErpStep<SalesOrder[]> {
	return {
		name: "GET Sales Order",
		decisive: false,
		request: (connection) =>
			list(connection, doctype, {
				filters: [["po_no", "=", number]],
				fields: forChange ? [...standardFields, ...changeFields] : standardFields,
				orderBy: "creation asc",
				limit: mostOfOneNumber,
			}),
		read: (answer) => readRows(answer, salesOrder),
	};
}

function salesOrder(row: Record<string, unknown>): SalesOrder {
	return {
		name: String(row.name ?? ""),
		docstatus: Number(row.docstatus ?? 0),
		totalFen: fenOf(row.grand_total),
		version: Number(row.custom_hub_version ?? 0),
		replacedBy: Number(row.custom_hub_replaced_by ?? 0),
	};
}

/** Neither cancelled nor amended. */
export const standing = (orders: readonly SalesOrder[]): SalesOrder[] =>
	orders.filter(({ docstatus }) => docstatus < 2);

/**
 * Takes one out of the way: a submitted one is cancelled, a draft is removed. ERPNext refuses what is delivered already.
 * `mark`: fields to leave on it.
 */
export function withdraw(
	{ name, docstatus }: SalesOrder,
	{ decisive, mark = {} }: { decisive: boolean; mark?: Record<string, unknown> },
): ErpStep<Said<unknown>> {
	const isDraft = docstatus === 0;
	return {
		name: isDraft ? "DELETE Sales Order" : "PUT Sales Order docstatus 2",
		decisive,
		request: (connection) =>
			isDraft ? remove(connection, doctype, name) : update(connection, doctype, name, { ...mark, docstatus: 2 }),
		read: isDraft ? readRemoved : readDocument,
	};
}

/**
 * Brings a Sales Order in, submitted. ERPNext computes amounts by itself: one that comes out otherwise than
 * `custom_hub_total` says is cancelled at once, `mark` left on it.
 */
export function* bringIn(
	document: Record<string, unknown>,
	{ decisive, mark }: { decisive: boolean; mark?: Record<string, unknown> },
): ErpSteps<Outcome> {
	const said = yield* ask(submit(doctype, document, decisive));
	if ("refusal" in said) return refused(said);
	const { name, grand_total: total } = said.data;
	if (totalAgrees(document, fenOf(total))) return { state: "OK", docNo: name };
	const undone = yield* ask(withdraw(salesOrder(said.data), { decisive: false, mark }));
	const reason = totalDiffers(name, document);
	if ("refusal" in undone) return { state: "IN_DOUBT", reason: `${reason}; ${undone.refusal}` };
	return { state: "REJECTED", reason: `${reason}; ${name} is cancelled` };
}

/** @throws INVALID */
export function numberOf({ po_no: number }: Record<string, unknown>): string {
	if (typeof number !== "string" || !number) throw hubError("INVALID", "po_no missing", { fields: ["po_no"] });
	return number;
}
