import type { Journal } from "../journal.ts";
import { hash } from "../random.ts";
import { Roll } from "../roll.ts";
import { trackingNumber } from "../tracking.ts";
import type { Market } from "./market.ts";
import type { DemoShop } from "./shops.ts";

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
export type WaybillWish = Pick<WaybillNumber, "orderId" | "carrier" | "key">;

/** The shop that takes numbers: it knows its own only. */
type Taker = Pick<DemoShop, "platform" | "shopId">;

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
	take(taker: Taker, { orderId, carrier, key }: WaybillWish): string {
		const known = this.ofKey(taker, key);
		if (known && !known.cancelled) return known.trackingNo;
		const { platform, shopId } = taker;
		const sequence = this.#all.nextSequence;
		const trackingNo = trackingNumber(carrier, hash(`${platform}:${shopId}`), sequence);
		const waybill = { platform, shopId, orderId, carrier, key, sequence, trackingNo, cancelled: false };
		this.#enter(waybill);
		this.#write(waybill);
		return trackingNo;
	}

	/** The number last taken by a key. */
	ofKey({ platform, shopId }: Taker, key: string): WaybillNumber | undefined {
		return this.#byKey.get(`${platform}:${shopId}:${key}`);
	}

	find({ platform, shopId }: Taker, trackingNo: string): WaybillNumber | undefined {
		const waybill = this.#byNumber.get(`${platform}:${trackingNo}`);
		return waybill?.shopId === shopId ? waybill : undefined;
	}

	/** Whichever shop took it: what a print component of the platform knows. */
	ofPlatform(platform: string, trackingNo: string): WaybillNumber | undefined {
		return this.#byNumber.get(`${platform}:${trackingNo}`);
	}

	/** Gives a number back, also for the second time. False: the shop never took it, or its parcel is on its way. */
	cancel(taker: Taker, trackingNo: string): boolean {
		const waybill = this.find(taker, trackingNo);
		const parcels = waybill && this.#market.order(taker.platform, waybill.orderId)?.parcels;
		if (!waybill || parcels?.some((parcel) => parcel.trackingNo === trackingNo)) return false;
		waybill.cancelled = true;
		this.#write(waybill);
		return true;
	}

	/** Numbers a shop still has of a carrier. */
	left({ platform, shopId }: Taker, carrier: string): number {
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
		this.#byKey.set(`${waybill.platform}:${waybill.shopId}:${waybill.key}`, waybill);
		this.#byNumber.set(`${waybill.platform}:${waybill.trackingNo}`, waybill);
	}

	#write(waybill: WaybillNumber): void {
		this.#journal.put("waybill", String(waybill.sequence), waybill);
	}
}
