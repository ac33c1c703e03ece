/**
 * Parcels, read back from submitted Delivery Notes, by the time of their last change: a waybill may be entered later.
 * One waybill a note, in the field that the setting `trackingField` names (`lr_no` when absent), the carrier in
 * `carrierField` (`transporter_name`). A note may serve several orders: it is then a parcel of each.
 * The ERPNext site's time zone must be Beijing's.
 */
import { fromBeijing, toBeijing } from "../../../config/beijing.ts";
import type { ErpParcel } from "../driver.ts";
import { ask, type ErpStep, type ErpSteps } from "../steps.ts";
import { readRows } from "./answer.ts";
import { list, type Query } from "./request.ts";

const pageSize = 100;
const mostPages = 4; // in one go, unless they do not get past where we were
/** Read again each time: stamped when its transaction began, seen when it ended. Repeats are harmless. */
const overlapMs = 5 * 60_000;

export function* parcels(since: Date): ErpSteps<{ parcels: ErpParcel[]; until: Date }> {
	const found: ErpParcel[] = [];
	const known = toBeijing(since);
	let from = toBeijing(new Date(since.getTime() - overlapMs));
	let skip = 0;
	let last = from;
	for (let count = 0; count < mostPages || last <= known; count += 1) {
		const notes = yield* ask(notesFrom(from, skip));
		found.push(...(yield* parcelsOf(notes)));
		last = notes.at(-1)?.modified ?? last;
		if (notes.length < pageSize) break;
		// On from the last stamp, not by counting: notes that change meanwhile move to the end.
		skip = last === from ? skip + pageSize : 0;
		from = last;
	}
	const until = fromBeijing(last.slice(0, 19)) ?? since; // without its microseconds
	return { parcels: found, until: until > since ? until : since };
}

interface Note {
	name: string;
	modified: string; // "2026-01-02 03:04:05.123456"
	trackingNo: string;
	carrier: string;
}

function notesFrom(from: string, skip: number): ErpStep<Note[]> {
	return {
		name: "GET Delivery Note",
		decisive: false,
		request(connection) {
			const { tracking, carrier } = fieldsOf(connection.settings);
			return list(connection, "Delivery Note", {
				filters: [
					["docstatus", "=", 1],
					["is_return", "=", 0],
					[tracking, "is", "set"],
					["modified", ">=", from],
				],
				fields: ["name", "modified", tracking, carrier],
				orderBy: "modified asc, name asc",
				limit: pageSize,
				start: skip,
			});
		},
		read(answer, { settings }) {
			const { tracking, carrier } = fieldsOf(settings);
			return readRows(answer, (row) => ({
				name: text(row.name),
				modified: text(row.modified),
				trackingNo: text(row[tracking]).trim(),
				carrier: text(row[carrier]).trim(),
			}));
		},
	};
}

const fieldsOf = ({ trackingField, carrierField }: Record<string, string>): { tracking: string; carrier: string } => ({
	tracking: trackingField || "lr_no",
	carrier: carrierField || "transporter_name",
});

function* parcelsOf(notes: readonly Note[]): ErpSteps<ErpParcel[]> {
	if (!notes.length) return [];
	const items = yield* ask(itemsOf(notes.map(({ name }) => name)));
	const orders = [...new Set(items.map(({ order }) => order))];
	if (!orders.length) return [];
	const numbers = new Map(yield* ask(numbersOf(orders)));
	return notes.flatMap(({ name, carrier, trackingNo }) => {
		const inside = items.filter(({ note }) => note === name);
		return [...Map.groupBy(inside, ({ order }) => numbers.get(order) ?? "")]
			.filter(([number]) => number)
			.map(([number, rows]) => ({ number, carrier, trackingNo, lines: linesOf(rows) }));
	});
}

interface Item {
	note: string;
	order: string; // the Sales Order's name
	sku: string;
	quantity: number;
}

/** Those that were delivered for a Sales Order; others are no orders of ours. */
function itemsOf(notes: readonly string[]): ErpStep<Item[]> {
	return question(
		"Delivery Note Item",
		{
			filters: [
				["parent", "in", notes],
				["against_sales_order", "is", "set"],
			],
			fields: ["parent", "against_sales_order", "item_code", "qty"],
			orderBy: "parent asc, idx asc",
			limit: 0, // all
			parent: "Delivery Note",
		},
		({ parent, against_sales_order: order, item_code: sku, qty }) => ({
			note: text(parent),
			order: text(order),
			sku: text(sku),
			quantity: Number(qty),
		}),
	);
}

/** Name of a Sales Order -> our number. */
function numbersOf(orders: readonly string[]): ErpStep<[string, string][]> {
	return question(
		"Sales Order",
		{ filters: [["name", "in", orders]], fields: ["name", "po_no"], orderBy: "name asc", limit: 0 },
		({ name, po_no: number }): [string, string] => [text(name), text(number)],
	);
}

/** One SKU may stand in several rows, where its price does not divide. */
function linesOf(items: readonly Item[]): ErpParcel["lines"] {
	return [...Map.groupBy(items, ({ sku }) => sku)].map(([sku, rows]) => ({
		sku,
		quantity: rows.reduce((sum, { quantity }) => sum + quantity, 0),
	}));
}

function question<T>(doctype: string, query: Query, rowOf: (row: Record<string, unknown>) => T): ErpStep<T[]> {
	return {
		name: `GET ${doctype}`,
		decisive: false,
		request: (connection) => list(connection, doctype, query),
		read: (answer) => readRows(answer, rowOf),
	};
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");
