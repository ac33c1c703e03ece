import { describe, expect, it } from "vitest";
import { readTable } from "./import-table.ts";

const heading = ["订单号", "快递公司", "运单号", "商家编码", "数量"];

describe("readTable", () => {
	it.each([
		[["orderNo", "carrier", "trackingNo"]],
		[["Order No*", "Carrier", "tracking_no"]],
		[["订单编号", "物流公司", "快递单号"]],
	])("knows the columns %j", (columns) => {
		expect(readTable([columns, ["1", "SF", "SF1234"]])).toEqual({
			total: 1,
			rows: [{ row: 2, orderNo: "1", carrier: "SF", trackingNo: "SF1234", sku: "", quantity: null }],
			errors: [],
		});
	});

	it("takes columns in any order, and passes over others and empty rows", () => {
		const table = [["备注", ...heading.toReversed()], [], ["x", "2", "CUP", " SF1234 ", "SF", "'42"], ["", "", ""]];
		expect(readTable(table).rows).toEqual([
			{ row: 3, orderNo: "42", carrier: "SF", trackingNo: "SF1234", sku: "CUP", quantity: 2 },
		]);
	});

	it.each([
		[["", "SF", "SF1234", "", ""], "orderNo", "is missing"],
		[["1", "", "SF1234", "", ""], "carrier", "is missing"],
		[["1.23457E+18", "SF", "SF1234", "", ""], "orderNo", "lost digits"],
		[["1", "SF", "7.8E+14", "", ""], "trackingNo", "lost digits"],
		[["1", "SF", "SF1234", "CUP", "1.5"], "quantity", "no number of pieces"],
		[["1", "SF", "SF1234", "CUP", "0"], "quantity", "no number of pieces"],
		[["1", "SF", "SF1234", "", "2"], "quantity", "without a SKU"],
	])("tells what is wrong with %j", (cells, field, words) => {
		const { total, rows, errors } = readTable([heading, cells]);
		expect({ total, rows }).toEqual({ total: 1, rows: [] });
		expect(errors).toEqual([
			{ row: 2, field, message: expect.stringContaining(words), messageZh: expect.stringMatching(/[一-龥]/) },
		]);
	});

	it.each([
		["without a column that is needed", [["orderNo", "carrier"]]],
		["with a column twice", [["orderNo", "carrier", "trackingNo", "订单号"]]],
		["that is empty", []],
	])("refuses a table %s", (_what, table) => {
		expect(() => readTable(table)).toThrow(expect.objectContaining({ type: "INVALID" }));
	});
});
