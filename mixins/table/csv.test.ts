import { describe, expect, it } from "vitest";
import { csvRows, textOf } from "./csv.ts";

describe("csvRows", () => {
	it.each([
		[
			"a,b\r\n1,2\r\n",
			[
				["a", "b"],
				["1", "2"],
			],
		],
		[
			"a,b\n1,2",
			[
				["a", "b"],
				["1", "2"],
			],
		],
		[
			"a\tb\r1\t2,5",
			[
				["a", "b"],
				["1", "2,5"],
			],
		],
		[
			"a;b\n1;2",
			[
				["a", "b"],
				["1", "2"],
			],
		],
		[
			'a,b\n"x,\n""y""",2',
			[
				["a", "b"],
				['x,\n"y"', "2"],
			],
		],
		[
			"a,b,c\n1,,\n,,3",
			[
				["a", "b", "c"],
				["1", "", ""],
				["", "", "3"],
			],
		],
		["a,b\n\n1,2", [["a", "b"], [""], ["1", "2"]]],
		["\uFEFFcode\nA", [["code"], ["A"]]],
		["", []],
	])("reads %j", (text, rows) => {
		expect(csvRows(text, 10)).toEqual(rows);
	});

	it("refuses a quotation that does not end, and more rows than it may read", () => {
		expect(() => csvRows('a\n"b', 10)).toThrow(
			expect.objectContaining({ type: "INVALID", data: { row: 2, field: "content" } }),
		);
		expect(() => csvRows("a\nb\nc", 2)).toThrow(expect.objectContaining({ type: "INVALID" }));
	});

	it("reads a cell of some megabytes", () => {
		const cell = "x".repeat(4_000_000);
		expect(csvRows(`a\n"${cell}"`, 10)[1]).toEqual([cell]);
	});
});

describe("textOf", () => {
	it.each([
		["UTF-8", Buffer.from("编码,名称")],
		["UTF-8 with its mark", Buffer.from("\uFEFF编码,名称")],
		["UTF-16", Buffer.from("\uFEFF编码,名称", "utf16le")],
		["GB 18030", Buffer.from("b1e0c2eb2cc3fbb3c6", "hex")],
	])("reads %s", (_, bytes) => {
		expect(csvRows(textOf(bytes), 10)).toEqual([["编码", "名称"]]);
	});
});
