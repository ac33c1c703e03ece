import { describe, expect, it } from "vitest";
import { readCode, variantsOf } from "./read-code.ts";

describe("readCode", () => {
	it.each([
		["CUP", [["CUP", 1]]],
		["CUP*2", [["CUP", 2]]],
		[" CUP × 3 ", [["CUP", 3]]],
		["ＣＵＰ＊２", [["CUP", 2]]],
		[
			"CUP*2+LID",
			[
				["CUP", 2],
				["LID", 1],
			],
		],
		["TEE-BK-XL", [["TEE-BK-XL", 1]]], // the X of a size is no sign of times
	] as const)("reads %s", (code, parts) => {
		expect(readCode(code)).toEqual(parts.map(([erpSku, quantity]) => ({ erpSku, quantity })));
	});

	it.each(["", "+", "CUP+", "CUP*0", "CUP*20000", "CUP+CUP", "A+B+C+D+E+F+G+H+I+J+K"])(
		"reads nothing in %j",
		(code) => {
			expect(readCode(code)).toBeNull();
		},
	);
});

describe("variantsOf", () => {
	it("has the code itself first, and what people write instead of it", () => {
		const variants = variantsOf("cup_bk 500");
		expect(variants[0]).toBe("cup_bk 500");
		expect(variants).toEqual(expect.arrayContaining(["CUP-BK-500", "CUP-BK500", "CUPBK500", "cup_bk500", "CUP_BK500"]));
		expect(variantsOf("")).toEqual([]);
	});
});
