import { describe, expect, it } from "vitest";
import { changeOf, conditionOf, formOf, newRule, type Rule, type RuleForm } from "./rule.ts";

describe("a rule as it is filled in", () => {
	it("that is left open holds for every order", () => {
		expect(conditionOf(newRule())).toEqual({});
	});

	it.each([
		["0", 0],
		["19.9", 1_990],
		["1299.99", 129_999],
		["500", 50_000],
		["1.10", 110],
	])("keeps %s yuan to the fen", (minYuan, fen) => {
		expect(conditionOf({ ...newRule(), minYuan })).toEqual({ minPaidFen: fen });
	});

	it("takes lists a line each, or as people separate them, each once", () => {
		const form = { ...newRule(), provinces: "新疆\n西藏、新疆", skus: " CUP,LID ", flags: "" };
		expect(conditionOf(form)).toEqual({ provinces: ["新疆", "西藏"], skuIn: ["CUP", "LID"] });
	});

	it("comes back as it was stored", () => {
		const when = {
			...{ minPaidFen: 1_990, maxPaidFen: 129_999, remarkPresent: true, buyerMemoPresent: false },
			...{ firstOrderOfBuyer: true, provinces: ["广东"], skuIn: ["CUP"], flags: ["presale"] },
		};
		const form: RuleForm = { ...newRule(), name: "大额", verdict: "PASS" };
		const rule: Rule = { ...changeOf(form), _id: "r1", shopId: "*", when };
		expect(changeOf(formOf(rule))).toEqual({ ...changeOf(form), when });
	});
});
