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
		["a b # remark", "x", ["ab"], ["a b"]],
		["[a b]c", "x", [" c"], []],
		["(?i)abc", "", ["ABC"], []],
		["\\s", "", ["a b", "\v"], ["a\u00a0b"]],
		["^[^\\s]+$", "", ["a\u00a0b"], ["a b"]],
		["^[\\S]+$", "", ["a\u00a0b"], ["a b"]],
		["\\Aab\\z", "", ["ab"], ["ab\n"]],
		["ab\\Z", "", ["ab\n"], ["abc"]],
		["a{", "", ["a{"], []],
		["}]", "", ["}]"], []],
		["[]x]", "", ["]"], ["y"]],
		["a\\-b\\/\\_", "", ["a-b/_"], []],
		["(?P<word>\\w+) \\k<word>", "", ["go go"], ["go by"]],
		["\\x{5f85}发", "", ["待发货"], []],
		["\\p{Han}\\p{Lu}\\pL", "", ["货Aa"], ["aAa"]],
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
	])("refuses /%s/%s with code %i", (pattern, options, code) => {
		expect(() => compileRegex(pattern, options)).toThrow(expect.objectContaining({ code }));
	});

	it.each(["a++", "(?>a)", "(?R)", "(*FAIL)", "[[:alpha:]]", "\\Qa\\E", "\\K", "a{,2}", "a(?i)b"])(
		"names what it does not support in /%s/",
		(pattern) => {
			expect(() => compileRegex(pattern)).toThrow("not supported by the embedded store");
		},
	);
});
