import { expect, it } from "vitest";
import { fenIn, productFen, sumOf } from "./amounts.ts";

it.each([
	["19.90", 1990],
	[19.9, 1990],
	["-0.05", -5],
	[0, 0],
	["7", 700],
	["1.005", null],
	[3.3000000000000003, null],
	["", null],
	[null, null],
])("%j yuan are %j fen", (yuan, fen) => {
	expect(fenIn(yuan)).toBe(fen);
});

it.each([
	["33.333333", 3, 10_000],
	[9.95, 2, 1_990],
	["0.005", 1, 1],
	["1.0000001", 1, null],
	["1", 1.5, null],
])("%j yuan times %j are %j fen, rounded half up", (price, quantity, fen) => {
	expect(productFen(price, quantity)).toBe(fen);
});

it("knows no sum of what is not known", () => {
	expect(sumOf([1, 2])).toBe(3);
	expect(sumOf([1, null])).toBeNull();
	expect(sumOf([])).toBe(0);
});
