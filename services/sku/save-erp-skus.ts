import type { ServiceBroker } from "moleculer";
import type { ErpSkuTold } from "./erp-sku.ts";
import { upsertErpSkus } from "./erp-skus.ts";
import { type JobState, leaveToOthers, planJob, workAWhile } from "./job.ts";

export interface SavedErpSkus {
	created: number;
	updated: number;
	/** What it did for SKUs without a link and orders that waited; null: nothing new can be matched. */
	job: JobState | null;
}

/** So many codes are looked for at once. */
const atOnce = 500;

/**
 * Stores ERP SKUs, links products by them and releases the orders that waited for one of the codes. The first part is
 * waited for, the rest goes on by itself.
 */
export async function saveErpSkus(
	broker: ServiceBroker,
	told: readonly ErpSkuTold[],
	by: string,
): Promise<SavedErpSkus> {
	const saved = { created: 0, updated: 0 };
	let job: JobState | null = null;
	for (let from = 0; from < told.length; from += atOnce) {
		const part = told.slice(from, from + atOnce);
		const { fresh } = await upsertErpSkus(part, true);
		const codes = fresh.map(({ code }) => code);
		const barcodes = fresh.map(({ barcode }) => barcode).filter(Boolean);
		const planned = codes.length
			? await planJob(
					{
						products: { shopIds: null, codes, barcodes },
						orders: { shop: null, field: "outerSku", values: codes },
					},
					by,
				)
			: null;
		const { created, updated } = await upsertErpSkus(part);
		saved.created += created;
		saved.updated += updated;
		if (!planned) continue;
		if (job === null) job = await workAWhile(broker, planned);
		else await leaveToOthers(planned);
	}
	return { ...saved, job };
}
