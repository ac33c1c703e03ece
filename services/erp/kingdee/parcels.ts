/** Kingdee calls nobody: what it has sent is read from its deliveries, SAL_OUTSTOCK, whose FCarriageNO is the waybill. */
import { fromBeijing, toBeijing } from "../../../config/beijing.ts";
import { carrierCodes } from "../../../config/carriers.ts";
import type { ErpParcel } from "../driver.ts";
import { ask, type ErpSteps } from "../steps.ts";
import { type Cell, textOf, unreadable } from "./answers.ts";
import { saleOrder } from "./bill.ts";
import { query, quoted } from "./web-api.ts";

const fields = [
	"FID",
	"FModifyDate",
	"FCarriageNO",
	"FCarrierID.FNumber",
	"FCarrierID.FName",
	"FSoorDerno", // of the line: the sale order's bill number
	"FMaterialID.FNumber",
	"FRealQty",
] as const;
const atMost = 1_000; // lines
/** A delivery is seen when its transaction ends, which may be after a later one was. Repeats are harmless. */
const overlapMs = 60_000;

export function* parcels(since: Date): ErpSteps<{ parcels: ErpParcel[]; until: Date }> {
	const from = toBeijing(new Date(since.getTime() - overlapMs));
	const rows = yield* ask(
		query({
			formId: "SAL_OUTSTOCK",
			fields,
			// Audited, with a waybill; it may have got it after the audit, so the time of the last change counts. Freight is
			// a service: it is billed, and lies in no parcel.
			filter: `FDocumentStatus='C' and FCarriageNO<>' ' and FRowType<>'Service' and FModifyDate>=${quoted(from)}`,
			order: "FModifyDate ASC,FID ASC",
			limit: atMost,
		}),
	);
	const whole = rows.length < atMost ? rows : withoutLastBill(rows);
	const last = whole.at(-1);
	if (!last) return { parcels: [], until: since };
	const numbers = yield* ourNumbers([...new Set(whole.map((row) => textOf(row[5])).filter(Boolean))]);
	return { parcels: parcelsIn(whole, numbers), until: later(since, timeOf(last)) };
}

/** A full answer may end within a delivery, which is then left to the next time; unless it is the only one. */
function withoutLastBill(rows: Cell[][]): Cell[][] {
	const lastId = rows.at(-1)?.[0];
	const before = rows.filter(([id]) => id !== lastId);
	return before.length ? before : rows;
}

/** Bill number of a sale order -> our number. */
function* ourNumbers(billNos: readonly string[]): ErpSteps<ReadonlyMap<string, string>> {
	if (!billNos.length) return new Map();
	const rows = yield* ask(
		query({
			formId: saleOrder.formId,
			fields: ["FBillNo", saleOrder.numberField],
			filter: `FBillNo in (${billNos.map(quoted).join(",")})`,
			limit: billNos.length,
		}),
	);
	return new Map(rows.map(([billNo, number]) => [textOf(billNo), textOf(number)]));
}

/** A parcel for each waybill of each order; deliveries of orders that are not ours are left out. */
function parcelsIn(rows: Cell[][], numbers: ReadonlyMap<string, string>): ErpParcel[] {
	const byKey = new Map<string, ErpParcel>();
	for (const [, , waybill, carrierNo, carrierName, billNo, sku, quantity] of rows) {
		const number = numbers.get(textOf(billNo));
		if (!number) continue;
		const trackingNo = textOf(waybill);
		const carrier = isOurs(textOf(carrierNo)) ? textOf(carrierNo) : textOf(carrierName);
		const key = JSON.stringify([number, trackingNo]);
		const parcel = byKey.get(key) ?? { number, carrier, trackingNo, lines: [] };
		parcel.lines.push({ sku: textOf(sku), quantity: Number(quantity) });
		byKey.set(key, parcel);
	}
	return [...byKey.values()];
}

const isOurs = (code: string): boolean => carrierCodes.some((known) => known === code);

/** "2026-01-02T03:04:05.123", Beijing time */
function timeOf(row: Cell[]): Date {
	const at = fromBeijing(textOf(row[1]).slice(0, 19).replace("T", " "));
	if (!at) throw unreadable();
	return at;
}

const later = (a: Date, b: Date): Date => (a > b ? a : b);
