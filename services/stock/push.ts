import { hubError } from "../../config/errors.ts";
import type { Offer } from "../product/offers.ts";
import { pooled } from "../pull/pool.ts";
import { linkId } from "../sku/sku-link.ts";
import { type Hub, offersOf } from "./offers.ts";
import { StockModel } from "./stock.model.ts";
import { tell } from "./tell.ts";
import { ToldModel, type ToldStock, toldId } from "./told.model.ts";

export interface Pushed {
	told: number; // SKUs of which the platform has a new number now
	unchanged: number; // it has this number already
	waiting: number; // told by itself when what it waits for is there: see `stock.told`
	failed: { id: string; linkId: string; reason: string }[];
}

const atOnce = 8;

/** Tells every shop that sells the ERP SKU, by itself or in a combo. Safe to repeat. @throws NOT_FOUND without stock */
export async function pushStock(hub: Hub, erpSku: string): Promise<Pushed> {
	if (!(await StockModel.exists({ _id: erpSku }))) {
		throw hubError("NOT_FOUND", "the ERP has told no stock of this SKU", { erpSku });
	}
	const pushed: Pushed = { told: 0, unchanged: 0, waiting: 0, failed: [] };
	await pooled(await offersOf(hub, erpSku), atOnce, async (offer) => {
		await pushOffer(hub, offer, pushed);
		return true;
	});
	return pushed;
}

async function pushOffer(hub: Hub, offer: Offer, pushed: Pushed): Promise<void> {
	const record = await want(offer);
	const isBusy = record.busy && record.nextAt !== undefined && record.nextAt > new Date();
	const outcome = isBusy ? { is: "LATER" as const } : await tell(hub, record);
	if (outcome.is === "TOLD") pushed.told += 1;
	else if (outcome.is === "UNCHANGED") pushed.unchanged += 1;
	else if (outcome.is !== "FAILED") pushed.waiting += 1;
	else {
		const { platform, shopId } = offer;
		pushed.failed.push({ id: record._id, linkId: linkId(platform, shopId, offer) ?? "", reason: outcome.reason });
	}
}

/** Whoever is at it sees by the risen wish that the stock may be another now. */
async function want(offer: Offer): Promise<ToldStock> {
	const { platform, shopId, productNo, platformSkuId, outerSku } = offer;
	const _id = toldId(offer);
	const wanted = {
		$setOnInsert: { platform, shopId, productNo, platformSkuId, state: "NEW" as const },
		$set: { outerSku },
		$inc: { wish: 1 },
	};
	const write = (): Promise<ToldStock | null> =>
		ToldModel.findOneAndUpdate({ _id }, wanted, {
			upsert: true,
			returnDocument: "after",
			setDefaultsOnInsert: true,
		}).lean<ToldStock>();
	const written = await write().catch((err: { code?: number }) => {
		if (err.code !== 11000) throw err;
		return write(); // somebody inserted it between the look and the insert
	});
	if (!written) throw hubError("INTERNAL", "what was just stored is gone", { id: _id });
	return written;
}
