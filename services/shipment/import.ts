/** Tracking numbers from a table: CSV or Excel. A row that is wrong is told of and left out; the others are taken. */
import { hubError, ruleOf, typeOf } from "../../config/errors.ts";
import type { Page } from "../../mixins/paging.ts";
import type { Words } from "../../mixins/table/columns.ts";
import { type TableFile, tableOf } from "../../mixins/table/file.ts";
import type { Order } from "../order/order.ts";
import { pooled } from "../pull/pool.ts";
import { acceptParcels, checkParcels } from "./accept.ts";
import { type ImportRow, type RowError, readTable } from "./import-table.ts";
import type { GivenParcel } from "./parcel.ts";
import type { Hub } from "./ship.ts";
import type { ParcelLine } from "./shipment.model.ts";

const maxRows = 10_000;
const shownErrors = 1_000;
const mostParcels = 50; // of one order, as when they are told one order at a time
const numbersAtOnce = 100;
const ordersAtOnce = 8;

export interface ImportFile extends TableFile {
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
export async function importParcels(hub: Hub, { shopId, dryRun, ...file }: ImportFile, by: string): Promise<Imported> {
	const { total, rows, errors } = readTable(await tableOf(file, maxRows));
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
	const all = ({ en, zh }: Words): RowError[] =>
		rows.map(({ row }) => ({ row, field: "orderNo", message: en, messageZh: zh }));
	if (!order) return all({ en: "no such order", zh: "没有这个订单" });
	if (others.length) {
		const en = "several shops have an order of this number: say which shop";
		return all({ en, zh: "多个店铺有相同的订单号：请指定店铺" });
	}
	if (order.status === "WAIT_PAY") return all({ en: "the order is not paid", zh: "订单尚未付款" });
	if (order.status === "CLOSED") return all({ en: "the order is closed", zh: "订单已关闭" });

	const errors: RowError[] = [];
	const parcels: GivenParcel[] = [];
	const taken: ImportRow[] = [];
	const groups = [...Map.groupBy(rows, ({ trackingNo }) => trackingNo).values()];
	for (const { row } of groups.slice(mostParcels).flat()) {
		const words = { en: `an order has ${mostParcels} parcels at most`, zh: `一个订单最多 ${mostParcels} 个包裹` };
		errors.push({ row, field: "row", message: words.en, messageZh: words.zh });
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
	if (other) {
		const en = "the parcel has another carrier in an earlier row";
		throw wrongRow(other, "carrier", { en, zh: "同一运单号在前面的行里是另一家快递公司" });
	}
	if (!firstSku && rows.length === 1) return { carrier, trackingNo };
	const bare = rows.find(({ sku }) => !sku);
	if (bare) {
		const en = "the parcel is in several rows: each needs its SKU";
		throw wrongRow(bare, "sku", { en, zh: "同一运单号有多行：每行都要填商家编码" });
	}
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
	if (open || !wanted) {
		const words = { en: `the order has fewer pieces of ${row.sku}`, zh: `订单里 ${row.sku} 没有这么多件` };
		throw wrongRow(row, "quantity", words);
	}
	return inParcel;
}

/** The platform ships a combo as the line it is: what is in it has no line of its own. */
function unknownSku({ lines }: Order, sku: string): Words {
	const combo = lines.find(({ parts }) => parts.some(({ erpSku }) => erpSku === sku));
	if (!combo) return { en: `the order has no ${sku}`, zh: `订单里没有 ${sku}` };
	const whole = combo.outerSku || combo.platformSkuId;
	return { en: `${sku} is a part of ${whole}: give that SKU`, zh: `${sku} 是 ${whole} 的组成部分：请填 ${whole}` };
}

const wrongRow = ({ row }: ImportRow, field: RowError["field"], { en, zh }: Words): Error =>
	hubError("INVALID", en, { field, row, zh });

/** What went wrong with these rows, as far as it is their fault. */
async function problemsOf(work: () => Promise<unknown>, rows: readonly ImportRow[]): Promise<RowError[]> {
	try {
		await work();
		return [];
	} catch (err) {
		const type = typeOf(err);
		if (type !== "INVALID" && type !== "CARRIER_UNKNOWN" && type !== "CONFLICT") throw err;
		const { message, data } = err as { message: string; data?: { field?: string; row?: number; zh?: string } };
		const rule = ruleOf(err);
		const detail = message.replace(`${rule?.en}: `, "");
		const field = type === "CARRIER_UNKNOWN" ? "carrier" : fieldOf(data?.field);
		const text =
			type === "CARRIER_UNKNOWN"
				? { message: `${detail} is no carrier we know`, messageZh: `没有这家快递公司：${detail}` }
				: { message: detail, messageZh: data?.zh ?? `${rule?.zh}（${detail}）` };
		const wrong = data?.row === undefined ? rows : rows.filter(({ row }) => row === data.row);
		const others = rows.filter((row) => !wrong.includes(row));
		return [
			...wrong.map(({ row }): RowError => ({ row, field, ...text })),
			...others.map(
				({ row }): RowError => ({
					...{ row, field: "row", message: `row ${data?.row} of the parcel is wrong` },
					messageZh: `同一包裹的第 ${data?.row} 行有误`,
				}),
			),
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
