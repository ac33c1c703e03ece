import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { judge } from "../../../services/erp/judge.ts";
import { runCases } from "../cases.ts";
import { Mapper } from "../mapper.ts";
import { type Case, mappingNames, readCases, readMapping } from "../mapping-files.ts";
import { checkMapping, type Judge, type MappingInput, type MappingProblem, type MappingTarget } from "./check.ts";
import { marks } from "./trial-order.ts";

/** A mapping of the repository with one mistake in it, and the field that the mistake spoils. */
interface Wrong {
	name: string;
	mapping: string;
	replace: string;
	by: string;
	field: string;
}

const corpus = JSON.parse(readFileSync(path.join(import.meta.dirname, "wrong-mappings.json"), "utf8")) as Wrong[];
const ask: Judge = async (target, document) => judge({ ...target, document });

describe("checkMapping", () => {
	const mapper = new Mapper();
	afterAll(() => mapper.close());

	const check = async (mapping: string, source: string): Promise<MappingProblem[]> => {
		const [dialect = "", kind = ""] = mapping.split("/");
		const [first] = await readCases(mapping);
		const { input } = first as Case & { input: MappingInput & { cfg?: Record<string, string> } };
		const settings = input.cfg ?? {};
		const target = { dialect, kind: kind as MappingTarget["kind"], settings };
		return (await checkMapping(mapper, source, { ...input, cfg: settings }, target, ask)).problems;
	};

	describe("has nothing to say of", async () => {
		it.each(await mappingNames())("%s", async (mapping) => {
			expect(await check(mapping, await readMapping(mapping))).toEqual([]);
		});
	});

	describe("or a golden case names the field of", () => {
		it.each(corpus)("$mapping: $name", async ({ mapping, replace, by, field }) => {
			const source = await readMapping(mapping);
			expect(source).toContain(replace);
			const wrong = source.replace(replace, () => by);
			const problems = await check(mapping, wrong);
			const told = problems.flatMap(({ words }) => [words.zh, words.en]);
			for (const mark of [marks.phone, marks.address, marks.nick]) expect(told.join()).not.toContain(mark);

			const results = problems.length ? [] : await runCases(mapper, wrong, await readCases(mapping));
			const places = results.flatMap(({ differences }) => differences.map(({ at }) => at.replace(/\[\d+\]/g, "[]")));
			expect([
				...told.filter((words) => words.includes(field)),
				...places.filter((at) => at.startsWith(field)),
			]).not.toEqual([]);
		});
	});

	const input = { order: { orderNo: "42", lines: [] }, cfg: {} };

	it("gives what the mapping makes of the input, with what is wrong", async () => {
		const { output, problems } = await checkMapping(
			mapper,
			'{ "no": order.orderNo, "x": order.none }',
			input,
			null,
			ask,
		);
		expect(output).toEqual({ no: "42" });
		expect(problems).toEqual([
			{
				level: "error",
				code: "INPUT_FIELD",
				field: "order.none",
				line: 1,
				column: 35,
				words: {
					zh: expect.stringContaining("order.none"),
					en: expect.stringContaining("check its name (used for x)"),
				},
			},
		]);
	});

	it.each([
		["SYNTAX", "{ 1 +", 1],
		["TIMEOUT", "\n($f := function($n) { 1 + $f($n + 1) }; $f(1))", 2],
		["SYNTAX", "(".repeat(30_000), null],
		["FAILED", '{ "a": $error("no such unit") }', 1],
		["REGEX", '{ "a": $match(order.orderNo, /4/) }', 1],
	])("says %s of what does not run", async (code, source, line) => {
		const { output, problems } = await checkMapping(mapper, source, input, null, ask);
		expect(output).toBeUndefined();
		expect(problems).toContainEqual(expect.objectContaining({ level: "error", code, line }));
	});

	it.each([
		['{ "lines": order.lines.{ "sku": erpSku } }', "COLLAPSE", "lines"],
		['{ "lines": $append([], order.lines)[gift].{ "sku": erpSku } }', "COLLAPSE", "lines"],
		['{ "note": order.memo.seller & order.receiver.name }', "PEOPLE", "note"],
		['{ "no": $string($number(order.orderNo)) }', "ID_AS_NUMBER", "no"],
		['{ "at": $replace($string(order.placedAt), "T", " ") }', "TIME_ZONE", "at"],
		['{ "price": $pieceYuan(order.money.paidFen, order.lines[0].quantity - 2) }', "FAILED", "price"],
	])("knows of %j, for whatever ERP, that it is a %s", async (source, code, field) => {
		const { problems } = await checkMapping(mapper, source, input, null, ask);
		expect(problems).toContainEqual(expect.objectContaining({ code, field }));
	});

	it("knows of documents of another layout their number, their lists and what is not delivered", async () => {
		const source = `{ "bill": { "code": order.orderNo, "rows": [order.erpLines.{ "code": erpSku, "n": quantity }] } }`;
		const settings = { numberField: "bill.code", requiredFields: "bill.code,bill.rows" };
		const target = { dialect: "generic", kind: "order" as const, settings };
		const { problems } = await checkMapping(mapper, source, input, target, ask);
		const told = problems.filter(({ code }) => code !== "REQUIRED").map(({ code, field }) => `${code} ${field}`);
		expect(told).toEqual(expect.arrayContaining(["NUMBER bill.code", "LINES bill.rows[].code"]));
	});

	it("takes the settings of the connection for known, and names others", async () => {
		const source =
			'{ "orderNo": order.orderNo & (order.erp.revision > 1 ? "-2" : ""), "depot": cfg.depot, "unit": cfg.unit }';
		const target = { dialect: "generic", kind: "cancel" as const, settings: { depot: "D1" } };
		const { problems } = await checkMapping(mapper, source, { ...input, cfg: {} }, target, ask);
		expect(problems).toEqual([expect.objectContaining({ level: "warning", code: "SETTING", field: "cfg.unit" })]);
	});
});
