import { describe, expect, it } from "vitest";
import { languageOf } from "./problem.ts";

describe("the language of a problem", () => {
	it.each([
		[undefined, "en"],
		["", "en"],
		["*", "en"],
		["fr-FR,fr;q=0.9", "en"],
		["zh", "zh"],
		["zh-CN,zh;q=0.9,en;q=0.8", "zh"],
		["zh-Hant-TW", "zh"],
		["en-US,en;q=0.9,zh-CN;q=0.8", "en"],
		["en;q=0.5, zh;q=0.8", "zh"],
		["zh;q=0, en", "en"],
		["ZH-cn", "zh"],
		[";;;q=,,", "en"],
	])("of Accept-Language %j is %s", (header, language) => {
		expect(languageOf(header)).toBe(language);
	});
});
