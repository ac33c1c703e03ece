import jsonata from "jsonata";
import { describe, expect, it } from "vitest";
import { mutantsOf } from "./mutants.ts";

/** What the expression gives with each mistake, by what the mistake is. */
async function outcomes(source: string, input: unknown): Promise<Record<string, unknown>> {
	const expression = jsonata(source);
	const found: Record<string, unknown> = {};
	for (const { what, make } of mutantsOf(expression.ast())) {
		const takeBack = make();
		found[what] = await expression.evaluate(input).catch(() => "fails");
		takeBack();
	}
	return found;
}

describe("mutantsOf", () => {
	it.each([
		["1 + 2", "+ becomes -", -1],
		["1 + 2", "2 becomes one more", 4],
		['a = "x"', "= becomes !=", false],
		['a = "x"', "a becomes a field that is not there", false],
		['a & "y"', "what stands after & goes", "x"],
		['$exists(b) ? "yes" : "no"', "the condition is always met", "yes"],
		["$exists(a)", "$exists becomes $not", false],
		['{"p": 1, "q": 2}', 'the field "p" goes', { q: 2 }],
		['["p", "q"]', "an item of the list goes", ["p"]],
		["[n[$ > 1]]", "the filter goes", [1, 2]],
	])("makes of %s: %s", async (source, what, outcome) => {
		const found = await outcomes(source, { a: "x", n: [1, 2] });
		expect(JSON.parse(JSON.stringify(found[what]))).toEqual(outcome);
	});

	it("takes the brackets from a list, so that one line is no list any more", async () => {
		const found = await outcomes('{"items": [lines.{"no": no}]}', { lines: [{ no: 1 }] });
		expect(found["the list's brackets go"]).toMatchObject({ items: { no: 1 } });
	});

	it("leaves the mapping as it was", async () => {
		const expression = jsonata('[lines[qty > 1].{"sku": sku & "-" & qty}]');
		const input = { lines: [{ sku: "A", qty: 2 }] };
		const before = JSON.stringify(await expression.evaluate(input));
		for (const { make } of mutantsOf(expression.ast())) make()();
		expect(JSON.stringify(await expression.evaluate(input))).toBe(before);
	});
});
