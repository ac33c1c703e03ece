import { describe, expect, it } from "vitest";
import { Causes } from "./causes.ts";
import type { Difference } from "./differences.ts";

const of = "order@erp-1";
const amount = (path: string, before = "19.90", after = "20.00"): Difference => ({
	what: "field",
	of,
	path,
	before,
	after,
});
const words = (path: string, before = "a", after = "b"): Difference => ({ what: "field", of, path, before, after });
const ending = (after: string): Difference => ({ what: "outcome", of: "", path: "", before: "ack", after });

/** Causes of orders o0, o1, … with these differences each. */
function causesOf(...orders: Difference[][]) {
	const causes = new Causes();
	for (const [place, differences] of orders.entries()) causes.add(`o${place}`, differences, null);
	return causes.list().map(({ title, count, examples }) => ({
		fields: title.en.replace(/^.*?: /, ""),
		count,
		examples: examples.map(({ orderId }) => orderId),
	}));
}

describe("Causes", () => {
	it("makes one cause of a changed tax rule: price, tax, amount and total of any line, some by rounding unchanged", () => {
		const line = (at: number) => ["price", "tax", "amount"].map((name) => amount(`lines[${at}].${name}`));
		const found = causesOf(
			[...line(0), amount("total")],
			[...line(1), ...line(2), amount("total")],
			[amount("lines[0].tax")], // the total stays by rounding
			[amount("lines[0].tax"), amount("total")],
		);
		expect(found).toEqual([
			{ fields: "lines[].tax, total, lines[].amount, lines[].price", count: 4, examples: ["o0", "o1", "o2", "o3"] },
		]);
	});

	it("keeps two changes apart that touch different orders, though one order has both", () => {
		const found = causesOf(
			[amount("lines[0].price")],
			[amount("lines[0].price")],
			[amount("lines[0].price"), amount("freight")],
			[amount("freight")],
			[amount("freight")],
		);
		expect(found).toMatchObject([
			{ fields: "freight", count: 3 },
			{ fields: "lines[].price", count: 3 },
		]);
	});

	it("keeps a text that changed in all orders apart from an amount that changed in some", () => {
		const found = causesOf([words("note"), amount("total")], [words("note")], [words("note")]);
		expect(found).toMatchObject([
			{ fields: "note", count: 3 },
			{ fields: "total", count: 1 },
		]);
	});

	it("makes one cause of texts and amounts that changed in exactly the same orders", () => {
		const both = [words("taxCode"), amount("lines[0].tax"), amount("lines[0].taxRate", "0.13", "0.09")];
		expect(causesOf(both, both)).toMatchObject([{ count: 2 }]);
	});

	it("bears an order in a hundred that does not fit", () => {
		const most = Array.from({ length: 100 }, () => [amount("price"), amount("total")]);
		expect(causesOf(...most, [amount("price")], [amount("total")])).toMatchObject([{ count: 102 }]);
	});

	it("groups failures by their reason, whatever number stands in it", () => {
		const found = causesOf(
			[ending("fail: no price of 4711")],
			[ending("fail: no price of 4712")],
			[ending("park: no")],
		);
		expect(found).toMatchObject([{ count: 2 }, { count: 1 }]);
	});

	it("says what becomes of the amounts, and gives at most five examples", () => {
		const causes = new Causes();
		for (let place = 0; place < 8; place += 1) causes.add(`o${place}`, [amount("total")], -10);
		const [cause] = causes.list();
		expect(cause).toMatchObject({ count: 8, changeFen: -80 });
		expect(cause?.title).toEqual({
			zh: "order@erp-1 的金额或数量变化：total",
			en: "Amounts or quantities of order@erp-1 change: total",
		});
		expect(cause?.examples).toHaveLength(5);
		expect(cause?.examples[0]).toEqual({ orderId: "o0", path: "total", before: "19.90", after: "20.00" });
	});

	it("says that the ERP would refuse, where a field goes that it needs", () => {
		const lost: Difference[] = [
			{ what: "field", of, path: "receiver.name", before: "张**", after: undefined },
			{ what: "rejected", of, path: "receiver.name", before: undefined, after: "refused" },
		];
		const causes = new Causes();
		causes.add("o1", lost, null);
		expect(causes.list()).toMatchObject([{ count: 1, title: { en: "order@erp-1 would be rejected: receiver.name" } }]);
	});

	it("stays small where the names of fields are data", () => {
		const causes = new Causes();
		for (let place = 0; place < 3_000; place += 1) causes.add(`o${place}`, [words(`byOrder.${place}x`)], null);
		expect(causes.list()).toHaveLength(401);
		expect(causes.list()[0]).toMatchObject({ count: 2_600 });
	});
});
