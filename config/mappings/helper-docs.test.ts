import jsonata from "jsonata";
import { describe, expect, it } from "vitest";
import { helperDocs } from "./helper-docs.ts";
import { helpers } from "./helpers.ts";

describe("the documentation of the mapping functions", () => {
	it("has every function there is, in the same order", () => {
		expect(Object.keys(helperDocs)).toEqual(Object.keys(helpers));
	});

	it.each(Object.entries(helperDocs))("$%s gives what its example says", async (name, { example, result, args }) => {
		const expression = jsonata(example);
		for (const [each, helper] of Object.entries(helpers)) expression.registerFunction(each, helper);
		expect(example).toContain(`$${name}(`);
		expect(JSON.parse(JSON.stringify(await expression.evaluate({})))).toEqual(result);
		expect(args.split(", ").length).toBeGreaterThanOrEqual(helpers[name as keyof typeof helpers].length);
	});

	it.each(Object.entries(helperDocs))("$%s is explained in both languages", (_name, { zh, en }) => {
		expect(zh).toMatch(/[\u4e00-\u9fff]/);
		expect(en).toMatch(/^[\x20-\x7e×;]+$/);
	});
});
