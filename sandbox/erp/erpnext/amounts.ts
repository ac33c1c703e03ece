/** Totals as ERPNext computes them: rates have two decimals, whatever was sent. Source: taxes_and_totals.py. */
import type { DocumentLine } from "../document.ts";
import { invalid, mandatory } from "./frappe.ts";

export type Fields = Readonly<Record<string, unknown>>;

/** Taken for a rate of nothing that is not said to be meant: every item has this price in the price list. */
const listPriceFen = 9_900;

export interface Totals {
	lines: DocumentLine[];
	freightFen: number;
	totalFen: number;
}

/** `sign` -1: of a return, whose quantities are negative; amounts are told without their sign. @throws FrappeException */
export function totalsOf(doctype: string, document: Fields, sign: 1 | -1, neededInItems: readonly string[]): Totals {
	const items = rowsIn(document.items);
	if (!items.length) throw mandatory(doctype, "items");
	const lines = new Map<string, DocumentLine>();
	for (const [at, item] of items.entries()) {
		for (const name of neededInItems) text(item, name, `${doctype} Item`);
		const quantity = number(item, "qty", at) * sign;
		if (!(quantity > 0)) throw invalid(`Row #${at + 1}: Item ${item.item_code} has a quantity of the wrong sign`);
		const sku = text(item, "item_code", `${doctype} Item`);
		// Rows of one line of ours, where its price does not divide, are one line.
		const key = JSON.stringify([sku, item.custom_line_id ?? at]);
		const line = lines.get(key) ?? { sku, quantity: 0, totalFen: 0 };
		lines.set(key, { sku, quantity: line.quantity + quantity, totalFen: line.totalFen + rateFen(item, at) * quantity });
	}
	const freightFen = rowsIn(document.taxes).reduce((sum, tax, at) => sum + taxFen(doctype, tax, at) * sign, 0);
	const found = [...lines.values()];
	return { lines: found, freightFen, totalFen: found.reduce((sum, { totalFen }) => sum + totalFen, freightFen) };
}

function rateFen(item: Fields, at: number): number {
	if (Number(item.discount_percentage ?? 0) === 100) return 0;
	return Math.round(number(item, "rate", at) * 100) || listPriceFen;
}

function taxFen(doctype: string, tax: Fields, at: number): number {
	if (tax.charge_type !== "Actual") throw invalid(`Row #${at + 1}: this sandbox knows charges of the type Actual only`);
	for (const name of ["account_head", "description"]) text(tax, name, `${doctype} Taxes and Charges`);
	return Math.round(number(tax, "tax_amount", at) * 100);
}

/** @throws FrappeException */
export function text(fields: Fields, name: string, doctype: string): string {
	const value = fields[name];
	if (value === undefined || value === null || value === "") throw mandatory(doctype, name);
	return String(value);
}

function number(fields: Fields, name: string, at: number): number {
	const value = Number(fields[name]);
	if (fields[name] === undefined || fields[name] === "" || !Number.isFinite(value)) {
		throw invalid(`Row #${at + 1}: ${name} must be a number`);
	}
	return value;
}

export const rowsIn = (table: unknown): Fields[] =>
	Array.isArray(table) ? table.map((row) => Object(row) as Fields) : [];
