import { wholeSecond } from "../beijing.ts";
import type { FaultPlan } from "../faults.ts";
import type { Journal } from "../journal.ts";
import { seeded } from "../random.ts";
import type { Roll } from "../roll.ts";
import { type Basket, fillBasket, type LineWish, oneByOne } from "./buyers.ts";
import { keyOf, MarketIndex } from "./market-index.ts";
import {
	type Aftersale,
	type AftersaleType,
	type MarketChange,
	type MarketLine,
	type MarketOrder,
	type OrderEvent,
	RuleBroken,
} from "./market-order.ts";
import type { PlatformKind } from "./platform.ts";
import { fromStored, type StoredOrder } from "./stored-order.ts";

/** What the market has to know of a platform. */
export type MarketRules = Pick<PlatformKind, "numbering" | "oneLine" | "silent" | "aftersaleTypes">;

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
	readonly #index = new MarketIndex();
	readonly #journal: Journal;
	readonly #faults: FaultPlan;
	readonly #rules: ReadonlyMap<string, MarketRules>;
	readonly #watchers = new Map<string, ((change: MarketChange) => void)[]>();
	#seed: string;

	constructor(journal: Journal, faults: FaultPlan, rules: ReadonlyMap<string, MarketRules>) {
		this.#journal = journal;
		this.#faults = faults;
		this.#rules = rules;
		this.#seed = journal.load<{ seed: string }>("seed")[0]?.seed ?? firstSeed;
		for (const order of bySequence(journal.load<StoredOrder>("order"))) this.#index.enter(fromStored(order));
		for (const aftersale of bySequence(journal.load<Aftersale>("aftersale"))) {
			this.#index.enterAftersale({ ...aftersale, sentParcel: aftersale.sentParcel ?? null });
		}
	}

	/** Those of all platforms. */
	get orders(): Roll<MarketOrder> {
		return this.#index.orders;
	}

	get aftersales(): Roll<Aftersale> {
		return this.#index.aftersales;
	}

	/** The platform's clock in whole seconds, the only times it knows. */
	now(platform: string): number {
		return wholeSecond(this.#faults.now(platform));
	}

	rules(platform: string): MarketRules {
		const rules = this.#rules.get(platform);
		if (!rules) throw new Error(`no platform ${platform}`);
		return rules;
	}

	/** `listener` is told of every change of the platform's orders and after-sales, while it happens; it must not throw. */
	watch(platform: string, listener: (change: MarketChange) => void): void {
		this.#watchers.set(platform, [...(this.#watchers.get(platform) ?? []), listener]);
	}

	/**
	 * Buyers fill `count` baskets; the same seed gives the same baskets, amounts and receivers. On a one-line platform a
	 * basket becomes an order for each of its lines. Throws RuleBroken for lines the platform could not tell apart.
	 */
	place(wish: OrderWish): MarketOrder[] {
		const { oneLine } = this.rules(wish.platform);
		return Array.from({ length: wish.count }, (_, at) => {
			const number = this.#index.shop(wish.platform, wish.shopId).orders + 1;
			const seed = wish.seed === null ? `${this.#seed}:${wish.shopId}:${number}` : `${wish.seed}:${at}`;
			const basket = fillBasket(seeded(seed), wish.lines ?? (oneLine ? 1 : null));
			return (oneLine ? oneByOne(basket) : [basket]).map((each) => this.#placeOne(wish, each));
		}).flat();
	}

	#placeOne({ platform, shopId, paid }: OrderWish, { message, lines: filled, ...basket }: Basket): MarketOrder {
		const { numbering } = this.rules(platform);
		const platformOrderId = numbering.orderId(this.#seed, shopId, this.#index.shop(platform, shopId).orders + 1);
		const lines = filled.map((line) => ({
			...line,
			productId: numbering.productId?.(line.productId) ?? line.productId,
			platformSkuId: numbering.skuId?.(line.platformSkuId) ?? line.platformSkuId,
		}));
		const lineIds = numbering.lineIds(platformOrderId, lines);
		if (new Set(lineIds).size < lines.length) {
			throw new RuleBroken("WRONG_STATUS", `${platform} has no two lines of one SKU in an order`);
		}
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
		this.#index.enter(order);
		this.#journal.put("order", keyOf(platform, platformOrderId), order);
		this.#tell({ order, event: "placed", aftersale: null });
		if (paid) this.#tell({ order, event: "paid", aftersale: null });
		return order;
	}

	order(platform: string, platformOrderId: string): MarketOrder | undefined {
		return this.#index.order(platform, platformOrderId);
	}

	aftersale(platform: string, platformAftersaleId: string): Aftersale | undefined {
		return this.#index.aftersale(platform, platformAftersaleId);
	}

	/** The order an after-sale is about. */
	orderOf({ platform, platformOrderId, platformAftersaleId }: Aftersale): MarketOrder {
		const order = this.order(platform, platformOrderId);
		if (!order) throw new Error(`after-sale ${platformAftersaleId} has no order`);
		return order;
	}

	/** The after-sales of an order, oldest first. */
	aftersalesOf(order: MarketOrder): Aftersale[] {
		return this.#index
			.shop(order.platform, order.shopId)
			.aftersales.filter((aftersale) => aftersale.platformOrderId === order.platformOrderId);
	}

	/** Orders of a shop modified in a window (both ends included), newest first. */
	modifiedBetween(platform: string, shopId: string, fromMs: number, toMs: number): MarketOrder[] {
		return this.#index.shop(platform, shopId).byModified.between(fromMs, toMs);
	}

	/** Orders of a shop placed in a window (both ends included), newest first. */
	placedBetween(platform: string, shopId: string, fromMs: number, toMs: number): MarketOrder[] {
		return this.#index.shop(platform, shopId).byPlaced.between(fromMs, toMs);
	}

	/** After-sales of a shop modified in a window (both ends included), newest first. */
	aftersalesBetween(platform: string, shopId: string, fromMs: number, toMs: number): Aftersale[] {
		return this.#index.shop(platform, shopId).aftersalesByModified.between(fromMs, toMs);
	}

	/**
	 * To be called after every change of an order: stamps it (where the event moves its time on that platform), moves it
	 * in the index, writes it down, tells the watchers.
	 */
	changed(order: MarketOrder, event: OrderEvent): void {
		this.#keep(order, !this.rules(order.platform).silent.includes(event));
		this.#tell({ order, event, aftersale: null });
	}

	/** To be called after every change of an after-sale; the order it belongs to is stamped with it. */
	aftersaleChanged(order: MarketOrder, aftersale: Aftersale): void {
		this.#keepAftersale(order, aftersale);
		this.#tell({ order, event: "aftersale", aftersale, opened: false });
	}

	#keep(order: MarketOrder, moves: boolean): void {
		const oldMs = order.modifiedMs;
		if (moves) order.modifiedMs = Math.max(this.now(order.platform), oldMs);
		this.#index.shop(order.platform, order.shopId).byModified.place(order, order.modifiedMs, oldMs);
		this.#journal.put("order", keyOf(order.platform, order.platformOrderId), order);
	}

	#keepAftersale(order: MarketOrder, aftersale: Aftersale): void {
		const oldMs = aftersale.modifiedMs;
		aftersale.modifiedMs = Math.max(this.now(order.platform), oldMs);
		this.#index.shop(order.platform, order.shopId).aftersalesByModified.place(aftersale, aftersale.modifiedMs, oldMs);
		this.#journal.put("aftersale", keyOf(aftersale.platform, aftersale.platformAftersaleId), aftersale);
		this.#keep(order, true);
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
			platformAftersaleId: this.rules(order.platform).numbering.aftersaleId(
				this.#seed,
				sequence,
				wish.type,
				order.platformOrderId,
			),
			platformOrderId: order.platformOrderId,
			lineId: line.lineId,
			status: "APPLIED",
			refusal: "",
			returnParcel: null,
			sentParcel: null,
			createdMs: nowMs,
			modifiedMs: nowMs,
		};
		line.aftersaleId = aftersale.platformAftersaleId;
		this.#index.enterAftersale(aftersale);
		this.#keepAftersale(order, aftersale);
		this.#tell({ order, event: "aftersale", aftersale, opened: true });
		return aftersale;
	}

	/** Forgets everything. Ids start again from the seed: the same seed, the same ids; another seed, other ids. */
	reset(seed: string): void {
		this.#seed = seed;
		this.#index.clear();
		this.#journal.clear("order");
		this.#journal.clear("aftersale");
		this.#journal.put("seed", "seed", { seed });
	}

	#tell(change: MarketChange): void {
		for (const listener of this.#watchers.get(change.order.platform) ?? []) listener(change);
	}
}

function bySequence<T extends { sequence: number }>(rows: T[]): T[] {
	return rows.sort((a, b) => a.sequence - b.sequence);
}
