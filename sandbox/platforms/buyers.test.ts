import { describe, expect, it } from "vitest";
import { seeded } from "../random.ts";
import { fillBasket } from "./buyers.ts";

const baskets = Array.from({ length: 500 }, (_, at) => fillBasket(seeded(`s:${at}`), null));

describe("fillBasket", () => {
	it("fills the same basket for the same seed and another one for another seed", () => {
		expect(fillBasket(seeded("a"), null)).toEqual(fillBasket(seeded("a"), null));
		expect(fillBasket(seeded("a"), null)).not.toEqual(fillBasket(seeded("b"), null));
	});

	it("makes every fen add up", () => {
		for (const { lines, freightFen, paidFen } of baskets) {
			for (const line of lines) {
				expect(line.paidFen).toBe(line.priceFen * line.quantity - line.discountFen - line.orderDiscountFen);
				expect(line.paidFen).toBeGreaterThan(0);
			}
			expect(lines.reduce((sum, line) => sum + line.paidFen, freightFen)).toBe(paidFen);
		}
	});

	it("draws what makes clients stumble: many lines, quantities, unit prices that do not end, no city", () => {
		const lines = baskets.flatMap((basket) => basket.lines);
		expect(new Set(baskets.map((basket) => basket.lines.length))).toEqual(new Set([1, 2, 3, 4, 5]));
		expect(new Set(lines.map((line) => line.quantity))).toEqual(new Set([1, 2, 3, 4, 5]));
		expect(lines.some((line) => (line.paidFen * 10_000) % line.quantity !== 0)).toBe(true);
		expect(baskets.some((basket) => basket.receiver.city === "")).toBe(true);
	});

	it("sells what was wished for, also what is in no catalogue", () => {
		const wishes = [{ sku: "NOT-KNOWN", quantity: 3, priceFen: 333 }];
		const [line] = fillBasket(seeded("a"), wishes).lines;
		expect(line).toMatchObject({ sku: "NOT-KNOWN", quantity: 3, priceFen: 333 });
	});
});
