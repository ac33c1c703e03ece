import { describe, expect, it } from "vitest";
import { lostDigits, rowsUnder } from "./columns.ts";

const headings = { code: ["code", "编码"], price: ["price", "单价"] };

describe("rowsUnder", () => {
	it.each([[["Code", "Price"]], [["编码*", "单价（元）"]], [["单价 (元)", "编码"].toReversed()]])(
		"finds the columns %j",
		(heading) => {
			const [row] = rowsUnder([heading, [" A-1 ", "'0012"]], headings, ["code"]);
			expect([row?.row, row?.cell("code"), row?.cell("price")]).toEqual([2, "A-1", "0012"]);
		},
	);

	it("counts empty rows and passes them over; a column that is not there is empty", () => {
		const rows = rowsUnder([["code"], [], ["", " "], ["A"]], headings, ["code"]);
		expect(rows.map(({ row, cell }) => [row, cell("code"), cell("price")])).toEqual([[4, "A", ""]]);
	});

	it.each([
		["without a column that is needed", [["price"]]],
		["with a column twice", [["code", "编码"]]],
		["that is empty", []],
	])("refuses a table %s", (_what, table) => {
		const invalid = expect.objectContaining({ type: "INVALID", data: { field: "content" } });
		expect(() => rowsUnder(table, headings, ["code"])).toThrow(invalid);
	});
});

describe("lostDigits", () => {
	it.each([
		["1.23457E+18", true],
		["7E+14", true],
		["1234567890123456789", false],
		["E+1", false],
	])("of %s is %s", (cell, lost) => {
		expect(lostDigits(cell)).toBe(lost);
	});
});
