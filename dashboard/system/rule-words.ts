import { yuan } from "../format.ts";
import { inWords, type Words } from "../language.ts";
import type { Rule, RuleCondition } from "./rule.ts";

export const verdictWords: Readonly<Record<Rule["then"], Words>> = {
	HOLD: ["转人工审核", "a person audits it"],
	PASS: ["免审放行", "it needs no audit"],
};

const words = {
	paidFrom: ["实付 ≥ {yuan} 元", "paid ≥ {yuan}"],
	paidTo: ["实付 ≤ {yuan} 元", "paid ≤ {yuan}"],
	remark: ["有卖家备注", "with a seller's note"],
	noRemark: ["无卖家备注", "without a seller's note"],
	memo: ["有买家留言", "with a buyer's note"],
	noMemo: ["无买家留言", "without a buyer's note"],
	first: ["买家首单", "the buyer's first order"],
	notFirst: ["买家非首单", "not the buyer's first order"],
	provinces: ["省份：{list}", "province: {list}"],
	skus: ["含 SKU：{list}", "with SKU: {list}"],
	flags: ["标签：{list}", "flagged: {list}"],
	every: ["全部订单", "every order"],
} as const satisfies Record<string, Words>;

/** "实付 ≥ 500.00 元 且 有买家留言". */
export function conditionWords(when: RuleCondition): string {
	const list = (values: readonly string[]): string => values.slice(0, 3).join("、") + (values.length > 3 ? "…" : "");
	const parts = [
		when.minPaidFen !== undefined && inWords(words.paidFrom, { yuan: yuan(when.minPaidFen) }),
		when.maxPaidFen !== undefined && inWords(words.paidTo, { yuan: yuan(when.maxPaidFen) }),
		when.remarkPresent !== undefined && inWords(when.remarkPresent ? words.remark : words.noRemark),
		when.buyerMemoPresent !== undefined && inWords(when.buyerMemoPresent ? words.memo : words.noMemo),
		when.firstOrderOfBuyer !== undefined && inWords(when.firstOrderOfBuyer ? words.first : words.notFirst),
		when.provinces && inWords(words.provinces, { list: list(when.provinces) }),
		when.skuIn && inWords(words.skus, { list: list(when.skuIn) }),
		when.flags && inWords(words.flags, { list: list(when.flags) }),
	].filter((part) => typeof part === "string");
	return parts.join(inWords([" 且 ", " and "])) || inWords(words.every);
}
