import { describe, expect, it } from "vitest";
import { differencesBetween } from "./differences.ts";
import type { Made, MadeDocument } from "./rig/plan.ts";

const made = (over: Partial<Made> = {}): Made => ({ documents: [], deeds: [], outcome: "ack", reason: "", ...over });
const doc = (document: unknown, over: Partial<MadeDocument> = {}): MadeDocument => ({
	kind: "order",
	connectionId: "erp-1",
	document,
	objections: [],
	bookedFen: null,
	...over,
});
const between = (before: unknown, after: unknown) =>
	differencesBetween(made({ documents: [doc(before)] }), made({ documents: [doc(after)] })).map(
		({ what, path, before, after }) => [what, path, before, after],
	);

describe("differencesBetween", () => {
	it("finds none in the same, whatever the order of keys", () => {
		expect(between({ a: 1, lines: [{ sku: "A", qty: 1 }] }, { lines: [{ qty: 1, sku: "A" }], a: 1 })).toEqual([]);
	});

	it("names a changed value by its path", () => {
		expect(between({ head: { total: "19.90" } }, { head: { total: "20.00" } })).toEqual([
			["field", "head.total", "19.90", "20.00"],
		]);
	});

	it("tells a SKU that goes and one that comes, and not all behind them", () => {
		const lines = (...skus: string[]) => ({ lines: skus.map((sku) => ({ sku, qty: 1 })) });
		expect(between(lines("A", "B", "C"), lines("B", "C", "D"))).toEqual([
			["line", "lines[0]", "A", undefined],
			["line", "lines[2]", undefined, "D"],
		]);
	});

	it("finds the change of a line that moved", () => {
		const before = {
			lines: [
				{ sku: "A", price: "1.00" },
				{ sku: "B", price: "2.00" },
			],
		};
		const after = {
			lines: [
				{ sku: "B", price: "3.00" },
				{ sku: "A", price: "1.00" },
			],
		};
		expect(between(before, after)).toEqual([["field", "lines[0].price", "2.00", "3.00"]]);
	});

	it("goes by place where nothing names the entries", () => {
		expect(between({ qty: [1, 2, 3] }, { qty: [1, 5] })).toEqual([
			["field", "qty[1]", 2, 5],
			["line", "qty[2]", 3, undefined],
		]);
	});

	it("tells a list that collapsed to one entry", () => {
		expect(between({ lines: [{ sku: "A" }] }, { lines: { sku: "A" } })).toEqual([
			["field", "lines", '[{"sku":"A"}]', '{"sku":"A"}'],
		]);
	});

	it("tells documents that appear and disappear, by their connection", () => {
		const before = made({ documents: [doc({}), doc({}, { kind: "cancel" })] });
		const after = made({ documents: [doc({}), doc({}, { connectionId: "erp-2" })] });
		expect(differencesBetween(before, after)).toEqual([
			{ what: "document", of: "cancel@erp-1", path: "", before: "made", after: undefined },
			{ what: "document", of: "order@erp-2", path: "", before: undefined, after: "made" },
		]);
	});

	it("tells what the ERP would refuse now, and no longer", () => {
		const before = made({ documents: [doc({}, { objections: ["lines[].qty"] })] });
		const after = made({ documents: [doc({}, { objections: ["receiver.name"] })] });
		expect(differencesBetween(before, after)).toMatchObject([
			{ what: "rejected", path: "receiver.name", after: "refused" },
			{ what: "rejected", path: "lines[].qty", before: "refused" },
		]);
	});

	it("tells a failure alone, not the document that is missing by it", () => {
		const before = made({ documents: [doc({})] });
		expect(differencesBetween(before, made({ outcome: "fail", reason: "no unit" }))).toEqual([
			{ what: "outcome", of: "", path: "", before: "ack", after: "fail: no unit" },
		]);
	});

	it("tells other actions that the flow calls", () => {
		const hold = { action: "order.hold", params: { id: "1", reason: "RISK" } };
		expect(differencesBetween(made(), made({ deeds: [hold] }))).toMatchObject([{ what: "deed", of: "order.hold" }]);
		expect(differencesBetween(made({ deeds: [hold] }), made({ deeds: [hold] }))).toEqual([]);
	});
});
