import { describe, expect, it } from "vitest";
import { byHour, type HourOrders } from "./by-hour.ts";

const midnight = new Date("2026-03-17T16:00:00.000Z");
const row = (at: string, platform: string, orders: number): HourOrders => ({
	at,
	platform,
	orders,
	paidFen: orders * 100,
});

describe("orders by hour", () => {
	it("puts each hour into its Beijing day, and yesterday's platforms together", () => {
		const rows = [
			row("2026-03-16T16:00:00.000Z", "jd", 1),
			row("2026-03-17T15:00:00.000Z", "jd", 2),
			row("2026-03-17T15:00:00.000Z", "pdd", 3),
			row("2026-03-17T16:00:00.000Z", "jd", 4),
			row("2026-03-18T15:00:00.000Z", "jd", 5),
			row("2026-03-16T15:00:00.000Z", "jd", 99),
		];
		const { today, yesterday } = byHour(rows, midnight, "orders");
		expect(yesterday).toEqual([1, ...Array(22).fill(0), 5]);
		expect(today).toEqual([{ platform: "jd", hours: [4, ...Array(22).fill(0), 5] }]);
	});

	it("shows the five busiest platforms, and the others as one", () => {
		const rows = ["a", "b", "c", "d", "e", "f", "g"].map((name, at) => row(midnight.toISOString(), name, at + 1));
		const { today } = byHour(rows, midnight, "paidFen");
		expect(today.map(({ platform, hours }) => [platform, hours[0]])).toEqual([
			["g", 700],
			["f", 600],
			["e", 500],
			["d", 400],
			["c", 300],
			["", 300],
		]);
	});

	it("has nothing to show of a day without orders", () => {
		expect(byHour([], midnight, "orders")).toEqual({ today: [], yesterday: Array(24).fill(0) });
	});
});
