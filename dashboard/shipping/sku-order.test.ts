import { describe, expect, it } from "vitest";
import type { OrderRow } from "../orders/order.ts";
import { bySku } from "./sku-order.ts";

const order = (id: string, ...skus: string[]) =>
	({ _id: id, lines: skus.map((erpSku) => ({ erpSku, outerSku: "", parts: [] })) }) as unknown as OrderRow;

describe("rows by SKU", () => {
	it("stand together by their goods, otherwise as they were; what is not known yet stands last", () => {
		const rows = [order("a", "B1"), order("b"), order("c", "A1", "C1"), order("d", "B1"), order("e", "C1", "A1")];
		const known = (row: OrderRow): OrderRow | null => (row._id === "b" ? null : row);
		expect(bySku(rows, known).map(({ _id }) => _id)).toEqual(["c", "e", "a", "d", "b"]);
	});

	it("take a line without an ERP SKU by its merchant code, and a combo by its parts", () => {
		const parts = [{ erpSku: "A9" }, { erpSku: "A2" }];
		const combo = { _id: "combo", lines: [{ erpSku: "", outerSku: "Z", parts }] } as unknown as OrderRow;
		const bare = { _id: "bare", lines: [{ erpSku: "", outerSku: "A1", parts: [] }] } as unknown as OrderRow;
		expect(bySku([combo, bare], (row) => row).map(({ _id }) => _id)).toEqual(["bare", "combo"]);
	});
});
