import { hubError } from "../../../config/errors.ts";
import type { Found, KindDriver, Outcome } from "../driver.ts";
import { ask, type ErpStep, type ErpSteps } from "../steps.ts";
import { readRows, refused } from "./answer.ts";
import { booking, returnForm } from "./form.ts";
import { list } from "./request.ts";
import { missingInReturn } from "./required.ts";
import { ordersOf } from "./sales-orders.ts";
import { submit } from "./submit.ts";
import { fenOf, totalAgrees, totalDiffers } from "./totals.ts";

/**
 * An after-sale: goods that come back are a Delivery Note, money alone is a Sales Invoice, both with `is_return`. The
 * mapping says which, in `doctype`. Our number is in the custom field `custom_hub_no` of both; the order's is in `po_no`.
 */
export const aftersale: KindDriver = {
	numberOf,
	missing: missingInReturn,
	form: () => returnForm,
	booking: (document) => booking(document, "custom_hub_no", -1),
	send,
	find,
};

function numberOf({ custom_hub_no: number }: Record<string, unknown>): string {
	if (typeof number === "string" && number) return number;
	throw hubError("INVALID", "custom_hub_no missing", { fields: ["custom_hub_no"] });
}

/** Goods return against the Delivery Note that they left with, where there is just one: so they get their old value. */
function* send({ doctype, ...document }: Record<string, unknown>): ErpSteps<Outcome> {
	const isGoods = doctype === "Delivery Note";
	const [origin, another] = isGoods && document.po_no ? yield* deliveriesOf(String(document.po_no)) : [];
	const against = origin && !another ? { return_against: origin.name } : {};
	const said = yield* ask(submit(String(doctype), { ...document, ...against }, true));
	if ("refusal" in said) return refused(said);
	const { name, grand_total: total } = said.data;
	if (totalAgrees(document, fenOf(total))) return { state: "OK", docNo: name };
	return { state: "IN_DOUBT", reason: totalDiffers(name, document) };
}

/** The submitted Delivery Notes of an order. */
function* deliveriesOf(orderNumber: string): ErpSteps<Note[]> {
	const orders = yield* ask(ordersOf(orderNumber));
	if (!orders.length) return [];
	const names = orders.map(({ name }) => name);
	return yield* ask(
		notesOf("Delivery Note", [
			["Delivery Note Item", "against_sales_order", "in", names],
			["docstatus", "=", 1],
			["is_return", "=", 0],
		]),
	);
}

/**
 * One that was cancelled in ERPNext counts too: it did come in. One with another total than ours is for a person to
 * look at: to the warehouse the goods are back.
 */
function* find(number: string, { doctype, ...document }: Record<string, unknown>): ErpSteps<Found> {
	const [note] = yield* ask(notesOf(String(doctype), [["custom_hub_no", "=", number]]));
	if (!note) return { state: "NOT_FOUND" };
	if (totalAgrees(document, note.totalFen)) return { state: "FOUND", docNo: note.name };
	return { state: "UNKNOWN", reason: totalDiffers(note.name, document) };
}

interface Note {
	name: string;
	totalFen: number | null;
}

/** Oldest first, each once: a filter on a table finds a document as often as it has such rows. */
function notesOf(doctype: string, filters: readonly (readonly unknown[])[]): ErpStep<Note[]> {
	return {
		name: `GET ${doctype}`,
		decisive: false,
		request: (connection) =>
			list(connection, doctype, { filters, fields: ["name", "grand_total"], orderBy: "creation asc", limit: 100 }),
		read(answer) {
			const notes = readRows(answer, (row) => ({ name: String(row.name ?? ""), totalFen: fenOf(row.grand_total) }));
			return [...new Map(notes.map((note) => [note.name, note])).values()];
		},
	};
}
