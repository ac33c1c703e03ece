import { describe, expect, it } from "vitest";
import { type DayRefunds, rateLines } from "./refund-rates.ts";

const row = (day: string, platform: string, orders: number, refunds: number): DayRefunds => ({
	day,
	platform,
	orders,
	refunds,
	refundFen: 0,
	rate: orders ? refunds / orders : null,
});

describe("refund rates", () => {
	it("are of all platforms together, weighed by their orders, and of each", () => {
		const { days, lines } = rateLines([
			row("2026-03-18", "jd", 10, 1),
			row("2026-03-17", "jd", 0, 2),
			row("2026-03-18", "pdd", 90, 3),
		]);
		expect(days).toEqual(["2026-03-17", "2026-03-18"]);
		expect(lines).toEqual([
			{ platform: "", rates: [null, 4] },
			{ platform: "pdd", rates: [null, 3.3] },
			{ platform: "jd", rates: [null, 10] },
		]);
	});

	it("have no line where there was nothing", () => {
		expect(rateLines([])).toEqual({ days: [], lines: [] });
	});
});
