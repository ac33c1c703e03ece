import { describe, expect, it } from "vitest";
import { helpers } from "./helpers.ts";

describe("money helpers", () => {
	it.each([
		[0, 0, "0.00"],
		[5, 0.05, "0.05"],
		[1990, 19.9, "19.90"],
		[-1999, -19.99, "-19.99"],
		[123456789, 1234567.89, "1234567.89"],
	])("%i fen are %d yuan, or %s as text", (fen, number, text) => {
		expect(helpers.yuan(fen)).toBe(number);
		expect(helpers.yuanText(fen)).toBe(text);
	});

	it.each([
		[1000, [1, 2], [333, 667]],
		[100, [1, 1, 1], [34, 33, 33]],
		[5, 3, [5]],
		[0, [1, 2], [0, 0]],
	])("share %i fen by %j as %j", (totalFen, weights, shares) => {
		expect(helpers.share(totalFen, weights)).toEqual(shares);
	});

	it("share nothing that is not there, and by nothing", () => {
		expect(helpers.share(undefined, [1])).toBeUndefined();
		expect(helpers.share(1, undefined)).toBeUndefined();
		expect(() => helpers.share(1, [])).toThrow(RangeError);
	});

	it("refuse what is no whole number of fen", () => {
		expect(() => helpers.yuan(19.9)).toThrow(TypeError);
		expect(() => helpers.yuanText(Number.NaN)).toThrow(TypeError);
	});

	it.each([
		[1990, 1, "19.90"],
		[1990, 2, "9.95"],
		[10000, 3, "33.333333"],
		[10001, 3, "33.336667"],
		[1, 7, "0.001429"],
		[0, 4, "0.00"],
	])("%i fen for %i pieces are %s yuan a piece", (totalFen, pieces, price) => {
		expect(helpers.pieceYuan(totalFen, pieces)).toBe(price);
	});

	it("give a price of a piece that brings every line back to the fen, rounded half up", () => {
		for (let pieces = 1; pieces <= 99; pieces += 1) {
			for (let totalFen = 9; totalFen < 30_000; totalFen += 397) {
				const millionths = BigInt(Math.round(Number(helpers.pieceYuan(totalFen, pieces)) * 1e6)) * BigInt(pieces);
				expect(Number((millionths + 5_000n) / 10_000n)).toBe(totalFen);
			}
		}
	});

	it("refuse a price for no piece, and for more pieces than six decimals can tell apart", () => {
		expect(() => helpers.pieceYuan(1990, 0)).toThrow(RangeError);
		expect(() => helpers.pieceYuan(1, 3_000_000)).toThrow(RangeError);
	});
});

describe("rounding helpers", () => {
	it.each([
		[2.5, 0, 3, "3"],
		[0.125, 2, 0.13, "0.13"],
		[1.005, 2, 1.01, "1.01"], // in binary it is below 1.005
		[-1.005, 2, -1.01, "-1.01"],
		[19.9, 2, 19.9, "19.90"],
		[1e-7, 2, 0, "0.00"],
		[1e21, 1, 1e21, "1000000000000000000000.0"],
	])("%d to %i digits, half up, is %d or %s", (value, digits, number, text) => {
		expect(helpers.halfUp(value, digits)).toBe(number);
		expect(helpers.fixed(value, digits)).toBe(text);
	});
});

describe("time helpers", () => {
	it("write Beijing time, whether given a Date or ISO text", () => {
		const at = "2026-01-01T19:04:05.999Z";
		expect(helpers.time(at)).toBe("2026-01-02 03:04:05");
		expect(helpers.time(new Date(at))).toBe("2026-01-02 03:04:05");
		expect(helpers.day(at)).toBe("2026-01-02");
		expect(helpers.iso(at)).toBe("2026-01-02T03:04:05+08:00");
	});

	it("refuse what is no time", () => {
		expect(() => helpers.day("soon")).toThrow(TypeError);
	});
});

it("a missing value stays missing in every helper", () => {
	for (const helper of Object.values(helpers)) {
		expect(helper(undefined, undefined)).toBeUndefined();
		expect(helper(null, 2)).toBeUndefined();
	}
});
