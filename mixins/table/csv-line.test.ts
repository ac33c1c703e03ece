import { describe, expect, it } from "vitest";
import type { Cell } from "./cell.ts";
import { csvRows, textOf } from "./csv.ts";
import { csvLine, csvWriter } from "./csv-line.ts";

describe("csvLine", () => {
	it.each<[Cell, string]>([
		["CUP", '"CUP"'],
		['a "b", c', '"a ""b"", c"'],
		["=1+1", '"\'=1+1"'],
		[" @a", '"\' @a"'],
		["＋86", '"\'＋86"'],
		["4704368000001000037", '"\'4704368000001000037"'],
		["007", '"\'007"'],
		["0", '"0"'],
		[-3, "-3"],
		[{ fen: 5 }, "0.05"],
		[{ fen: -1_990 }, "-19.90"],
	])("writes %j as %s", (cell, text) => {
		expect(csvLine([cell])).toBe(`${text}\r\n`);
	});
});

it("a CSV begins with the mark that spreadsheets know UTF-8 by, once", () => {
	const writer = csvWriter();
	const bytes = Buffer.concat([...writer.write([["编码"]]), ...writer.write([["甲"], [1]]), ...writer.end()]);
	expect(bytes.toString().split("\uFEFF")).toHaveLength(2);
	expect(csvRows(textOf(bytes), 10)).toEqual([["编码"], ["甲"], ["1"]]);
});
