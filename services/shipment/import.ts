/** Tracking numbers from a table: CSV or Excel. A row that is wrong is told of and left out; the others are taken. */
import { hubError, ruleOf, typeOf } from "../../config/errors.ts";
import type { Page } from "../../mixins/paging.ts";
import type { Order } from "../order/order.ts";
import { pooled } from "../pull/pool.ts";
import { csvRows, textOf } from "../sku/csv.ts";
import { xlsxRows } from "../sku/xlsx.ts";
import { acceptParcels, checkParcels } from "./accept.ts";
import { type ImportRow, type RowError, readTable } from "./import-table.ts";
import type { GivenParcel } from "./parcel.ts";
import type { Hub } from "./ship.ts";
import type { ParcelLine } from "./shipment.model.ts";

const maxBytes = 5 * 1024 * 1024;
const maxRows = 10_000;
const shownErrors = 1_000;
const mostParcels = 50; // of one order, as when they are told one order at a time
const numbersAtOnce = 100;
const ordersAtOnce = 8;

export interface ImportFile {
	format: "csv" | "xlsx";
	content: string; // base64 of the file
	shopId?: string; // whose orders; needed where two shops have the same number
	dryRun: boolean; // only tell what it would do
}

export interface Imported {
	total: number; // rows below the heading that are not empty
	accepted: number; // rows whose parcel is taken, or was before
	failed: number; // rows with an error
	errors: RowError[]; // the first 1,000
}

/**
 * Safe to repeat: a parcel that is known is not taken twice.
 * @throws INVALID for a file that cannot be read, is too large or lacks a column
 */
export async function importParcels(
	hub: Hub,
	{ format, content, shopId, dryRun }: ImportFile,
	by: string,
): Promise<Imported> {
	const bytes = Buffer.from(content, "base64");
	if (bytes.length > maxBytes) throw hubError("INVALID", "the file is larger than 5 MB", { field: "content" });
	const table = format === "csv" ? csvRows(textOf(bytes), maxRows + 1) : await xlsxRows(bytes, maxRows + 1);
	const { total, rows, errors } = readTable(table);
	const byOrder = Map.groupBy(rows, ({ orderNo }) => orderNo);
	const orders = await findOrders(hub, [...byOrder.keys()], shopId);
	await pooled([...byOrder], ordersAtOnce, async ([orderNo, rowsOfOrder]) => {
		errors.push(...(await takeOrder(hub, orders.get(orderNo) ?? [], rowsOfOrder, dryRun ? null : by)));
		return true;
	});
	errors.sort((one, other) => one.row - other.row);
	const failed = new Set(errors.map(({ row }) => row)).size;
	return { total, accepted: total - failed, failed, errors: errors.slice(0, shownErrors) };
}

/** The orders in the caller's reach that have these numbers; of two shops, two may have the same. */
async function findOrders(hub: Hub, numbers: string[], shopId?: string): Promise<Map<string, Order[]>> {
	const found: Order[] = [];
	for (let start = 0; start < numbers.length; start += numbersAtOnce) {
		const q = numbers.slice(start, start + numbersAtOnce).join("\n");
		const query = { q, limit: 200, ...(shopId && { shopId }) };
		for (let cursor: string | null = ""; cursor !== null; ) {
			const page: Page<Order> = await hub.call<Page<Order>>("order.list", { ...query, ...(cursor && { cursor }) });
			found.push(...page.items);
			cursor = page.nextCursor;
		}
	}
	return Map.groupBy(found, ({ orderNo }) => orderNo);
}

/** Takes what the rows say of one order. `by` null: only looks. @returns what is wrong with rows */
async function takeOrder(
	hub: Hub,
	[order, ...others]: Order[],
	rows: ImportRow[],
	by: string | null,
): Promise<RowError[]> {
	const all = (message: string): RowError[] => rows.map(({ row }) => ({ row, field: "orderNo", message }));
	if (!order) return all("no such order");
	if (others.length) return all("several shops have an order of this number: say which shop");
	if (order.status === "WAIT_PAY" || order.status === "CLOSED") return all(`the order is ${order.status}`);

	const errors: RowError[] = [];
	const parcels: GivenParcel[] = [];
	const taken: ImportRow[] = [];
	const groups = [...Map.groupBy(rows, ({ trackingNo }) => trackingNo).values()];
	for (const { row } of groups.slice(mostParcels).flat()) {
		errors.push({ row, field: "row", message: `an order has ${mostParcels} parcels at most` });
	}
	for (const rowsOfParcel of groups.slice(0, mostParcels)) {
		const wrong = await problemsOf(async () => {
			const parcel = parcelOf(order, rowsOfParcel);
			await checkParcels(order, [...parcels, parcel]);
			parcels.push(parcel);
			taken.push(...rowsOfParcel);
		}, rowsOfParcel);
		errors.push(...wrong);
	}
	if (by === null || !parcels.length) return errors;
	// It may have changed since it was checked.
	return [...errors, ...(await problemsOf(() => acceptParcels(hub, order, parcels, by), taken))];
}

/** The rows of one tracking number. @throws INVALID naming the column and, where it is one of several, the row */
function parcelOf(order: Order, rows: readonly ImportRow[]): GivenParcel {
	const [{ carrier, trackingNo, sku: firstSku }] = rows as readonly [ImportRow, ...ImportRow[]];
	const other = rows.find((each) => each.carrier !== carrier);
	if (other) throw wrongRow(other, "carrier", "the parcel has another carrier in an earlier row");
	if (!firstSku && rows.length === 1) return { carrier, trackingNo };
	const bare = rows.find(({ sku }) => !sku);
	if (bare) throw wrongRow(bare, "sku", "the parcel is in several rows: each needs its SKU");
	const left = new Map(order.lines.map(({ lineId, quantity }) => [lineId, quantity]));
	return { carrier, trackingNo, lines: rows.flatMap((row) => linesOf(order, row, left)) };
}

/** The SKU's lines, as many pieces of them as the row says. `left`: what no earlier row of the parcel has taken. */
function linesOf(order: Order, row: ImportRow, left: Map<string, number>): ParcelLine[] {
	const lines = order.lines.filter((line) => [line.outerSku, line.platformSkuId, line.erpSku].includes(row.sku));
	if (!lines.length) throw wrongRow(row, "sku", unknownSku(order, row.sku));
	let open = row.quantity ?? lines.reduce((sum, { lineId }) => sum + (left.get(lineId) ?? 0), 0);
	const wanted = open;
	const inParcel: ParcelLine[] = [];
	for (const { lineId } of lines) {
		const quantity = Math.min(open, left.get(lineId) ?? 0);
		if (!quantity) continue;
		inParcel.push({ lineId, quantity });
		left.set(lineId, (left.get(lineId) ?? 0) - quantity);
		open -= quantity;
	}
	if (open || !wanted) throw wrongRow(row, "quantity", `the order has fewer pieces of ${row.sku}`);
	return inParcel;
}

/** The platform ships a combo as the line it is: what is in it has no line of its own. */
function unknownSku({ lines }: Order, sku: string): string {
	const combo = lines.find(({ parts }) => parts.some(({ erpSku }) => erpSku === sku));
	if (!combo) return `the order has no ${sku}`;
	return `${sku} is a part of ${combo.outerSku || combo.platformSkuId}: give that SKU`;
}

const wrongRow = ({ row }: ImportRow, field: RowError["field"], message: string): Error =>
	hubError("INVALID", message, { field, row });

/** What went wrong with these rows, as far as it is their fault. */
async function problemsOf(work: () => Promise<unknown>, rows: readonly ImportRow[]): Promise<RowError[]> {
	try {
		await work();
		return [];
	} catch (err) {
		const type = typeOf(err);
		if (type !== "INVALID" && type !== "CARRIER_UNKNOWN" && type !== "CONFLICT") throw err;
		const { message, data } = err as { message: string; data?: { field?: string; row?: number } };
		const detail = message.replace(`${ruleOf(err)?.en}: `, "");
		const field = type === "CARRIER_UNKNOWN" ? "carrier" : fieldOf(data?.field);
		const text = type === "CARRIER_UNKNOWN" ? `${detail} is no carrier we know` : detail;
		const wrong = data?.row === undefined ? rows : rows.filter(({ row }) => row === data.row);
		const others = rows.filter((row) => !wrong.includes(row));
		return [
			...wrong.map(({ row }): RowError => ({ row, field, message: text })),
			...others.map(({ row }): RowError => ({ row, field: "row", message: `row ${data?.row} of the parcel is wrong` })),
		];
	}
}

/** The column that a field of a parcel comes from. */
const columns: Readonly<Record<string, RowError["field"]>> = {
	carrier: "carrier",
	trackingNo: "trackingNo",
	lines: "sku",
	sku: "sku",
	quantity: "quantity",
};
const fieldOf = (field = ""): RowError["field"] =>
	(Object.hasOwn(columns, field) ? columns[field] : undefined) ?? "row";
