/** How far behind its platform a shop has been read, and how bad that is. Pure. */
import type { Colour } from "./colours.ts";
import type { Reading } from "./shops/readings.ts";
import type { ShopStatus } from "./shops/shop.ts";

/** As GET /reports/windows answers it. */
export interface ReadingOfShop extends Reading {
	shopName: string;
	platform: string;
	status: ShopStatus;
}

export interface ShopLag extends Pick<ReadingOfShop, "shopId" | "shopName" | "platform" | "status"> {
	lagSec: number | null; // of what is furthest behind
	kind: Reading["kind"]; // which that is
	reason: string;
}

/** Products are read once an hour: how old they are says little of the shop. */
const watched = new Set(["orders", "aftersales"]);

export const lateSec = 5 * 60;
/** What cannot be read for so long is an alert: services/pull/troubles.ts. */
export const behindSec = 10 * 60;

/** The shop that is furthest behind first; one that was never read before all. */
export function lagByShop(readings: readonly ReadingOfShop[]): ShopLag[] {
	const worst = new Map<string, ShopLag>();
	for (const { shopId, shopName, platform, status, kind, lagSec, reason } of readings) {
		if (!watched.has(kind)) continue;
		const known = worst.get(shopId);
		if (known && order(known.lagSec) >= order(lagSec)) continue;
		worst.set(shopId, { shopId, shopName, platform, status, lagSec, kind, reason });
	}
	return [...worst.values()].sort((a, b) => order(b.lagSec) - order(a.lagSec));
}

const order = (lagSec: number | null): number => lagSec ?? Number.POSITIVE_INFINITY;

export function behindColour(lagSec: number | null): Colour {
	if (lagSec === null) return "grey";
	if (lagSec >= behindSec) return "red";
	return lagSec >= lateSec ? "orange" : "green";
}
