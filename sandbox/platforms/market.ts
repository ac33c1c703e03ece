import { wholeSecond } from "../beijing.ts";
import type { FaultPlan } from "../faults.ts";
import type { Journal } from "../journal.ts";
import { seeded } from "../random.ts";
import { Roll } from "../roll.ts";
import { fillBasket, type LineWish } from "./buyers.ts";
import type { Aftersale, AftersaleType, MarketLine, MarketOrder } from "./market-order.ts";
import { TimeIndex } from "./time-index.ts";

/** How a platform numbers things. The same seed and number always give the same id. */
export interface Numbering {
	orderId(seed: string, shopId: string, number: number): string;
	lineIds(orderId: string, count: number): string[];
	aftersaleId(seed: string, number: number): string;
}

export interface OrderWish {
	platform: string;
	shopId: string;
	count: number;
	/** Null: goes on from the seed of the last reset. */
	seed: string | null;
	/** What is bought, or how many lines, or null for chance. */
	lines: LineWish[] | number | null;
	paid: boolean;
}

const firstSeed = "1";

/** The truth of all simulated platforms: their orders and after-sales, whatever they have told anyone. */
export class Market {
	readonly orders = new Roll<MarketOrder>();
	readonly aftersales = new Roll<Aftersale>();
	readonly #journal: Journal;
	readonly #faults: FaultPlan;
	readonly #numberings: ReadonlyMap<string, Numbering>;
	readonly #orderById = new Map<string, MarketOrder>();
	readonly #aftersaleById = new Map<string, Aftersale>();
	readonly #shops = new Map<string, ShopIndex>();
	#seed: string;

	constructor(journal: Journal, faults: FaultPlan, numberings: ReadonlyMap<string, Numbering>) {
		this.#journal = journal;
		this.#faults = faults;
		this.#numberings = numberings;
		this.#seed = journal.load<{ seed: string }>("seed")[0]?.seed ?? firstSeed;
		for (const order of bySequence(journal.load<MarketOrder>("order"))) this.#enter(order);
		for (const aftersale of bySequence(journal.load<Aftersale>("aftersale"))) this.#enterAftersale(aftersale);
	}

	/** The platform's clock in whole seconds, the only times it knows. */
	now(platform: string): number {
		return wholeSecond(this.#faults.now(platform));
	}

	/** Buyers place orders; the same seed gives the same baskets, amounts and receivers. */
	place(wish: OrderWish): MarketOrder[] {
		return Array.from({ length: wish.count }, (_, at) => {
			const number = this.#shop(wish.platform, wish.shopId).size + 1;
			const seed = wish.seed === null ? `${this.#seed}:${wish.shopId}:${number}` : `${wish.seed}:${at}`;
			return this.#placeOne(wish, number, seed);
		});
	}

	#placeOne({ platform, shopId, lines: wishes, paid }: OrderWish, number: number, seed: string): MarketOrder {
		const { message, lines, ...basket } = fillBasket(seeded(seed), wishes);
		const numbering = this.#numbering(platform);
		const platformOrderId = numbering.orderId(this.#seed, shopId, number);
		const lineIds = numbering.lineIds(platformOrderId, lines.length);
		const nowMs = this.now(platform);
		const order: MarketOrder = {
			...basket,
			sequence: this.orders.nextSequence,
			platform,
			shopId,
			platformOrderId,
			status: paid ? "WAIT_SHIP" : "WAIT_PAY",
			placedMs: nowMs,
			paidMs: paid ? nowMs : null,
			shippedMs: null,
			endedMs: null,
			modifiedMs: nowMs,
			receiverVersion: 1,
			memo: { buyer: message, seller: "", flag: 0 },
			lines: lines.map((line, at): MarketLine => ({ ...line, lineId: lineIds[at] ?? platformOrderId })),
			parcels: [],
		};
		this.#enter(order);
		this.#journal.put("order", keyOf(platform, platformOrderId), order);
		return order;
	}

	order(platform: string, platformOrderId: string): MarketOrder | undefined {
		return this.#orderById.get(keyOf(platform, platformOrderId));
	}

	aftersale(platform: string, platformAftersaleId: string): Aftersale | undefined {
		return this.#aftersaleById.get(keyOf(platform, platformAftersaleId));
	}

	/** The after-sales of an order, oldest first. */
	aftersalesOf(order: MarketOrder): Aftersale[] {
		return this.#shop(order.platform, order.shopId).aftersales.filter(
			(aftersale) => aftersale.platformOrderId === order.platformOrderId,
		);
	}

	/** Orders of a shop modified in a window (both ends included), newest first. */
	modifiedBetween(platform: string, shopId: string, fromMs: number, toMs: number): MarketOrder[] {
		return this.#shop(platform, shopId).byModified.between(fromMs, toMs);
	}

	/** Orders of a shop placed in a window (both ends included), newest first. */
	placedBetween(platform: string, shopId: string, fromMs: number, toMs: number): MarketOrder[] {
		return this.#shop(platform, shopId).byPlaced.between(fromMs, toMs);
	}

	/** After-sales of a shop modified in a window (both ends included), newest first. */
	aftersalesBetween(platform: string, shopId: string, fromMs: number, toMs: number): Aftersale[] {
		return this.#shop(platform, shopId).aftersalesByModified.between(fromMs, toMs);
	}

	/** To be called after every change of an order: stamps it, moves it in the index, writes it down. */
	changed(order: MarketOrder): void {
		const oldMs = order.modifiedMs;
		order.modifiedMs = Math.max(this.now(order.platform), oldMs);
		this.#shop(order.platform, order.shopId).byModified.place(order, order.modifiedMs, oldMs);
		this.#journal.put("order", keyOf(order.platform, order.platformOrderId), order);
	}

	/** To be called after every change of an after-sale; the order it belongs to changes with it. */
	aftersaleChanged(order: MarketOrder, aftersale: Aftersale): void {
		const oldMs = aftersale.modifiedMs;
		aftersale.modifiedMs = Math.max(this.now(order.platform), oldMs);
		this.#shop(order.platform, order.shopId).aftersalesByModified.place(aftersale, aftersale.modifiedMs, oldMs);
		this.#journal.put("aftersale", keyOf(aftersale.platform, aftersale.platformAftersaleId), aftersale);
		this.changed(order);
	}

	/** Opens an after-sale on one line. */
	openAftersale(
		order: MarketOrder,
		line: MarketLine,
		wish: { type: AftersaleType; quantity: number; refundFen: number; reason: string },
	): Aftersale {
		const nowMs = this.now(order.platform);
		const sequence = this.aftersales.nextSequence;
		const aftersale: Aftersale = {
			...wish,
			sequence,
			platform: order.platform,
			shopId: order.shopId,
			platformAftersaleId: this.#numbering(order.platform).aftersaleId(this.#seed, sequence),
			platformOrderId: order.platformOrderId,
			lineId: line.lineId,
			status: "APPLIED",
			refusal: "",
			returnParcel: null,
			createdMs: nowMs,
			modifiedMs: nowMs,
		};
		line.aftersaleId = aftersale.platformAftersaleId;
		this.#enterAftersale(aftersale);
		this.aftersaleChanged(order, aftersale);
		return aftersale;
	}

	/** Forgets everything. Ids start again from the seed: the same seed, the same ids; another seed, other ids. */
	reset(seed: string): void {
		this.#seed = seed;
		this.orders.clear();
		this.aftersales.clear();
		this.#orderById.clear();
		this.#aftersaleById.clear();
		this.#shops.clear();
		this.#journal.clear("order");
		this.#journal.clear("aftersale");
		this.#journal.put("seed", "seed", { seed });
	}

	#enter(order: MarketOrder): void {
		this.orders.add(order);
		this.#orderById.set(keyOf(order.platform, order.platformOrderId), order);
		const shop = this.#shop(order.platform, order.shopId);
		shop.size += 1;
		shop.byModified.place(order, order.modifiedMs, null);
		shop.byPlaced.place(order, order.placedMs, null);
	}

	#enterAftersale(aftersale: Aftersale): void {
		this.aftersales.add(aftersale);
		this.#aftersaleById.set(keyOf(aftersale.platform, aftersale.platformAftersaleId), aftersale);
		const shop = this.#shop(aftersale.platform, aftersale.shopId);
		shop.aftersales.push(aftersale);
		shop.aftersalesByModified.place(aftersale, aftersale.modifiedMs, null);
	}

	#shop(platform: string, shopId: string): ShopIndex {
		const key = keyOf(platform, shopId);
		let shop = this.#shops.get(key);
		if (!shop) {
			shop = new ShopIndex();
			this.#shops.set(key, shop);
		}
		return shop;
	}

	#numbering(platform: string): Numbering {
		const numbering = this.#numberings.get(platform);
		if (!numbering) throw new Error(`no platform ${platform}`);
		return numbering;
	}
}

/** What one shop has, in the orders its lists are asked for. */
class ShopIndex {
	size = 0;
	readonly byModified = new TimeIndex<MarketOrder>();
	readonly byPlaced = new TimeIndex<MarketOrder>();
	readonly aftersales: Aftersale[] = [];
	readonly aftersalesByModified = new TimeIndex<Aftersale>();
}

function keyOf(platform: string, id: string): string {
	return `${platform}:${id}`;
}

function bySequence<T extends { sequence: number }>(rows: T[]): T[] {
	return rows.sort((a, b) => a.sequence - b.sequence);
}
