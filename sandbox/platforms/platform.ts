import type { Counters } from "../counters.ts";
import type { FaultPlan } from "../faults.ts";
import type { Journal } from "../journal.ts";
import type { Received, Target } from "../target.ts";
import type { Market } from "./market.ts";
import type { AftersaleType, MarketChange, OrderEvent } from "./market-order.ts";
import type { HookMessage, MessageSocket } from "./messenger.ts";
import type { Numbering } from "./numbering.ts";
import type { Shelf } from "./shelf.ts";
import type { DemoShop, Shops } from "./shops.ts";
import type { Waybills } from "./waybills.ts";

/** What a platform simulator is built with. */
export interface PlatformParts {
	market: Market;
	faults: FaultPlan;
	counters: Counters;
	journal: Journal;
	shelf: Shelf;
	waybills: Waybills;
}

/** One platform: a folder beside this file, and its line in `simulators.ts`. */
export interface PlatformKind {
	name: string;
	numbering: Numbering;
	/** An order has one line: a basket of several becomes several orders. */
	oneLine: boolean;
	/** What happens to an order without moving its modified time. */
	silent: readonly OrderEvent[];
	/** The after-sales the platform knows; buyers are refused the others. */
	aftersaleTypes: readonly AftersaleType[];
	create(parts: PlatformParts): PlatformSimulator;
}

export interface PlatformSimulator extends Target {
	readonly shops: Shops;
	/** Where the platform's API is, below the sandbox's own address: "/taobao/router/rest". */
	readonly gatewayPath: string;
	/**
	 * The page where a seller lets the app in: "/taobao/oauth/authorize"; "": there is none. GET answers 302 to the
	 * caller's redirect address with code and state, as if the seller had agreed at once.
	 */
	readonly authPath: string;
	/** Where the message server takes WebSockets, itself and all below: "/taobao/tmc"; "": there is none. */
	readonly messagePath: string;
	/**
	 * The calls to the hub that a change causes, in the platform's own form and signature; [] for none. Each call makes
	 * new messages, with ids of their own. Absent: the platform calls nobody. `nowMs`: the platform's clock.
	 */
	messages?(change: MarketChange, shop: DemoShop, nowMs: number): HookMessage[];
	/**
	 * A client of the message server; called after the HTTP upgrade. What it has not confirmed yet is kept in the journal
	 * as "message" and sent again to the next client. What changes, the simulator watches for itself.
	 */
	connect?(socket: MessageSocket, request: Received): void;
	/** Forgets what is no order and no token: quotas used, pages repeated, messages. The journal is emptied already. */
	reset(): void;
}
