import type { Counters } from "../counters.ts";
import type { FaultPlan } from "../faults.ts";
import type { Journal } from "../journal.ts";
import type { Target } from "../target.ts";
import type { Market, Numbering } from "./market.ts";
import type { Shops } from "./shops.ts";

/** What a platform simulator is built with. */
export interface PlatformParts {
	market: Market;
	faults: FaultPlan;
	counters: Counters;
	journal: Journal;
}

/** One platform: a folder beside this file, and its line in `simulators.ts`. */
export interface PlatformKind {
	name: string;
	numbering: Numbering;
	create(parts: PlatformParts): PlatformSimulator;
}

export interface PlatformSimulator extends Target {
	readonly shops: Shops;
	/** Where the platform's API is, below the sandbox's own address: "/taobao/router/rest". */
	readonly gatewayPath: string;
	/** Forgets what is no order and no token: quotas used, pages repeated. */
	reset(): void;
}
