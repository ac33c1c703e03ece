import { describe, expect, it } from "vitest";
import { checked, readPaste } from "./paste.ts";
import type { Target } from "./shapes.ts";

const target = (platformSkuId: string, outerSku: string): Target => ({
	...{ platform: "taobao", shopId: "s", title: "", spec: "" },
	platformSkuId,
	outerSku,
});

describe("readPaste", () => {
	it("reads rows of a spreadsheet, of one code as a combo, and leaves headings and empty rows out", () => {
		const rows = readPaste("商家编码\tERP编码\t数量\r\nSET-1\tCUP\t2\r\nSET-1\tLID\t\r\n\r\nPEN-1, PEN\n");
		expect(rows).toMatchObject([
			{
				line: 2,
				code: "SET-1",
				wrong: null,
				parts: [
					{ erpSku: "CUP", quantity: 2 },
					{ erpSku: "LID", quantity: 1 },
				],
			},
			{ line: 5, code: "PEN-1", wrong: null, parts: [{ erpSku: "PEN", quantity: 1 }] },
		]);
	});

	it.each([
		["SET-1", "columns", ""],
		["\tCUP", "columns", ""],
		["SET-1\tCUP\t1\tmore", "columns", ""],
		["SET-1\tCUP\t0", "quantity", "CUP"],
		["SET-1\tCUP\t1.5", "quantity", "CUP"],
		["SET-1\tCUP\tmany", "quantity", "CUP"],
		["SET-1\tCUP\nSET-1\tCUP", "twice", "CUP"],
	])("says what is wrong with %j", (text, wrong, what) => {
		expect(readPaste(text)).toMatchObject([{ wrong, what }]);
	});
});

describe("checked", () => {
	const skus = [target("1", "SET-1"), target("2", "SET-1"), target("3", "")];

	it("finds every SKU of the shop that the code names, by the merchant's code or the platform's id", () => {
		const [byCode, byId] = checked(readPaste("SET-1\tCUP\n3\tCUP"), skus, new Set(["CUP"]));
		expect(byCode?.targets.map(({ platformSkuId }) => platformSkuId)).toEqual(["1", "2"]);
		expect(byId?.targets.map(({ platformSkuId }) => platformSkuId)).toEqual(["3"]);
	});

	it("says which ERP SKU or which SKU of the platform there is not", () => {
		expect(checked(readPaste("SET-1\tPOT\nSET-9\tCUP"), skus, new Set(["CUP"]))).toMatchObject([
			{ wrong: "no-erp-sku", what: "POT" },
			{ wrong: "no-platform-sku", what: "SET-9" },
		]);
	});

	it("takes any code of the ERP where the hub was told of none", () => {
		expect(checked(readPaste("SET-1\tPOT"), skus, null)).toMatchObject([{ wrong: null }]);
	});
});
