/** Orders or amounts of two days by hour and platform, as the chart draws them. Pure. */
import { beijingMidnight } from "../../config/beijing.ts";

export interface HourOrders {
	at: string; // when the hour begins
	platform: string;
	orders: number;
	paidFen: number;
}

/** As GET /reports/hours answers it. */
export interface HoursReport {
	to: string;
	hours: HourOrders[];
	today: { platform: string; orders: number; paidFen: number; refunds: number; refundFen: number }[];
}

export type Measure = "orders" | "paidFen";

export interface DaySeries {
	platform: string; // "": all others together
	hours: number[]; // 24, of today
}

export interface ByHour {
	today: DaySeries[]; // the busiest platform first
	yesterday: number[]; // 24, of all platforms
}

const dayMs = 24 * 3_600_000;
const hourMs = 3_600_000;
const mostPlatforms = 5; // more colours than these nobody tells apart

/** @param midnight when today began in Beijing */
export function byHour(rows: readonly HourOrders[], midnight: Date, measure: Measure): ByHour {
	const yesterday = Array<number>(24).fill(0);
	const today = new Map<string, number[]>();
	for (const row of rows) {
		const hour = Math.floor((Date.parse(row.at) - midnight.getTime()) / hourMs);
		if (hour >= 0 && hour < 24) add(today, row.platform, hour, row[measure]);
		else if (hour >= -24 && hour < 0) yesterday[hour + 24] = (yesterday[hour + 24] ?? 0) + row[measure];
	}
	const busiest = [...today].sort(([, a], [, b]) => sum(b) - sum(a));
	const own = busiest.slice(0, mostPlatforms).map(([platform, hours]) => ({ platform, hours }));
	const others = busiest.slice(mostPlatforms);
	if (!others.length) return { today: own, yesterday };
	const together = Array.from({ length: 24 }, (_, hour) => sum(others.map(([, hours]) => hours[hour] ?? 0)));
	return { today: [...own, { platform: "", hours: together }], yesterday };
}

function add(to: Map<string, number[]>, platform: string, hour: number, amount: number): void {
	const hours = to.get(platform) ?? Array<number>(24).fill(0);
	hours[hour] = (hours[hour] ?? 0) + amount;
	to.set(platform, hours);
}

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

/** What GET /reports/hours is asked for: yesterday and today. */
export const twoDays = (now: Date): { from: string } => ({
	from: new Date(beijingMidnight(now).getTime() - dayMs).toISOString(),
});
