import { Ajv2020 } from "ajv/dist/2020.js";
import Validator from "fastest-validator";
import { describe, expect, it } from "vitest";
import { schemaOf } from "./json-schema.ts";

const ajv = new Ajv2020({ strict: false, formats: { "date-time": true } });
const validator = new (Validator as unknown as typeof Validator.default)();

const samples: readonly unknown[] = [
	...["", "a", "abc", "1234", "x".repeat(11), "https://hub.example.com/a", "red", "*"],
	...[-1, 0, 1, 1.5, 10, 11, true, false],
	...[[], ["a"], ["a", "a"], ["a", "b", "c"], [1]],
	...[{}, { id: "a" }, { id: "a", more: 1 }, { id: 1 }, { "1": "a" }],
];

describe("a rule as JSON Schema", () => {
	it.each<[string, unknown]>([
		["a text", "string"],
		["a text of a length", "string|min:1|max:10"],
		["a text that is not empty", "string|empty:false"],
		["a text of a form", { type: "string", pattern: String.raw`^\d{4}$` }],
		["a web address", "url"],
		["a number", "number|min:0|max:10"],
		["a whole number", "number|integer"],
		["a number above nothing", "number|positive"],
		["a truth", "boolean"],
		["one of some", { type: "enum", values: ["red", "abc"] }],
		["one value", { type: "equal", value: "*", strict: true }],
		["texts", "string[]"],
		["a list of a length", { type: "array", min: 1, max: 2, items: "string|min:1" }],
		["a list without repeats", { type: "array", unique: true, items: "string" }],
		["a closed object", { type: "object", strict: true, props: { id: "string" } }],
		["an open object", { type: "object", props: { id: "string|optional" } }],
		["a record", { type: "record", key: { type: "string", pattern: "^[a-z]+$" }, value: "string" }],
		["either of two", ["number|integer", { type: "array", items: "string" }]],
	])("takes and refuses the same values: %s", (_name, rule) => {
		const check = validator.compile({ value: rule as string });
		const matches = ajv.compile(schemaOf(rule));
		const verdicts = samples.map((value) => [value, check({ value: structuredClone(value) }) === true]);
		expect(samples.map((value) => [value, matches(value)])).toEqual(verdicts);
		expect(new Set(verdicts.map(([, verdict]) => verdict)).size).toBe(2);
	});

	it("says what may be left out, what may be null, and what is taken then", () => {
		const props = { from: { type: "date", optional: true, nullable: true }, limit: "number|default:50", id: "string" };
		expect(schemaOf({ type: "object", strict: true, props })).toEqual({
			type: "object",
			properties: {
				from: { anyOf: [{ type: "string", format: "date-time" }, { type: "null" }] },
				limit: { type: "number", default: 50 },
				id: { type: "string" },
			},
			required: ["id"],
			additionalProperties: false,
		});
	});

	it("is refused for a type of rule nobody has thought of", () => {
		expect(() => schemaOf("luhn")).toThrow("luhn");
	});
});
