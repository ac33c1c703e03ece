import { describe, expect, it } from "vitest";
import { deadlines } from "../../services/order/report.ts";
import { type DeadlineRow, deadlineColumns, deadlineMap, strength } from "./deadlines.ts";

const row = (shopId: string, deadline: DeadlineRow["deadline"], orders: number): DeadlineRow => ({
	platform: "jd",
	shopId,
	shopName: shopId,
	deadline,
	orders,
});

describe("the deadline heat map", () => {
	it("has a column for each stretch that the hub tells apart", () => {
		expect(deadlineColumns.map(({ name }) => name)).toEqual(deadlines);
	});

	it("puts the shop with the most that is late first, then what is due next", () => {
		const rows = [
			row("calm", "later", 900),
			row("soon", "under2", 5),
			row("late", "overdue", 1),
			row("later", "overdue", 3),
		];
		const { shops, most } = deadlineMap(rows);
		expect(shops.map(({ shopId }) => shopId)).toEqual(["later", "late", "soon", "calm"]);
		expect(most).toBe(900);
	});

	it("shows one order beside a thousand", () => {
		expect(strength(1, 1_000)).toBeGreaterThanOrEqual(12);
		expect(strength(1_000, 1_000)).toBe(70);
		expect(deadlineMap([]).most).toBe(1);
	});
});
