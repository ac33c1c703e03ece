import { hubError } from "../../config/errors.ts";
import { type Pending, pending } from "../../mixins/outbox.ts";
import { pooled } from "../pull/pool.ts";
import { type Stock, StockModel, type WarehouseStock } from "./stock.model.ts";

/** One row as an ERP tells it. */
export interface GivenStock {
	erpSku: string;
	warehouse: string;
	quantity: number;
	at?: Date; // left out: now
}

/** "stale": a newer number of this warehouse is stored · "refused": see `detail`. */
export interface SavedRow {
	erpSku: string;
	warehouse: string;
	result: "changed" | "unchanged" | "stale" | "refused";
	detail?: string;
}

interface Dated extends GivenStock {
	at: Date;
	row: number;
}

const atOnce = 16;
const tries = 20;
const mostWarehouses = 200;
/** An ERP's clock may go so much before ours; a number from further ahead would keep out all that follow. */
const aheadMs = 10 * 60_000;

/**
 * Stores what an ERP tells of its stock. Safe to repeat, in any order and from several processes: of one warehouse the
 * number of the latest `at` counts. @returns what became of each row, in their order
 */
export async function saveStock(given: readonly GivenStock[], now: Date, traceId: string): Promise<SavedRow[]> {
	const results = new Array<SavedRow>(given.length);
	const dated = given.map((item, row): Dated => ({ ...item, at: item.at ?? now, row }));
	const bySku = [...Map.groupBy(dated, ({ erpSku }) => erpSku)];
	await pooled(bySku, atOnce, async ([erpSku, rows]) => {
		const saved = await saveSku(erpSku, rows, now, traceId);
		for (const [at, { row }] of rows.entries()) results[row] = saved[at] as SavedRow;
		return true;
	});
	return results;
}

async function saveSku(erpSku: string, rows: readonly Dated[], now: Date, traceId: string): Promise<SavedRow[]> {
	for (let attempt = 0; attempt < tries; attempt += 1) {
		const stored = await StockModel.findById(erpSku, { outbox: 0 }).lean<Stock>();
		const { warehouses, results, isNew } = applied(stored?.warehouses ?? [], rows, now);
		if (!isNew) return results;
		if (await write(erpSku, stored, warehouses, traceId)) return results;
	}
	throw hubError("CONFLICT", "the stock is being written by many at once", { erpSku });
}

/** @returns false when somebody else has written meanwhile */
async function write(
	_id: string,
	stored: Stock | null,
	warehouses: WarehouseStock[],
	traceId: string,
): Promise<boolean> {
	const quantity = warehouses.reduce((sum, each) => sum + each.quantity, 0);
	const before = stored?.quantity ?? null;
	const version = (stored?.version ?? 0) + 1;
	const body = { erpSku: _id, quantity, before, version };
	const events: Pending[] =
		quantity === before ? [] : [pending("hub.stock.changed", body, traceId, `stock:${_id}:${version}`)];
	if (stored) {
		const { matchedCount } = await StockModel.updateOne(
			{ _id, version: stored.version },
			{ $set: { quantity, warehouses, version }, $push: { outbox: { $each: events } } },
		);
		return matchedCount > 0;
	}
	try {
		await StockModel.create({ _id, quantity, warehouses, version, outbox: events });
		return true;
	} catch (err) {
		if ((err as { code?: number }).code !== 11000) throw err;
		return false;
	}
}

/** The warehouses after the rows. `isNew`: there is something to store, were it only a later time. Pure. */
function applied(
	stored: readonly WarehouseStock[],
	rows: readonly Dated[],
	now: Date,
): { warehouses: WarehouseStock[]; results: SavedRow[]; isNew: boolean } {
	const warehouses = new Map(stored.map((each) => [each.warehouse, each]));
	let isNew = false;
	const results = rows.map(({ erpSku, warehouse, quantity, at }): SavedRow => {
		const row = { erpSku, warehouse };
		if (at.getTime() > now.getTime() + aheadMs) {
			return { ...row, result: "refused", detail: "`at` lies in the future" };
		}
		const known = warehouses.get(warehouse);
		if (!known && warehouses.size >= mostWarehouses) {
			return { ...row, result: "refused", detail: `a SKU is in ${mostWarehouses} warehouses at most` };
		}
		if (known && known.at > at) return { ...row, result: "stale" };
		const same = known?.quantity === quantity;
		isNew ||= !same || known.at < at;
		warehouses.set(warehouse, { warehouse, quantity, at });
		return { ...row, result: same ? "unchanged" : "changed" };
	});
	return { warehouses: [...warehouses.values()], results, isNew };
}
