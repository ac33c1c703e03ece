/** Refunds applied for to orders placed, by day and platform, as the chart draws them. Pure. */

export interface DayRefunds {
	day: string; // Beijing's: "2026-03-18"
	platform: string;
	orders: number;
	refunds: number;
	refundFen: number;
	rate: number | null; // null: no orders
}

export interface RateLine {
	platform: string; // "": all together
	rates: (number | null)[]; // percent, of each day
}

const mostPlatforms = 5;

const percent = (refunds: number, orders: number): number | null =>
	orders ? Math.round((1_000 * refunds) / orders) / 10 : null;

/** All platforms together, then those with the most orders, a line each. */
export function rateLines(rows: readonly DayRefunds[]): { days: string[]; lines: RateLine[] } {
	const days = [...new Set(rows.map(({ day }) => day))].sort();
	const rateOf = (of: readonly DayRefunds[]): (number | null)[] =>
		days.map((day) => {
			const ofDay = of.filter((row) => row.day === day);
			return percent(sum(ofDay, "refunds"), sum(ofDay, "orders"));
		});
	const byPlatform = [...Map.groupBy(rows, ({ platform }) => platform)];
	const busiest = byPlatform.sort(([, a], [, b]) => sum(b, "orders") - sum(a, "orders")).slice(0, mostPlatforms);
	const own = busiest.map(([platform, of]) => ({ platform, rates: rateOf(of) }));
	return { days, lines: rows.length ? [{ platform: "", rates: rateOf(rows) }, ...own] : [] };
}

const sum = (rows: readonly DayRefunds[], name: "orders" | "refunds"): number =>
	rows.reduce((total, row) => total + row[name], 0);
