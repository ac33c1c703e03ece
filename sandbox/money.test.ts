import { describe, expect, it } from "vitest";
import { fenOf, lineTotalFen, split, yuan } from "./money.ts";

describe("money", () => {
	it.each([
		[0, "0.00"],
		[7, "0.07"],
		[1990, "19.90"],
		[123456789, "1234567.89"],
	])("%i fen is written %s", (fen, text) => {
		expect(yuan(fen)).toBe(text);
		expect(fenOf(text)).toBe(fen);
	});

	it.each(["", "-1", "1.005", "1,000", "1e3", "0.30000000000000004", "1."])("%s is no amount", (text) => {
		expect(fenOf(text)).toBeNull();
	});

	it.each([
		["33.333333", 3, 10000], // a periodic unit price comes back to the paid amount
		["0.005", 1, 1], // half goes up
		["0.004999", 1, 0],
		["19.9", 5, 9950],
	])("a unit price of %s times %i is %i fen", (price, quantity, fen) => {
		expect(lineTotalFen(price, quantity)).toBe(fen);
	});

	it("refuses a unit price of seven decimals", () => {
		expect(lineTotalFen("1.0000001", 1)).toBeNull();
	});

	it.each([
		[100, [1, 1, 1], [34, 33, 33]],
		[900, [7800, 4000], [595, 305]],
		[5, [0, 0], [5, 0]],
		[0, [3, 4], [0, 0]],
	])("%i fen over %j are %j", (total, weights, shares) => {
		expect(split(total, weights)).toEqual(shares);
	});
});
