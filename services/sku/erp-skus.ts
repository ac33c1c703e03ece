import { type Page, type PageQuery, pageByTime } from "../../mixins/paging.ts";
import { anyOf } from "../../mixins/terms.ts";
import { ErpSkuModel } from "./erp-sku.model.ts";
import type { ErpSku, ErpSkuStatus, ErpSkuTold } from "./erp-sku.ts";

export interface ErpSkuQuery extends PageQuery {
	status?: ErpSkuStatus;
	q?: string; // codes or barcodes, several at once
	like?: string; // a part of a code or a name
}

export function listErpSkus({ q, like, status, ...page }: ErpSkuQuery): Promise<Page<ErpSku>> {
	const conditions: object[] = [];
	if (status) conditions.push({ status });
	if (q) conditions.push(anyOf(q, ["_id", "barcode"]));
	const part = like && { $regex: like.trim().replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`), $options: "i" };
	if (part) conditions.push({ $or: [{ _id: part }, { name: part }] });
	return pageByTime<ErpSku>(ErpSkuModel, conditions, page, { by: "createdAt" });
}

let seen = false;

/**
 * Whether the hub knows the ERP's SKUs. Small sellers never tell it: then a merchant code is the ERP's SKU as it stands.
 * They are never deleted, so once is for good.
 */
export async function hasErpSkus(): Promise<boolean> {
	seen ||= (await ErpSkuModel.exists({})) !== null;
	return seen;
}

/** For tests that empty the collection. */
export function forgetErpSkus(): void {
	seen = false;
}

export interface Upserted {
	created: number;
	updated: number;
	/** Codes that can be matched now and could not, or not by this barcode, before. */
	fresh: { code: string; barcode: string }[];
}

const atOnce = 500;

/** Codes must differ. With `dryRun` it only tells what would be done. Safe to repeat. */
export async function upsertErpSkus(told: readonly ErpSkuTold[], dryRun = false): Promise<Upserted> {
	const result: Upserted = { created: 0, updated: 0, fresh: [] };
	for (let from = 0; from < told.length; from += atOnce) {
		const part = await upsertPart(told.slice(from, from + atOnce), dryRun);
		result.created += part.created;
		result.updated += part.updated;
		result.fresh.push(...part.fresh);
	}
	return result;
}

async function upsertPart(told: readonly ErpSkuTold[], dryRun: boolean): Promise<Upserted> {
	const codes = told.map(({ code }) => code);
	const stored = await ErpSkuModel.find({ _id: { $in: codes } }).lean<ErpSku[]>();
	const byCode = new Map(stored.map((sku) => [sku._id, sku]));
	const changes = told.flatMap((each) => {
		const before = byCode.get(each.code);
		const { name = before?.name ?? "", unit = before?.unit ?? "", barcode = before?.barcode ?? "" } = each;
		const after = { name, unit, barcode, status: each.status ?? before?.status ?? "ACTIVE" };
		return before && sameAs(before, after) ? [] : [{ code: each.code, before, after }];
	});
	if (changes.length && !dryRun) {
		await ErpSkuModel.bulkWrite(
			changes.map(({ code, after }) => ({
				updateOne: { filter: { _id: code }, update: { $set: after }, upsert: true },
			})),
			{ ordered: false },
		);
	}
	const created = changes.filter(({ before }) => !before).length;
	const fresh = changes.filter(
		({ before, after }) =>
			after.status === "ACTIVE" && (before?.status !== "ACTIVE" || before.barcode !== after.barcode),
	);
	return {
		created,
		updated: changes.length - created,
		fresh: fresh.map(({ code, after }) => ({ code, barcode: after.barcode })),
	};
}

const sameAs = (before: ErpSku, after: Pick<ErpSku, "name" | "unit" | "barcode" | "status">): boolean =>
	before.name === after.name &&
	before.unit === after.unit &&
	before.barcode === after.barcode &&
	before.status === after.status;
