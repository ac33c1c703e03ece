import { strFromU8, unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import type { Cell } from "./cell.ts";
import { workbookWriter } from "./workbook.ts";
import { xlsxRows } from "./xlsx.ts";

function written(...pages: Cell[][][]): Buffer {
	const writer = workbookWriter();
	return Buffer.concat([...pages.flatMap((page) => writer.write(page)), ...writer.end()]);
}

describe("a workbook that the hub writes", () => {
	it("is read back as it was, however its rows came", async () => {
		const texts = ["4704368000001000037", "007", '<a href="&">', "两\n行", "😀", "", "x  y"];
		const pages: Cell[][][] = [[["a", "b"]], [texts, [1, { fen: 1_990 }]], [[{ fen: -5 }, -3]]];
		expect(await xlsxRows(written(...pages), 10)).toEqual([
			["a", "b", "", "", "", "", ""],
			texts,
			["1", "19.90", "", "", "", "", ""],
			["-0.05", "-3", "", "", "", "", ""],
		]);
	});

	it("has no cell that is a formula", () => {
		const sheet = strFromU8(
			unzipSync(written([["x"], ["=1+1", "+1", "-1", "@a", "＝1"]]))["xl/worksheets/sheet1.xml"] ?? new Uint8Array(),
		);
		expect(sheet).not.toContain("<f>");
		expect(sheet.match(/<c r="[A-E]2" s="2" t="inlineStr">/g)).toHaveLength(5);
	});

	it("leaves out what XML cannot say", async () => {
		expect(await xlsxRows(written([["a"], ["a\u0000b\u001fc\ud800d\uffff"]]), 10)).toEqual([["a"], ["abcd"]]);
	});

	it("gives most of a long table before its end", () => {
		const writer = workbookWriter();
		let early = 0;
		for (let page = 0; page < 50; page += 1) {
			const rows = Array.from({ length: 200 }, (_, at) => [`row ${page * 200 + at}`, page * 7_919 + at, { fen: at }]);
			early += writer.write(rows).reduce((sum, bytes) => sum + bytes.length, 0);
		}
		const late = writer.end().reduce((sum, bytes) => sum + bytes.length, 0);
		expect(early).toBeGreaterThan(late);
	});
});
