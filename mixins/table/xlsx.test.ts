import { strToU8, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { workbook } from "./workbook.sample.ts";
import { xlsxRows } from "./xlsx.ts";

const refused = expect.objectContaining({ type: "INVALID" });

describe("xlsxRows", () => {
	it("reads cells as text, long numbers digit by digit and formulas as the file says", async () => {
		const bytes = workbook([
			["编码", "名称", "条码"],
			["A-1", "保温杯", { number: "6901234567890" }],
			[{ number: "123456789012345678" }, { formula: "1+1", value: "二" }, ""],
		]);
		expect(await xlsxRows(bytes, 10)).toEqual([
			["编码", "名称", "条码"],
			["A-1", "保温杯", "6901234567890"],
			["123456789012345678", "二", ""],
		]);
	});

	it("reads times as the sheet shows them", async () => {
		const bytes = workbook([
			["a", "b"],
			[{ days: 46_099 }, { days: 46_099.5 }],
		]);
		expect(await xlsxRows(bytes, 10)).toEqual([
			["a", "b"],
			["2026-03-18", "2026-03-18 12:00:00"],
		]);
	});

	it("refuses more rows than it may read", async () => {
		await expect(xlsxRows(workbook([["a"], ["b"], ["c"]]), 2)).rejects.toEqual(refused);
	});

	it.each([
		["no ZIP", Buffer.from("PK, or so it says")],
		["nothing", Buffer.alloc(0)],
		["a ZIP that is no workbook", Buffer.from(zipSync({ "a.txt": strToU8("a") }))],
		["a workbook cut short", workbook([["code"], ["A"]]).subarray(0, 400)],
	])("refuses %s", async (_, bytes) => {
		await expect(xlsxRows(bytes, 10)).rejects.toEqual(refused);
	});

	it("refuses a small file that would unpack to a very large one", async () => {
		const bytes = zipSync({ "xl/worksheets/sheet1.xml": new Uint8Array(120 * 1024 * 1024) });
		expect(bytes.length).toBeLessThan(1_000_000);
		await expect(xlsxRows(bytes, 10)).rejects.toEqual(refused);
	});
});
