import { describe, expect, it } from "vitest";
import { compileRegex } from "./regex.ts";

describe("compileRegex", () => {
	it.each<[pattern: string, options: string, matches: string[], others: string[]]>([
		["^a", "", ["abc"], ["ba", "b\na"]],
		["^a", "m", ["b\na"], ["b\ra", "ba"]],
		["c$", "", ["abc", "abc\n"], ["c\nd", "abc\n\n"]],
		["c$", "m", ["c\nd"], ["c\rd"]],
		["^$", "m", ["", "a\n\nb"], ["a\n"]],
		["a.b", "", ["a\rb", "a\u2028b"], ["a\nb"]],
		["a.b", "s", ["a\nb"], ["ab"]],
		["[a b]c", "", [" c"], []],
		["\\s", "", ["a b", "\v"], ["a\u00a0b"]],
		["^[^\\s]+$", "", ["a\u00a0b"], ["a b"]],
		["^[\\S]+$", "", ["a\u00a0b"], ["a b"]],
		["a\\-b\\/\\_", "", ["a-b/_"], []],
		["^[\\-\\w.]+$", "", ["a-b.c"], ["a b"]],
		["(?<word>\\w+) \\k<word> \\1", "", ["go go go"], ["go by go"]],
		["^.$", "", ["𝒳"], ["ab"]],
	])("/%s/%s", (pattern, options, matches, others) => {
		const regex = compileRegex(pattern, options);
		expect([...matches, ...others].filter((text) => regex.test(text))).toEqual(matches);
	});

	it.each([
		["(", "", 51091],
		["*a", "", 51091],
		["[a", "", 51091],
		["a\\", "", 51091],
		["[\\w-.]", "", 51091],
		["a", "g", 51108],
		["a", "x", 51108],
	])("refuses /%s/%s with code %i", (pattern, options, code) => {
		expect(() => compileRegex(pattern, options)).toThrow(expect.objectContaining({ code }));
	});

	it.each([
		"a++",
		"(?>a)",
		"(?R)",
		"(*FAIL)",
		"[[:alpha:]]",
		"[]a]",
		"\\Qa\\E",
		"\\K",
		"\\Aa",
		"\\p{Lu}",
		"a{,2}",
		"a(?i)b",
	])("refuses /%s/, which JavaScript does not know", (pattern) => {
		expect(() => compileRegex(pattern)).toThrow("not supported");
	});
});
