/** The deadline heat map: which shop has how many orders to ship by when. Pure. */
import type { Deadline } from "../../services/order/report.ts";
import type { Colour } from "../colours.ts";
import type { Words } from "../language.ts";

export interface DeadlineRow {
	platform: string;
	shopId: string;
	shopName: string;
	deadline: Deadline;
	orders: number;
}

export const deadlineColumns: readonly { name: Deadline; words: Words; colour: Colour; hours: string }[] = [
	{ name: "overdue", words: ["已超时", "Late"], colour: "red", hours: "0" },
	{ name: "under2", words: ["<2时", "<2h"], colour: "red", hours: "2" },
	{ name: "under6", words: ["<6时", "<6h"], colour: "orange", hours: "12" },
	{ name: "under12", words: ["<12时", "<12h"], colour: "orange", hours: "12" },
	{ name: "under24", words: ["<24时", "<24h"], colour: "blue", hours: "24" },
	{ name: "under48", words: ["<48时", "<48h"], colour: "blue", hours: "" },
	{ name: "later", words: ["更晚", "Later"], colour: "grey", hours: "" },
];

export interface ShopDeadlines {
	shopId: string;
	shopName: string;
	platform: string;
	orders: Partial<Record<Deadline, number>>;
}

/** The shop with the most urgent orders first. */
export function deadlineMap(rows: readonly DeadlineRow[]): { shops: ShopDeadlines[]; most: number } {
	const shops = new Map<string, ShopDeadlines>();
	for (const { shopId, shopName, platform, deadline, orders } of rows) {
		const shop = shops.get(shopId) ?? { shopId, shopName, platform, orders: {} };
		shop.orders[deadline] = (shop.orders[deadline] ?? 0) + orders;
		shops.set(shopId, shop);
	}
	const urgency = (a: ShopDeadlines, b: ShopDeadlines): number => {
		for (const { name } of deadlineColumns) {
			const more = (b.orders[name] ?? 0) - (a.orders[name] ?? 0);
			if (more) return more;
		}
		return 0;
	};
	return { shops: [...shops.values()].sort(urgency), most: Math.max(1, ...rows.map(({ orders }) => orders)) };
}

/** How strong a cell's colour is, 12 to 70 percent: by its root, so that one order is seen beside a thousand. */
export const strength = (orders: number, most: number): number => Math.round(12 + 58 * Math.sqrt(orders / most));
