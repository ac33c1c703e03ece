import type { Journal } from "../journal.ts";
import { hash } from "../random.ts";
import { Roll } from "../roll.ts";
import { trackingNumber } from "../tracking.ts";
import type { Market } from "./market.ts";

/** A number of a carrier that a seller took through a platform. */
export interface WaybillNumber {
	sequence: number;
	platform: string;
	shopId: string;
	orderId: string; // the platform's number of the order
	carrier: string;
	key: string;
	trackingNo: string;
	cancelled: boolean;
}

/** `carrier`: SF, ZTO, YTO, STO, YUNDA, JTSD, EMS, POSTB, DBKD or JD; `key`: what the platform knows a repetition by. */
export type WaybillTaking = Pick<WaybillNumber, "platform" | "shopId" | "orderId" | "carrier" | "key">;

/** Numbers each shop has bought of each carrier. */
const bought = 10_000;

/** Electronic waybills: every number that every platform gave. */
export class Waybills {
	readonly #journal: Journal;
	readonly #market: Market;
	readonly #all = new Roll<WaybillNumber>();
	readonly #byKey = new Map<string, WaybillNumber>();
	readonly #byNumber = new Map<string, WaybillNumber>();

	constructor(journal: Journal, market: Market) {
		this.#journal = journal;
		this.#market = market;
		const stored = journal.load<WaybillNumber>("waybill").sort((a, b) => a.sequence - b.sequence);
		for (const waybill of stored) this.#enter(waybill);
	}

	/** The number for a key: the one it has, or a new one when it has none or that was cancelled. RangeError: no such carrier. */
	take(wish: WaybillTaking): { trackingNo: string; isNew: boolean } {
		const known = this.#byKey.get(keyOf(wish));
		if (known && !known.cancelled) return { trackingNo: known.trackingNo, isNew: false };
		const { platform, shopId, orderId, carrier, key } = wish;
		const sequence = this.#all.nextSequence;
		const trackingNo = trackingNumber(carrier, hash(`${platform}:${shopId}`), sequence);
		const waybill = { platform, shopId, orderId, carrier, key, sequence, trackingNo, cancelled: false };
		this.#enter(waybill);
		this.#write(waybill);
		return { trackingNo, isNew: true };
	}

	/** The number last taken by a key. */
	ofKey(wish: Pick<WaybillTaking, "platform" | "shopId" | "key">): WaybillNumber | undefined {
		return this.#byKey.get(keyOf(wish));
	}

	find(platform: string, trackingNo: string): WaybillNumber | undefined {
		return this.#byNumber.get(`${platform}:${trackingNo}`);
	}

	/** Gives a number back, also for the second time. False: nobody took it, or its parcel is on its way. */
	cancel(platform: string, trackingNo: string): boolean {
		const waybill = this.find(platform, trackingNo);
		const parcels = waybill && this.#market.order(platform, waybill.orderId)?.parcels;
		if (!waybill || parcels?.some((parcel) => parcel.trackingNo === trackingNo)) return false;
		waybill.cancelled = true;
		this.#write(waybill);
		return true;
	}

	/** Numbers a shop still has of a carrier. */
	left(platform: string, shopId: string, carrier: string): number {
		const isTaken = (each: WaybillNumber) =>
			each.platform === platform && each.shopId === shopId && each.carrier === carrier && !each.cancelled;
		return bought - this.#all.after(0, Number.POSITIVE_INFINITY).filter(isTaken).length;
	}

	reset(): void {
		this.#all.clear();
		this.#byKey.clear();
		this.#byNumber.clear();
		this.#journal.clear("waybill");
	}

	#enter(waybill: WaybillNumber): void {
		this.#all.add(waybill);
		this.#byKey.set(keyOf(waybill), waybill);
		this.#byNumber.set(`${waybill.platform}:${waybill.trackingNo}`, waybill);
	}

	#write(waybill: WaybillNumber): void {
		this.#journal.put("waybill", String(waybill.sequence), waybill);
	}
}

function keyOf({ platform, shopId, key }: Pick<WaybillTaking, "platform" | "shopId" | "key">): string {
	return `${platform}:${shopId}:${key}`;
}
