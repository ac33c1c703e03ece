/**
 * Parcels the ERP has sent, by the time they left: 旺店通 tells nobody by itself.
 * Source: 慧策开放平台 旗舰版, wms.stockout.Sales.queryWithDetail.
 */
import { toBeijing } from "../../../config/beijing.ts";
import { type CarrierCode, carrierCodes } from "../../../config/carriers.ts";
import type { ErpAnswer, ErpParcel } from "../driver.ts";
import { ask, type ErpStep, type ErpSteps } from "../steps.ts";
import { callRequest, readRecords, recordsOf, text, unreadable } from "./call.ts";

type Row = Record<string, unknown>;

const windowMs = 60 * 60_000; // the longest period the ERP takes
const mostWindows = 12; // in one go: its limit of calls a minute is for pushes too
const enoughParcels = 200;
const pageSize = 100;
/** Read again each time: stamped before it could be seen. Repeats are harmless. */
const overlapMs = 5 * 60_000;

export function* parcels(since: Date): ErpSteps<{ parcels: ErpParcel[]; until: Date }> {
	const found: ErpParcel[] = [];
	let from = since;
	for (let count = 0; count < mostWindows && found.length < enoughParcels; count += 1) {
		const first = yield* ask(page(from, 0));
		if (Number.isNaN(first.total)) throw unreadable("no total_count");
		const rows = [...first.rows];
		// From the last page back: what comes in meanwhile then moves nothing over a page's edge unread.
		for (let at = Math.ceil(first.total / pageSize) - 1; at > 0; at -= 1) {
			rows.push(...(yield* ask(page(from, at))).rows);
		}
		found.push(...rows.toSorted(byTime).flatMap(parcelsOf));
		const seenUntilMs = first.at.getTime() - overlapMs;
		const endMs = from.getTime() + windowMs;
		if (endMs > seenUntilMs) return { parcels: found, until: new Date(Math.max(from.getTime(), seenUntilMs)) };
		from = new Date(endMs);
	}
	return { parcels: found, until: from };
}

interface Page {
	rows: Row[];
	total: number;
	at: Date; // the ERP's clock
}

function page(from: Date, at: number): ErpStep<Page> {
	const method = "wms.stockout.Sales.queryWithDetail";
	const question = {
		start_time: toBeijing(from),
		end_time: toBeijing(new Date(from.getTime() + windowMs)),
		status_type: 0, // has left: 延时发货, 已完成; the times are those of leaving
	};
	const pager = { page: at, size: pageSize, total: at === 0 };
	return {
		name: method,
		decisive: false,
		request: (connection, now) => callRequest(connection, method, [question], now, pager),
		read: readPage,
	};
}

function readPage(answer: ErpAnswer): Page {
	const { records, total } = readRecords(answer);
	const at = new Date(answer.headers.date ?? "");
	if (Number.isNaN(at.getTime())) throw unreadable("no date");
	return { rows: records, total, at };
}

const byTime = (a: Row, b: Row): number => (text(a.consign_time) < text(b.consign_time) ? -1 : 1);

/**
 * A parcel for each order in it: 旺店通 can be told to merge orders of one buyer, though our pushes forbid it. Of several
 * parcels of one dispatch (`logistics_list`) only the first has a number here, as in 旺店通's own report to shops.
 */
function parcelsOf(row: Row): ErpParcel[] {
	const trackingNo = text(row.logistics_no);
	if (!trackingNo) return [];
	const details = recordsOf(row.details_list);
	const numbers = new Set(details.map(({ src_tid }) => text(src_tid)).filter(Boolean));
	if (numbers.size === 0 && row.src_trade_no) numbers.add(text(row.src_trade_no));
	return [...numbers].map((number) => ({
		number,
		carrier: carrierOf(row),
		trackingNo,
		lines: details
			.filter(({ src_tid }) => text(src_tid) === number)
			.map(({ spec_no, goods_count }) => ({ sku: text(spec_no), quantity: Number(goods_count) })),
	}));
}

/** Carriers have the codes and names their users gave them: a code of ours says more than a name. */
function carrierOf({ logistics_code, logistics_name }: Row): string {
	const code = text(logistics_code).toUpperCase();
	return carrierCodes.includes(code as CarrierCode) ? code : text(logistics_name);
}
