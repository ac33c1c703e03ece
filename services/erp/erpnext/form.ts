/** The fields of ERPNext's documents, of those the hub knows. Source: the doctypes; a field of the type Data holds 140. */
import { fenIn, productFen, sumOf } from "../amounts.ts";
import { all, type Form, under } from "../form.ts";
import { count, day, money, oneOf, percent, pieces, piecesBack, signedMoney, text, zeroOrOne } from "../format.ts";
import type { BookedLine, Booking } from "../judgement.ts";

type Document = Readonly<Record<string, unknown>>;

const data = text(140);
const words = text(2_000);

const head: Form = {
	...all("po_no naming_series customer company currency selling_price_list price_list_currency", data),
	...all("conversion_rate plc_conversion_rate", oneOf(1)),
	...all("ignore_pricing_rule disable_rounded_total", zeroOrOne),
	...under("taxes[]", { charge_type: oneOf("Actual"), account_head: data, description: data, tax_amount: signedMoney }),
};
const item: Form = {
	...all("item_code uom warehouse custom_line_id custom_combo_of", data),
	conversion_factor: count,
	rate: money,
	discount_percentage: percent,
};

export const salesOrderForm: Form = {
	...head,
	order_type: oneOf("Sales", "Maintenance", "Shopping Cart"),
	...all("transaction_date delivery_date", day),
	set_warehouse: data,
	...all("shipping_address custom_receiver_key custom_remark custom_flags", words),
	...all("custom_hub_order_id custom_hub_order_no", data),
	custom_hub_version: count,
	custom_hub_total: money,
	...under("items[]", { ...item, qty: pieces, delivery_date: day, is_free_item: zeroOrOne }),
};

export const cancelForm: Form = { po_no: data };

export const returnForm: Form = {
	...head,
	doctype: oneOf("Delivery Note", "Sales Invoice"),
	is_return: oneOf(1),
	...all("issue_credit_note update_stock", zeroOrOne),
	...all("custom_hub_no custom_hub_order_no", data),
	custom_reason: words,
	custom_hub_total: signedMoney,
	...under("items[]", { ...item, qty: piecesBack }),
};

const fields = {
	lines: "items",
	sku: "items[].item_code",
	quantity: "items[].qty",
	amount: "items[].rate",
	freight: "taxes[].tax_amount",
};

/** Rows of one line of ours, where its price does not divide, are one line. `sign` -1: of a return. */
export function booking(document: Document, numberField: string, sign: 1 | -1): Booking {
	const lines = new Map<string, BookedLine>();
	for (const [at, row] of rowsIn(document.items).entries()) {
		const quantity = Number(row.qty) * sign;
		const fen = Number(row.discount_percentage ?? 0) === 100 ? 0 : productFen(row.rate, quantity);
		const sku = String(row.item_code ?? "");
		const key = JSON.stringify([sku, row.custom_line_id ?? at]);
		const line = lines.get(key) ?? { sku, quantity: 0, fen: 0 };
		lines.set(key, { sku, quantity: line.quantity + quantity, fen: sumOf([line.fen, fen]) });
	}
	const freightFen = sumOf(rowsIn(document.taxes).map((tax) => fenIn(tax.tax_amount)));
	const totalFen = fenIn(document.custom_hub_total);
	const signed = (fen: number | null): number | null => (fen ? fen * sign : fen);
	return {
		number: String(document[numberField] ?? ""),
		order: sign < 0 ? { field: "po_no", number: String(document.po_no ?? "") } : null,
		lines: [...lines.values()],
		freightFen: signed(freightFen),
		totals:
			document.custom_hub_total === undefined ? [] : [{ field: "custom_hub_total", fen: signed(totalFen), is: "due" }],
		fields: { number: numberField, ...fields },
	};
}

export const cancelBooking = (document: Document): Booking => ({
	number: String(document.po_no ?? ""),
	order: null,
	lines: [],
	freightFen: null,
	totals: [],
	fields: { number: "po_no", lines: "", sku: "", quantity: "", amount: "", freight: "" },
});

const rowsIn = (table: unknown): Document[] =>
	Array.isArray(table) ? table.map((row) => Object(row) as Document) : [];
