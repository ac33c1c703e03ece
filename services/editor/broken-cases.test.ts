import { describe, expect, it } from "vitest";
import { readMapping } from "../../nodes/jsonata-map/mapping-files.ts";
import { brokenCases, brokenWords } from "./broken-cases.ts";
import type { FlowNode } from "./flow-files.ts";

const tab: FlowNode = { id: "tab", type: "tab", label: "订单 → ERP" };
const map = (over: object): FlowNode => ({ id: "map", type: "jsonata-map", z: "tab", name: "", file: "", ...over });
const inline = (expression: string, over: object = {}): FlowNode => map({ source: "inline", expression, ...over });
const cases = [{ name: "money in yuan", input: { order: { paidFen: 1990 } }, output: { paid: 19.9 } }];

describe("brokenCases", () => {
	it("finds none in mappings that keep theirs", async () => {
		const right = inline('{ "paid": $yuan(order.paidFen) }', { cases });
		const file = map({ id: "file", source: "file", file: "generic/order" });
		const copy = inline(await readMapping("qimen/order"), { id: "copy", casesFrom: "qimen/order" });
		expect(await brokenCases([tab, right, file, copy, inline("anything", { id: "none" })])).toEqual([]);
	});

	it("names tab, node, case and field of each that is broken", async () => {
		const wrong = inline('{ "paid": order.paidFen }', { name: "to the ERP", cases });
		expect(await brokenCases([tab, wrong])).toEqual([
			{ place: "订单 → ERP › to the ERP", name: "money in yuan", problems: ["paid: 19.9 ≠ 1990"] },
		]);
	});

	it("holds a changed copy of a mapping file against the file's cases", async () => {
		const text = (await readMapping("generic/order")).replace("orderNo", "platform");
		const broken = await brokenCases([tab, inline(text, { casesFrom: "generic/order" })]);
		expect(broken.length).toBeGreaterThan(10);
		expect(broken[0]?.problems[0]).toMatch(/^orderNo: "\d+" ≠ –$/);
	});

	it("does not look at what is switched off", async () => {
		const wrong = inline("1", { cases });
		expect(await brokenCases([{ ...tab, disabled: true }, wrong])).toEqual([]);
		expect(await brokenCases([tab, { ...wrong, d: true }])).toEqual([]);
		expect(await brokenCases([tab, wrong])).toHaveLength(1);
	});

	it.each([
		[inline("1 +", { cases }), "money in yuan", /line 1, column/],
		[inline("1", { casesFrom: "nobody/order" }), "", /no mapping file nobody\/order.cases.json$/],
		[map({ source: "file", file: "nobody/order" }), "", /no mapping file nobody\/order.jsonata$/],
		[inline("1", { cases: [{ name: "half", input: 1 }] }), "", /"half" needs/],
	])("tells what else is wrong, %#", async (node, name, problem) => {
		expect(await brokenCases([tab, node])).toEqual([
			{ place: expect.stringContaining("订单 → ERP › "), name, problems: [expect.stringMatching(problem)] },
		]);
	});

	it("gives up in time, and counts what it did not get to as broken", async () => {
		const endless = "($f := function($n) { $f($n + 1) }; $f(1))";
		const many = Array.from({ length: 40 }, (_, n) => ({ name: `case ${n}`, input: {}, output: 1 }));
		const begun = Date.now();
		const broken = await brokenCases([tab, inline(endless, { cases: many })], 1_000);
		expect(Date.now() - begun).toBeLessThan(4_000);
		expect(broken).toHaveLength(40);
		expect(broken[39]?.problems[0]).toBe("> 1000 ms");
	});
});

describe("brokenWords", () => {
	it("says it in both languages, and not more than fits", () => {
		const each = { place: "tab › map", name: "a case", problems: Array.from({ length: 9 }, (_, n) => `f${n}: 1 ≠ 2`) };
		const { zh, en } = brokenWords(Array.from({ length: 8 }, () => each));
		expect(zh).toMatch(/^映射未通过黄金用例/);
		expect(en).toMatch(/^Golden cases .*\ntab › map › a case\n {2}f0: 1 ≠ 2\n/);
		expect(en).toMatch(/\n… \+3$/);
		expect(en.split("\n")).toHaveLength(1 + 5 * 6 + 1);
	});
});
