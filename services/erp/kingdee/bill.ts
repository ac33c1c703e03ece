/** Bills as the mapping makes them: the `data` of a Save, { Model: {…}, further options }. */
import { hubError } from "../../../config/errors.ts";
import { helpers } from "../../../config/mappings/helpers.ts";
import { asRecord, listOf } from "./answers.ts";
import type { FormId } from "./web-api.ts";

export type Document = Record<string, unknown>;

export interface BillForm {
	formId: FormId;
	numberField: string; // of the head: carries our number
	entry: string; // the list of lines
	quantity: string;
	neededInHead: readonly string[];
	neededInLine: readonly string[];
}

export const saleOrder: BillForm = {
	formId: "SAL_SaleOrder",
	numberField: "FNetOrderBillNo",
	entry: "FSaleOrderEntry",
	quantity: "FQty",
	neededInHead: ["FBillTypeID", "FNetOrderBillNo", "FDate", "FSaleOrgId", "FCustId", "FSalerId"],
	neededInLine: ["FMaterialId", "FUnitID", "FQty", "FTaxPrice", "FSettleOrgIds"],
};

/** What an order's change must carry: its head stays as it is but for the fields that are sent. */
export const saleOrderChange: BillForm = { ...saleOrder, neededInHead: ["FNetOrderBillNo"] };

export const returnStock: BillForm = {
	formId: "SAL_RETURNSTOCK",
	numberField: "FBillNo", // this form has no field for a number of ours; its own takes it
	entry: "FEntity",
	quantity: "FRealQty",
	neededInHead: ["FBillTypeID", "FBillNo", "FDate", "FSaleOrgId", "FStockOrgId", "FRetcustId"],
	neededInLine: ["FMaterialId", "FUnitID", "FRealQty", "FTaxPrice", "FReturnType"],
};

export const headOf = (document: Document): Record<string, unknown> => asRecord(document.Model);

export const linesOf = ({ entry }: BillForm, document: Document): Record<string, unknown>[] =>
	listOf(headOf(document)[entry]).map(asRecord);

export function numberIn(container: Record<string, unknown>, field: string): string {
	const number = container[field];
	if (typeof number !== "string" || !number) throw hubError("INVALID", `${field} missing`, { fields: [field] });
	return number;
}

/** Paths of what is absent or empty: "FCustId", "FSaleOrderEntry[0].FMaterialId" … */
export function missingIn(form: BillForm, document: Document): string[] {
	const lines = linesOf(form, document);
	return [
		...form.neededInHead.filter((name) => isEmpty(headOf(document)[name])),
		...(lines.length ? [] : [form.entry]),
		...lines.flatMap((line, index) =>
			form.neededInLine.filter((name) => isEmpty(line[name])).map((name) => `${form.entry}[${index}].${name}`),
		),
	];
}

/** A reference to base data, {FNumber: "…"}, is empty when its number is. */
function isEmpty(value: unknown): boolean {
	if (typeof value !== "object" || value === null) return value === undefined || value === null || value === "";
	return !Object.values(value).some((each) => each !== "" && each !== null && each !== undefined);
}

/** The fen that the ERP must come to: every line's price × quantity less its discount, rounded half up; nothing for what is free. */
export function totalFen(form: BillForm, document: Document): number {
	return linesOf(form, document).reduce((sum, line) => {
		if (String(line.FIsFree) === "true") return sum;
		const exact = helpers.halfUp(Number(line.FTaxPrice) * Number(line[form.quantity]), 6) ?? 0; // no price has more
		return sum + fenOf(exact) - fenOf(Number(line.FDiscount ?? 0));
	}, 0);
}

/** Yuan as a number -> fen, half up. */
export const fenOf = (yuan: number): number => Math.round((helpers.halfUp(yuan, 2) ?? 0) * 100);
