import { beijing } from "../../beijing.ts";
import { yuan } from "../../money.ts";
import type { ErpDocument, NewDocument } from "../document.ts";
import type { Documents } from "../documents.ts";
import { type Fields, text, totalsOf } from "./amounts.ts";
import { FrappeException, invalid } from "./frappe.ts";
import type { Filter, Row } from "./list.ts";

export const dialect = "erpnext";
const doctype = "Sales Order";
const neededFields = `naming_series customer order_type company transaction_date delivery_date currency conversion_rate
	selling_price_list po_no`.split(/\s+/);
const neededInItems = ["item_code", "qty", "rate", "delivery_date", "warehouse", "uom"];
const dateFields = ["transaction_date", "delivery_date"];

export const salesOrderColumns =
	"name docstatus po_no grand_total custom_hub_version custom_hub_replaced_by amended_from creation modified".split(
		" ",
	);

/** One Sales Order. Those of one `po_no` are kept with the record of that key. */
interface SalesOrder {
	name: string;
	docstatus: 1 | 2;
	totalFen: number;
	version: string;
	replacedBy: string;
	amendedFrom: string;
	createdMs: number;
	modifiedMs: number;
}

/** The Sales Orders of the ERP, submitted as they come in: `po_no` is not unique. */
export class SalesOrders {
	readonly #documents: Documents;

	constructor(documents: Documents) {
		this.#documents = documents;
	}

	/** @throws FrappeException */
	create(body: Fields, nowMs: number): { row: Row; warnings: string[] } {
		const fresh = readOrder(body);
		const totalFen = fresh.lines.reduce((sum, line) => sum + line.totalFen, fresh.freightFen);
		const amendedFrom = String(body.amended_from ?? "");
		const known = this.#documents.find(dialect, fresh.key);
		const others = known ? ordersOf(known).filter(({ docstatus }) => docstatus === 1) : [];
		const [record, name] = amendedFrom ? this.#amend(amendedFrom, fresh, nowMs) : this.#take(fresh, totalFen, nowMs);
		const order: SalesOrder = {
			...{ name, docstatus: 1, totalFen, amendedFrom, createdMs: nowMs, modifiedMs: nowMs },
			version: String(body.custom_hub_version ?? ""),
			replacedBy: "",
		};
		this.#keep(record, [...ordersOf(record), order]);
		const warnings = others.map(
			(other) => `Warning: Sales Order ${other.name} already exists against Customer's Purchase Order ${fresh.key}`,
		);
		return { row: rowOf(record, order), warnings };
	}

	/** Only cancelling is known. @throws FrappeException */
	update(name: string, { docstatus, custom_hub_replaced_by: replacedBy = "" }: Fields, nowMs: number): Row {
		const { record, order } = this.#find(name);
		if (order.docstatus === 2) throw invalid("Cannot edit cancelled document");
		if (docstatus !== 2)
			throw new FrappeException(417, "UpdateAfterSubmitError", "Not allowed to change after submission");
		if (record.shipping.state !== "waiting") throw linked(name, record);
		const cancelled: SalesOrder = { ...order, docstatus: 2, replacedBy: String(replacedBy), modifiedMs: nowMs };
		const orders = ordersOf(record).map((each) => (each === order ? cancelled : each));
		if (orders.every((each) => each.docstatus === 2)) this.#cancel(record, cancelled);
		this.#keep(record, orders);
		return rowOf(record, cancelled);
	}

	/** The rows that a filter on names or numbers leaves, else all. */
	rows(filters: readonly Filter[]): Row[] {
		return this.#candidates(filters).flatMap((record) => ordersOf(record).map((order) => rowOf(record, order)));
	}

	#take(fresh: NewDocument, totalFen: number, nowMs: number): [ErpDocument, string] {
		const { document, docNo } = this.#documents.take(dialect, fresh, nowMs);
		if (document.cancelled) {
			Object.assign(document, { lines: fresh.lines, freightFen: fresh.freightFen, totalFen });
			this.#documents.reopen(document);
		}
		return [document, docNo];
	}

	#amend(from: string, fresh: NewDocument, nowMs: number): [ErpDocument, string] {
		const { record, order } = this.#find(from);
		if (order.docstatus !== 2) throw invalid(`${from} must be cancelled before it is amended`);
		const name = amendedName(order);
		if (ordersOf(record).some((each) => each.name === name)) {
			throw new FrappeException(409, "DuplicateEntryError", `Sales Order ${name} already exists`);
		}
		this.#documents.reopen(record);
		this.#documents.change(record, fresh, nowMs);
		return [record, name];
	}

	/** One that gives way to its amendment is no order cancelled, but nobody delivers it meanwhile. */
	#cancel(record: ErpDocument, { name, replacedBy }: SalesOrder): void {
		if (replacedBy) {
			record.cancelled = true;
			return;
		}
		const outcome = this.#documents.cancel(record);
		if (outcome === "refused")
			throw new FrappeException(417, "LinkExistsError", wordsOfLink(name, "Pick List", "STO-PICK"));
	}

	#find(name: string): { record: ErpDocument; order: SalesOrder } {
		const record = recordNamed(this.#documents, name);
		const order = record && ordersOf(record).find((each) => each.name === name);
		if (!record || !order) throw new FrappeException(404, "DoesNotExistError", `Sales Order ${name} not found`);
		return { record, order };
	}

	#keep(record: ErpDocument, orders: SalesOrder[]): void {
		record.own = { orders };
		this.#documents.changed(record);
	}

	#candidates(filters: readonly Filter[]): ErpDocument[] {
		const exact = filters.find(({ field, operator }) => field === "po_no" && operator === "=");
		if (exact) return [this.#documents.find(dialect, String(exact.value))].filter((found) => found !== undefined);
		const named = filters.find(({ field, operator }) => field === "name" && operator === "in");
		return named ? recordsNamed(this.#documents, named.value) : allOrders(this.#documents);
	}
}

function readOrder(body: Fields): NewDocument {
	for (const name of neededFields) text(body, name, doctype);
	for (const name of dateFields) {
		if (!/^\d{4}-\d\d-\d\d$/.test(String(body[name]))) throw invalid(`${name} must be a date`);
	}
	if (body.docstatus !== 1) throw invalid("This sandbox takes submitted documents only");
	const { lines, freightFen } = totalsOf(doctype, body, 1, neededInItems);
	const key = String(body.po_no);
	return {
		...{ key, lines, freightFen, wishedCarrier: "" },
		orderNo: String(body.custom_hub_order_no ?? key),
		hubOrderId: String(body.custom_hub_order_id ?? ""),
	};
}

/** Those of a record, oldest first. */
export const ordersOf = ({ own }: ErpDocument): SalesOrder[] =>
	(own as { orders?: SalesOrder[] } | undefined)?.orders ?? [];

/** Names carry the number of their record: "ERPNEXT-00000012-1", amended "ERPNEXT-00000012-1-1", "MAT-DN-00000012". */
export function recordNamed(documents: Documents, name: string): ErpDocument | undefined {
	const sequence = Number(/^[A-Z]+(?:-DN)?-(\d{8})/.exec(name)?.[1] ?? 0);
	const [record] = sequence ? documents.all.after(sequence - 1, 1) : [];
	return record?.dialect === dialect ? record : undefined;
}

export function recordsNamed(documents: Documents, names: unknown): ErpDocument[] {
	const found = (Array.isArray(names) ? names : []).map((name) => recordNamed(documents, String(name)));
	return [...new Set(found)].filter((record) => record !== undefined);
}

const allOrders = (documents: Documents): ErpDocument[] =>
	documents.all
		.after(0, Number.POSITIVE_INFINITY)
		.filter(({ dialect: of, kind }) => of === dialect && kind === "order");

function rowOf({ key }: ErpDocument, order: SalesOrder): Row {
	return {
		name: order.name,
		docstatus: order.docstatus,
		po_no: key,
		grand_total: Number(yuan(order.totalFen)),
		custom_hub_version: order.version,
		custom_hub_replaced_by: order.replacedBy,
		amended_from: order.amendedFrom,
		creation: stamp(order.createdMs),
		modified: stamp(order.modifiedMs),
	};
}

/** "2026-01-02 03:04:05.123000" */
export const stamp = (ms: number): string => `${beijing(ms)}.${String(ms % 1000).padStart(3, "0")}000`;

/** The first amendment of X is X-1, the next X-2. Source: frappe/model/naming.py. */
function amendedName({ name, amendedFrom }: SalesOrder): string {
	if (!amendedFrom) return `${name}-1`;
	const cut = name.lastIndexOf("-");
	return `${name.slice(0, cut)}-${Number(name.slice(cut + 1)) + 1}`;
}

export const deliveryName = ({ sequence }: ErpDocument): string => `MAT-DN-${String(sequence).padStart(8, "0")}`;

const linked = (name: string, record: ErpDocument): FrappeException =>
	new FrappeException(417, "LinkExistsError", wordsOfLink(name, "Delivery Note", deliveryName(record)));

const wordsOfLink = (name: string, other: string, otherName: string): string =>
	`Cannot delete or cancel because Sales Order <a href="/app/sales-order/${name}">${name}</a> is linked with ${other} ${otherName}`;
