import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FaultPlan } from "../faults.ts";
import { Journal } from "../journal.ts";
import { Market, type MarketRules, type OrderWish } from "../platforms/market.ts";
import { aftersaleTypes, type MarketOrder } from "../platforms/market-order.ts";
import { Shelf } from "../platforms/shelf.ts";

/** A platform without surprises, and without a protocol. */
export const plainRules: MarketRules = {
	numbering: {
		orderId: (_, shopId, number) => `${shopId}-${number}`,
		lineIds: (orderId, lines) => lines.map((_, at) => `${orderId}-${at + 1}`),
		aftersaleId: (_, number, type) => `${type === "EXCHANGE" ? "X" : "R"}${number}`,
	},
	oneLine: false,
	silent: [],
	aftersaleTypes,
};

/** A market of one platform "plain" with one shop "plain-demo", without a server around it. */
export interface OpenMarket {
	journal: Journal;
	faults: FaultPlan;
	market: Market;
	shelf: Shelf;
	/** One paid order; two lines unless the wish says otherwise. */
	placeOne(wish?: Partial<OrderWish>): MarketOrder;
	/** The same data as a later process finds it. */
	reopened(): OpenMarket;
	end(): void;
}

/** `changes`: what the platform's rules have of their own. */
export function openMarket(changes: Partial<MarketRules> = {}): OpenMarket {
	return openIn(mkdtempSync(join(tmpdir(), "sandbox-")), { ...plainRules, ...changes });
}

function openIn(dir: string, rules: MarketRules): OpenMarket {
	const journal = new Journal(dir);
	const faults = new FaultPlan(journal);
	const byName = new Map([["plain", rules]]);
	const market = new Market(journal, faults, byName);
	return {
		journal,
		faults,
		market,
		shelf: new Shelf(journal, faults, byName),
		placeOne(wish = {}) {
			const usual = { platform: "plain", shopId: "plain-demo", count: 1, seed: null, lines: 2, paid: true };
			const [order] = market.place({ ...usual, ...wish });
			if (!order) throw new Error("no order was placed");
			return order;
		},
		reopened() {
			journal.close();
			return openIn(dir, rules);
		},
		end() {
			journal.close();
			rmSync(dir, { recursive: true });
		},
	};
}
