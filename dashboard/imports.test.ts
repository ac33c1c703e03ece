import { describe, expect, it } from "vitest";
import { csvRows } from "../mixins/table/csv.ts";
import { orderHeadings, templateRows } from "../services/order/import/columns.ts";
import { readTable } from "../services/shipment/import-table.ts";
import { readLinks } from "../services/sku/link-table.ts";
import { type ImportAnswer, importKinds, ordersIn, problemsIn, templateOf, workIn } from "./imports.ts";

const rowsOf = (kind: keyof typeof importKinds, language: "zh" | "en"): string[][] =>
	csvRows(templateOf(importKinds[kind].columns, language).replace("\uFEFF", ""), 10);

describe.each(["zh", "en"] as const)("a template in %s", (language) => {
	it("of tracking numbers is a table that the import takes", () => {
		const { total, rows, errors } = readTable(rowsOf("shipments", language));
		expect([total, errors]).toEqual([1, []]);
		expect(rows).toMatchObject([{ carrier: "顺丰速运", trackingNo: "SF1234567890123", sku: "", quantity: null }]);
	});

	it("of links is a table that the import takes", () => {
		const { drafts, errors } = readLinks(rowsOf("sku-links", language));
		expect([drafts.length, errors]).toEqual([1, []]);
		expect(drafts[0]?.parts).toEqual([{ erpSku: "CUP-BK-500", quantity: 1 }]);
	});

	it("of orders has the columns of the hub's own", () => {
		expect(rowsOf("orders", language)[0]).toEqual(templateRows(language)[0]);
	});
});

it("the columns of orders have the names by which errors tell of them", () => {
	expect(importKinds.orders.columns.map(({ name }) => name)).toEqual(Object.keys(orderHeadings));
});

describe("an answer", () => {
	const problem = { field: "quantity", message: "is no number", messageZh: "不是数" };

	it("of orders tells problems with their rows, and each order once", () => {
		const order = {
			...{ orderNo: "M1", known: false, receiver: { name: "王**", province: "浙江省", city: "杭州市" } },
			...{ money: { paidFen: 3_990 }, lines: [] },
		};
		const answer: ImportAnswer = {
			...{ total: 3, failed: 1, created: 1, known: 0 },
			rows: [
				{ row: 2, order, errors: [] },
				{ row: 3, order: null, errors: [] },
				{ row: 4, order: null, errors: [problem] },
			],
		};
		expect(problemsIn(answer)).toEqual([{ row: 4, ...problem }]);
		expect(ordersIn(answer)).toEqual([{ row: 2, ...order }]);
		expect(workIn(answer)).toBe(1);
	});

	it("of the others has its problems ready", () => {
		const errors = [{ row: 2, ...problem }];
		expect(problemsIn({ total: 2, failed: 1, accepted: 1, errors })).toBe(errors);
	});
});
