import { describe, expect, it } from "vitest";
import { cancel } from "./cancels.ts";
import { walkWith } from "./canned.ts";
import { erpnextCase } from "./case.ts";
import { change } from "./changes.ts";

const changed = erpnextCase.documents.change?.("A1") ?? {};

/** Answers of an ERP with these Sales Orders of the number. */
const erpWith =
	(...orders: object[]) =>
	({ method }: { method: string }): unknown =>
		method === "GET" ? orders : { name: "SO-2", docstatus: 1, grand_total: 66.66 };
const callsOf = (asked: { method: string; path: string; body: unknown }[]) =>
	asked.map(({ method, path, body }) => [method, path, (body as { docstatus?: number } | null)?.docstatus]);

describe("a draft that somebody made in ERPNext", () => {
	it("is removed by a cancel, for only what is submitted can be cancelled", () => {
		const { result, asked } = walkWith(
			cancel.send({ po_no: "A1" }),
			erpWith({ name: "SO-1", docstatus: 1 }, { name: "SO-1b", docstatus: 0 }),
		);
		expect(result).toEqual({ state: "OK", docNo: "SO-1b" });
		expect(callsOf(asked).slice(1)).toEqual([
			["PUT", "Sales Order/SO-1", 2],
			["DELETE", "Sales Order/SO-1b", undefined],
		]);
	});

	it("is removed by a change, which then amends nothing", () => {
		const { result, asked } = walkWith(change.send(changed), erpWith({ name: "SO-1", docstatus: 0 }));
		expect(result).toEqual({ state: "OK", docNo: "SO-2" });
		expect(callsOf(asked).slice(1)).toEqual([
			["DELETE", "Sales Order/SO-1", undefined],
			["POST", "Sales Order", 1],
		]);
		expect(asked.at(-1)?.body).not.toHaveProperty("amended_from");
	});
});

describe("a change", () => {
	it("that stopped after the old order was cancelled goes on from there, and only from there", () => {
		const halfway = { name: "SO-1", docstatus: 2, custom_hub_version: "1", custom_hub_replaced_by: "2" };
		const { result, asked } = walkWith(change.send(changed), erpWith(halfway));
		expect(result).toEqual({ state: "OK", docNo: "SO-2" });
		expect(asked.at(-1)).toMatchObject({ method: "POST", body: { amended_from: "SO-1", docstatus: 1 } });

		const cancelledByHand = { ...halfway, custom_hub_replaced_by: null };
		const other = walkWith(change.send(changed), erpWith(cancelledByHand));
		expect(other.result).toEqual({ state: "REJECTED", reason: "SO-1 is cancelled" });
		expect(other.asked).toHaveLength(1);
	});
});
