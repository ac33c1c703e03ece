import { describe, expect, it } from "vitest";
import { code128, symbolsOf } from "./code128.ts";

describe("Code 128", () => {
	it.each([
		["a letter first: set B", "YT88", [104, 57, 52, 24, 24, (104 + 57 + 2 * 52 + 3 * 24 + 4 * 24) % 103, 106]],
		["digits in pairs: set C", "7712", [105, 77, 12, (105 + 77 + 2 * 12) % 103, 106]],
		["an odd number of digits: set B", "771", [104, 23, 23, 17, (104 + 23 + 2 * 23 + 3 * 17) % 103, 106]],
	])("of %s", (_name, text, symbols) => {
		expect(symbolsOf(text)).toEqual(symbols);
	});

	it("has eleven modules a symbol and two more at the end, three bars a symbol and one more", () => {
		const { bars, modules } = code128("YT88");
		expect(modules).toBe(7 * 11 + 2);
		expect(bars).toHaveLength(7 * 3 + 1);
		expect(bars.at(-1)).toEqual({ at: modules - 2, width: 2 });
	});

	it("refuses what it cannot show", () => {
		expect(() => code128("运单")).toThrow(RangeError);
	});
});
