import { describe, expect, it } from "vitest";
import { changeRows } from "./change-rows.ts";

const titles = new Map([["11.1", "保温杯 黑"]]);
const rowsOf = (change: Record<string, unknown>) => changeRows(change, titles);

describe("what an entry of the timeline changed", () => {
	it("is told in the words of the trade, before and after", () => {
		expect(rowsOf({ status: ["WAIT_PAY", "WAIT_SHIP"], "money.paidFen": [1990, 1890] })).toEqual([
			{
				field: { zh: "订单状态", en: "State" },
				before: { zh: "待付款", en: "to be paid" },
				after: { zh: "待发货", en: "to ship" },
			},
			{ field: { zh: "实付", en: "Paid" }, before: "19.90", after: "18.90" },
		]);
	});

	it("has times as they are in Beijing, and a dash for what was not there", () => {
		expect(rowsOf({ shipDeadline: [null, "2026-11-10T16:00:00.000Z"] })).toEqual([
			{ field: { zh: "发货期限", en: "Ship until" }, before: "—", after: "2026-11-11 00:00:00" },
		]);
	});

	it("names the goods, also where a line's number has a point in it", () => {
		expect(rowsOf({ "lines.11.1.quantity": [1, 2] })).toEqual([
			{ field: { zh: "保温杯 黑 数量", en: "保温杯 黑: quantity" }, before: "1", after: "2" },
		]);
		expect(rowsOf({ "lines.11.1": [null, "CUP × 1"] })[0]).toEqual({
			field: { zh: "保温杯 黑", en: "保温杯 黑" },
			before: "—",
			after: "CUP × 1",
		});
	});

	it("tells two holds as two holds, not as a change", () => {
		expect(rowsOf({ holds: ["MANUAL", "RISK"] })).toEqual([
			{ field: { zh: "拦截", en: "Holds" }, after: { zh: "人工拦截、风险", en: "held by hand, risk" } },
		]);
	});

	it("leaves out what says nothing", () => {
		expect(rowsOf({ reason: "", docNo: "SO-1" })).toEqual([
			{ field: { zh: "ERP 单号", en: "Document" }, after: "SO-1" },
		]);
	});
});
