/** Deadlines and readings, shop by shop. */
import { kept } from "../../mixins/kept.ts";
import type { ShopDeadlines } from "../order/report.ts";
import type { Paused } from "../platform/paused.ts";
import type { Strip } from "../pull/strip.ts";
import type { ShopView } from "../shop/shop.ts";
import { type Caller, scopeKey } from "./caller.ts";

export interface DeadlinesReport {
	at: Date;
	rows: (ShopDeadlines & { shopName: string })[]; // without those of no orders
}

export interface ShopReadings extends Strip {
	shopName: string;
	platform: string;
	status: ShopView["status"];
	paused: Pick<Paused, "method" | "until">[]; // calls that the platform wants none of until then, whatever they are for
}

export interface WindowsReport {
	at: Date;
	items: ShopReadings[];
}

/** Both read thousands of rows. */
const keptMs = 10_000;
const deadlines = kept<DeadlinesReport>(keptMs);
const readings = kept<WindowsReport>(keptMs);

export const shopsOf = async (caller: Caller): Promise<ShopView[]> =>
	(await caller.call<{ items: ShopView[] }, object>("shop.all", {})).items;

export const deadlinesReport = (caller: Caller): Promise<DeadlinesReport> =>
	deadlines(scopeKey(caller), async () => {
		const at = new Date();
		const [rows, shops] = await Promise.all([
			caller.call<ShopDeadlines[], object>("order.byDeadline", {}),
			shopsOf(caller),
		]);
		const nameOf = new Map(shops.map(({ _id, name }) => [_id, name]));
		return { at, rows: rows.map((row) => ({ ...row, shopName: nameOf.get(row.shopId) ?? row.shopId })) };
	});

export const windowsReport = (caller: Caller, hours: number): Promise<WindowsReport> =>
	readings(`${hours} ${scopeKey(caller)}`, async () => {
		const at = new Date();
		const shops = await shopsOf(caller);
		const [strips, paused] = await Promise.all([
			caller.call<Strip[], object>("pull.strips", { shopIds: shops.map(({ _id }) => _id), hours }),
			caller.call<Paused[], object>("platform.paused", {}),
		]);
		const byShop = Map.groupBy(strips, ({ shopId }) => shopId);
		const pausedOf = Map.groupBy(paused, ({ shopId }) => shopId);
		const items = shops.flatMap(({ _id, name: shopName, platform, status }) => {
			const pauses = (pausedOf.get(_id) ?? []).map(({ method, until }) => ({ method, until }));
			return (byShop.get(_id) ?? []).map((strip) => ({ ...strip, shopName, platform, status, paused: pauses }));
		});
		return { at, items };
	});
