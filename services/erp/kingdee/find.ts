/** Looking for a bill by our number. */
import type { Found } from "../driver.ts";
import { ask, type ErpSteps } from "../steps.ts";
import { type Cell, textOf } from "./answers.ts";
import type { BillForm } from "./bill.ts";
import { query, quoted } from "./web-api.ts";

export interface Bill {
	id: number;
	billNo: string;
	/** Z kept for later · A made · B being approved · C audited · D to be audited anew. */
	status: string;
	cancelled: boolean; // 作废
	more: Cell[]; // the further fields asked for
}

const atMost = 20; // bills of one number; more than one only where the ERP gives its own bill numbers

/** The bills of our number, the oldest first. `more`: further fields of the head. */
export function* billsOf(form: BillForm, number: string, more: readonly string[] = []): ErpSteps<Bill[]> {
	const rows = yield* ask(
		query({
			formId: form.formId,
			fields: ["FID", "FBillNo", "FDocumentStatus", "FCancelStatus", ...more],
			filter: `${form.numberField}=${quoted(number)}`,
			order: "FID ASC",
			limit: atMost,
		}),
	);
	return rows.map(([id, billNo, status, cancel, ...rest]) => ({
		id: Number(id),
		billNo: textOf(billNo),
		status: textOf(status),
		cancelled: cancel === "B",
		more: rest,
	}));
}

/** Stored, but the ERP did not go on with it: nobody works on a bill in this state. */
export const isDraft = (status: string): boolean => ["Z", "A", "D"].includes(status);

export const found = (bill: Bill | undefined): Found =>
	bill ? { state: "FOUND", docNo: bill.billNo } : { state: "NOT_FOUND" };
