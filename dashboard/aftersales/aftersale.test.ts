import { describe, expect, it } from "vitest";
import { type Aftersale, answerable, isAutomatic, pieces, receivable, totalFen } from "./aftersale.ts";
import { daysToInstants } from "./columns.ts";

const aftersale = (change: Partial<Aftersale>): Aftersale =>
	({
		type: "RETURN_REFUND",
		status: "WAIT_SELLER_RECEIVE",
		moves: ["AGREE_REFUND"],
		refundFen: 100,
		...change,
	}) as Aftersale;

describe("of chosen after-sales", () => {
	it("only those are answered to which the answer is legal now", () => {
		const rows = [aftersale({}), aftersale({ moves: [] }), aftersale({ moves: ["AGREE_RETURN", "REFUSE"] })];
		expect(answerable(rows, "AGREE_REFUND")).toEqual([rows[0]]);
		expect(totalFen(rows)).toBe(300);
	});

	it.each([
		["a return on its way", {}, true],
		["a return that nobody agreed to", { status: "APPLIED" }, false],
		["a return that is over", { status: "DONE" }, false],
		["a refund without goods", { type: "REFUND_ONLY" }, false],
	] as const)("%s can be received: %s", (_what, change, expected) => {
		expect(receivable(aftersale(change))).toBe(expected);
	});

	it("pieces are those of all lines", () => {
		const line = { lineId: "1", platformSkuId: "", outerSku: "", title: "", refundFen: 0 };
		expect(
			pieces(
				aftersale({
					lines: [
						{ ...line, quantity: 2 },
						{ ...line, quantity: 3 },
					],
				}),
			),
		).toBe(5);
	});
});

it("a decision is automatic unless a person made it", () => {
	expect(["user:amy", "flow:f@1", "client:erp", "rule:r"].map(isAutomatic)).toEqual([false, true, true, true]);
});

it("days are Beijing's, the last one included", () => {
	expect(daysToInstants("2026-11-11", "2026-11-12")).toEqual({
		from: "2026-11-10T16:00:00.000Z",
		to: "2026-11-12T16:00:00.000Z",
	});
	expect(daysToInstants("", "")).toEqual({});
});
