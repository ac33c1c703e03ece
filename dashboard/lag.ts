/** How far behind its platform a shop has been read, and how bad that is. Pure. */
import type { Colour } from "./colours.ts";
import type { Words } from "./language.ts";

export interface Reading {
	shopId: string;
	shopName: string;
	platform: string;
	status: "ACTIVE" | "TOKEN_EXPIRED" | "DISABLED";
	kind: string; // orders, aftersales, products
	hours: { at: string; state: HourState }[]; // the oldest first
	lagSec: number | null; // null: nothing was read yet
	lastSuccessAt: string | null;
	reason: string;
	paused: { method: string; until: string }[];
}

export type HourState = "DONE" | "GAP" | "FAILED" | "OPEN" | "NONE";

export interface ShopLag extends Pick<Reading, "shopId" | "shopName" | "platform" | "status"> {
	lagSec: number | null; // of what is furthest behind
	kind: string; // which that is
	reason: string;
}

/** Products are read once an hour: how old they are says little of the shop. */
const watched = new Set(["orders", "aftersales"]);

export const lateSec = 5 * 60;
/** What cannot be read for so long is an alert: services/pull/troubles.ts. */
export const behindSec = 10 * 60;

/** The shop that is furthest behind first; one that was never read before all. */
export function lagByShop(readings: readonly Reading[]): ShopLag[] {
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

export function lagColour(lagSec: number | null): Colour {
	if (lagSec === null) return "grey";
	if (lagSec >= behindSec) return "red";
	return lagSec >= lateSec ? "orange" : "green";
}

/** "42 秒", "7 分", "3 小时" */
export function spanWords(seconds: number): Words {
	if (seconds < 120) return [`${seconds} 秒`, `${seconds} s`];
	const minutes = Math.round(seconds / 60);
	if (minutes < 120) return [`${minutes} 分`, `${minutes} min`];
	const hours = Math.round(minutes / 60);
	if (hours < 72) return [`${hours} 小时`, `${hours} h`];
	return [`${Math.round(hours / 24)} 天`, `${Math.round(hours / 24)} d`];
}
