import { afterAll, describe, expect, it } from "vitest";
import { casesOf, runCases } from "./cases.ts";
import { Mapper } from "./mapper.ts";
import { readCases, readMapping } from "./mapping-files.ts";

const inline = { source: "inline", file: "" } as const;

describe("casesOf", () => {
	it("takes the cases beside a mapping file, and nothing else", async () => {
		const cases = await casesOf({
			source: "file",
			file: "generic/order",
			cases: [{ name: "mine", input: 1, output: 1 }],
		});
		expect(cases).toEqual(await readCases("generic/order"));
		expect(cases.length).toBeGreaterThan(3);
	});

	it("has none for an inline mapping that names none", async () => {
		expect(await casesOf(inline)).toEqual([]);
		expect(await casesOf({ ...inline, casesFrom: "", cases: [] })).toEqual([]);
	});

	it("puts a node's own cases over those of the file: new ones, other outputs, removals", async () => {
		const [first, second, ...others] = await readCases("generic/order");
		if (!first || !second) throw new Error("two cases are needed");
		const own = [
			{ name: first.name, output: { changed: true } },
			{ name: second.name, removed: true },
			{ name: "a new one", input: { order: {} }, output: {} },
		];
		const cases = await casesOf({ ...inline, casesFrom: "generic/order", cases: own });
		expect(cases).toEqual([
			{ name: first.name, input: first.input, output: { changed: true } },
			...others,
			{ name: "a new one", input: { order: {} }, output: {} },
		]);
	});

	it("does not mind the removal of a case that is gone from the file", async () => {
		const cases = await casesOf({ ...inline, casesFrom: "generic/order", cases: [{ name: "gone", removed: true }] });
		expect(cases).toEqual(await readCases("generic/order"));
	});

	it.each([
		{ name: "no input", output: 1 },
		{ name: "no output", input: 1 },
	])("refuses a case that is not whole: $name", async (own) => {
		const failure = { type: "INVALID", message: expect.stringContaining(own.name) };
		await expect(casesOf({ ...inline, cases: [own] })).rejects.toMatchObject(failure);
	});

	it.each(["nobody/order", "../../package"])("refuses the cases of a mapping that is none: %s", async (casesFrom) => {
		await expect(casesOf({ ...inline, casesFrom })).rejects.toThrow(casesFrom);
	});
});

describe("runCases", () => {
	const mapper = new Mapper();
	afterAll(() => mapper.close());

	it("passes the cases of a mapping that keeps them", async () => {
		const results = await runCases(mapper, await readMapping("generic/order"), await readCases("generic/order"));
		expect(results.filter(({ passed }) => !passed)).toEqual([]);
	});

	it("names the field in which a case is broken, and gives what was made", async () => {
		const cases = [{ name: "money", input: { fen: 1990 }, output: { money: { paid: 19.9 } } }];
		expect(await runCases(mapper, '{ "money": { "paid": fen } }', cases)).toEqual([
			{
				name: "money",
				passed: false,
				output: { money: { paid: 1990 } },
				differences: [{ at: "money.paid", expected: 19.9, actual: 1990 }],
				failure: "",
			},
		]);
	});

	it("tells why a mapping made nothing, for each case by itself", async () => {
		const cases = [
			{ name: "bad", input: { n: 0 }, output: 1 },
			{ name: "good", input: { n: 1 }, output: 1 },
		];
		const results = await runCases(mapper, "n = 0 ? $error('none') : n", cases);
		expect(results).toMatchObject([
			{ name: "bad", passed: false, failure: expect.stringContaining("none") },
			{ name: "good", passed: true, failure: "" },
		]);
	});
});
