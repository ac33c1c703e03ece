import { describe, expect, it } from "vitest";
import { yuanToFen } from "./yuan.ts";

describe("yuanToFen", () => {
	it.each([
		["109.00", 10900],
		["0.00", 0],
		["0.07", 7],
		["1.1", 110],
		["19.90", 1990],
		["1.005", null], // half a fen exists nowhere
		["1.5000", 150],
		["4503599627.37", 450359962737],
		["999999999999.99", 99999999999999],
		["-3.50", -350],
		["-0.00", 0],
		["8", 800],
		["", null],
		["abc", null],
		["1,000.00", null],
		["1e3", null],
		[".5", null],
		["1.", null],
	])("%s yuan is %s fen", (yuan, fen) => {
		expect(yuanToFen(yuan)).toBe(fen);
	});
});
