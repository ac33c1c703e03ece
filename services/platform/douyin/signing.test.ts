import { describe, expect, it } from "vitest";
import type { Vector } from "../vector.ts";
import { canonicalJson } from "./canonical-json.ts";
import { douyinChecks } from "./vector-checks.ts";
import vectors from "./vectors.json" with { type: "json" };

describe("signatures", () => {
	it.each(vectors as unknown as Vector[])("are what others compute: $name", (vector) => {
		expect(douyinChecks[vector.algorithm]?.(vector)).toBe(vector.expected);
	});
});

describe("the JSON of a body", () => {
	it.each<[string, Parameters<typeof canonicalJson>[0], string]>([
		["sorts names by bytes at every depth", { b: 1, a: { z: [{ y: 1, B: 2 }] } }, '{"a":{"z":[{"B":2,"y":1}]},"b":1}'],
		["sorts names of digits by bytes, too", { 10: 1, 9: 2, 1: 3 }, '{"1":3,"10":1,"9":2}'],
		["keeps every digit of a big number", { sku_id: 3456789012345678901n }, '{"sku_id":3456789012345678901}'],
		["leaves out what has no value", { a: undefined, b: [], c: {} }, '{"b":[],"c":{}}'],
		["leaves HTML as it is", { a: "<b>&'=/" }, `{"a":"<b>&'=/"}`],
		["escapes line separators", { a: "x\u2028y\u2029" }, '{"a":"x\\u2028y\\u2029"}'],
		["escapes quotes, backslashes and line ends", { a: '"\\\n\r\t' }, '{"a":"\\"\\\\\\n\\r\\t"}'],
		["escapes other control characters in lower case", { a: "\u001f" }, '{"a":"\\u001f"}'],
		["does not send backspace and form feed", { a: "x\by\fz" }, '{"a":"xyz"}'],
		["writes whole numbers without a point", { a: 1, b: true }, '{"a":1,"b":true}'],
	])("%s", (_what, value, json) => {
		expect(canonicalJson(value)).toBe(json);
	});
});
