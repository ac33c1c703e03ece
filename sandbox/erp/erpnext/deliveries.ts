/** Delivery Notes and credit notes: those of parcels that have left, and those of returns. */
import { beijingMs } from "../../beijing.ts";
import { yuan } from "../../money.ts";
import type { ErpDocument } from "../document.ts";
import type { Documents } from "../documents.ts";
import { type Fields, text, totalsOf } from "./amounts.ts";
import { FrappeException, invalid } from "./frappe.ts";
import { type Filter, matches, type Row } from "./list.ts";
import { deliveryName, dialect, ordersOf, recordNamed, recordsNamed, stamp } from "./sales-orders.ts";

export type ReturnDoctype = "Delivery Note" | "Sales Invoice";

export const noteColumns =
	"name docstatus is_return return_against po_no lr_no transporter_name custom_hub_no grand_total creation modified".split(
		" ",
	);
export const itemColumns = "parent idx item_code qty against_sales_order".split(" ");

const neededFields = "naming_series customer company currency conversion_rate custom_hub_no".split(" ");
const neededInItems: Readonly<Record<ReturnDoctype, readonly string[]>> = {
	"Delivery Note": ["item_code", "qty", "rate", "warehouse", "uom"],
	"Sales Invoice": ["item_code", "qty", "rate", "uom"],
};

/** What a return's record keeps besides. */
interface Return {
	doctype: ReturnDoctype;
	against: string;
}

export class Deliveries {
	readonly #documents: Documents;

	constructor(documents: Documents) {
		this.#documents = documents;
	}

	/** Takes a return, submitted. @throws FrappeException */
	create(doctype: ReturnDoctype, body: Fields, nowMs: number): Row {
		for (const name of neededFields) text(body, name, doctype);
		if (body.is_return !== 1 || body.docstatus !== 1) throw invalid("This sandbox takes submitted returns only");
		const { lines, freightFen } = totalsOf(doctype, body, -1, neededInItems[doctype]);
		const against = String(body.return_against ?? "");
		if (against) this.#checkReturned(against, lines);
		const fresh = {
			...{ key: String(body.custom_hub_no), lines, freightFen, wishedCarrier: "" },
			orderNo: String(body.custom_hub_order_no ?? body.po_no ?? ""),
			hubOrderId: "",
		};
		const { document, docNo } = this.#documents.take(dialect, { ...fresh, kind: "aftersale" }, nowMs);
		const own: Return = { doctype, against };
		document.own = own;
		this.#documents.changed(document);
		return returnRow(document, docNo);
	}

	rows(doctype: ReturnDoctype, filters: readonly Filter[]): Row[] {
		const returns = this.#returns(doctype, filters);
		return doctype === "Sales Invoice" ? returns : [...this.#shipped(filters).map(noteRow), ...returns];
	}

	/** Rows of the items of Delivery Notes that have left. */
	items(filters: readonly Filter[]): Row[] {
		const parent = filters.find(({ field, operator }) => field === "parent" && operator === "in");
		const records = parent ? recordsNamed(this.#documents, parent.value) : this.#shipped([]);
		return records.filter(({ shipping }) => shipping.state === "done").flatMap(itemRows);
	}

	/** Of all that has left, what filters of the callers we know leave. */
	#shipped(filters: readonly Filter[]): ErpDocument[] {
		const order = filters.find(({ child, field }) => child === "Delivery Note Item" && field === "against_sales_order");
		if (order) {
			return recordsNamed(this.#documents, order.value).filter(
				(record) =>
					record.shipping.state === "done" && itemRows(record).some((row) => matches(row[order.field], order)),
			);
		}
		if (filters.some(isReturnNumber)) return [];
		const since = filters.find(({ field, operator }) => field === "modified" && operator === ">=");
		const sinceMs = since ? beijingMs(String(since.value).slice(0, 19)) : null;
		return this.#documents.shipped(dialect, sinceMs ?? 0, Number.MAX_SAFE_INTEGER);
	}

	#returns(doctype: ReturnDoctype, filters: readonly Filter[]): Row[] {
		const exact = filters.find(isReturnNumber);
		const found = exact
			? [this.#documents.find(dialect, String(exact.value), "aftersale")]
			: this.#documents.all.after(0, Number.POSITIVE_INFINITY);
		return found
			.filter((each) => each?.dialect === dialect && each.kind === "aftersale" && returnIn(each).doctype === doctype)
			.flatMap((each) => (each ? each.docNos.map((docNo) => returnRow(each, docNo)) : []));
	}

	/** No more goes back than was delivered, over all returns against that note. @throws FrappeException */
	#checkReturned(against: string, lines: ErpDocument["lines"]): void {
		const origin = recordNamed(this.#documents, against);
		if (origin?.shipping.state !== "done" || deliveryName(origin) !== against) {
			throw new FrappeException(417, "LinkValidationError", `Could not find Return Against: ${against}`);
		}
		const before = this.#documents.all
			.after(0, Number.POSITIVE_INFINITY)
			.filter((each) => each.dialect === dialect && each.kind === "aftersale" && returnIn(each).against === against);
		const returned = [...before.flatMap((each) => each.docNos.flatMap(() => each.lines)), ...lines];
		for (const { sku } of lines) {
			const delivered = quantityOf(sku, origin.lines);
			if (delivered === 0) throw invalid(`Returned Item ${sku} does not exist in Delivery Note ${against}`);
			if (quantityOf(sku, returned) <= delivered) continue;
			throw new FrappeException(417, "StockOverReturnError", `Cannot return more than ${delivered} for Item ${sku}`);
		}
	}
}

/** Only returns have one. */
const isReturnNumber = ({ field, operator }: Filter): boolean => field === "custom_hub_no" && operator === "=";

const quantityOf = (sku: string, lines: ErpDocument["lines"]): number =>
	lines.reduce((sum, line) => (line.sku === sku ? sum + line.quantity : sum), 0);

const returnIn = ({ own }: ErpDocument): Return => own as Return;

function noteRow(record: ErpDocument): Row {
	const { carrier, trackingNo, shippedMs } = record.shipping;
	return {
		name: deliveryName(record),
		...{ docstatus: 1, is_return: 0, return_against: "", custom_hub_no: "" },
		po_no: record.key,
		lr_no: trackingNo,
		transporter_name: carrier,
		grand_total: Number(yuan(record.totalFen)),
		creation: stamp(shippedMs),
		modified: stamp(shippedMs),
	};
}

function returnRow(record: ErpDocument, name: string): Row {
	return {
		name,
		...{ docstatus: 1, is_return: 1, lr_no: "", transporter_name: "" },
		return_against: returnIn(record).against,
		po_no: record.orderNo,
		custom_hub_no: record.key,
		grand_total: Number(yuan(-record.totalFen)),
		creation: stamp(record.takenMs),
		modified: stamp(record.takenMs),
	};
}

/** The note is made of the Sales Order that stands. */
function itemRows(record: ErpDocument): Row[] {
	const order = ordersOf(record).findLast(({ docstatus }) => docstatus === 1);
	return record.lines.map(({ sku, quantity }, at) => ({
		...{ parent: deliveryName(record), idx: at + 1, item_code: sku, qty: quantity },
		against_sales_order: order?.name ?? "",
	}));
}
