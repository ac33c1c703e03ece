/** An audit rule as the gateway has it (services/order/audit-rule.ts) and as it is filled in. Pure. */

export interface RuleCondition {
	minPaidFen?: number;
	maxPaidFen?: number;
	remarkPresent?: boolean;
	buyerMemoPresent?: boolean;
	provinces?: string[];
	skuIn?: string[];
	firstOrderOfBuyer?: boolean;
	flags?: string[];
}

export interface Rule {
	_id: string;
	shopId: string; // or everyShop
	name: string;
	enabled: boolean;
	when: RuleCondition;
	then: "HOLD" | "PASS";
}

export const everyShop = "*";

/** "": it does not matter. */
export type Wish = "" | "yes" | "no";

/** Amounts in yuan as they are typed; lists one a line. */
export interface RuleForm {
	name: string;
	shopId: string;
	enabled: boolean;
	verdict: Rule["then"];
	minYuan: string;
	maxYuan: string;
	remark: Wish;
	memo: Wish;
	firstOrder: Wish;
	provinces: string;
	skus: string;
	flags: string;
}

export const newRule = (): RuleForm => ({
	...{ name: "", shopId: everyShop, enabled: true, verdict: "HOLD" },
	...{ minYuan: "", maxYuan: "", remark: "", memo: "", firstOrder: "", provinces: "", skus: "", flags: "" },
});

const wishOf = (value: boolean | undefined): Wish => (value === undefined ? "" : value ? "yes" : "no");
const yuanOf = (fen: number | undefined): string => (fen === undefined ? "" : (fen / 100).toFixed(2));
const textOf = (words: readonly string[] = []): string => words.join("\n");

export function formOf({ name, shopId, enabled, then: verdict, when }: Rule): RuleForm {
	return {
		...{ name, shopId, enabled, verdict },
		minYuan: yuanOf(when.minPaidFen),
		maxYuan: yuanOf(when.maxPaidFen),
		remark: wishOf(when.remarkPresent),
		memo: wishOf(when.buyerMemoPresent),
		firstOrder: wishOf(when.firstOrderOfBuyer),
		provinces: textOf(when.provinces),
		skus: textOf(when.skuIn),
		flags: textOf(when.flags),
	};
}

/** "199.9" -> 19990, worked out on its digits. The form lets nothing else through. */
function fenOf(text: string): number {
	const [whole = "", part = ""] = text.split(".");
	return Number(`${whole}${part.padEnd(2, "0")}`);
}

const listOf = (text: string): string[] => [...new Set(text.split(/[\s,，;；、]+/).filter(Boolean))];

/** Only what matters is in it: a condition that is left open holds for every order. */
export function conditionOf(form: RuleForm): RuleCondition {
	const { minYuan, maxYuan, remark, memo, firstOrder } = form;
	const [provinces, skuIn, flags] = [listOf(form.provinces), listOf(form.skus), listOf(form.flags)];
	return {
		...(minYuan && { minPaidFen: fenOf(minYuan) }),
		...(maxYuan && { maxPaidFen: fenOf(maxYuan) }),
		...(remark && { remarkPresent: remark === "yes" }),
		...(memo && { buyerMemoPresent: memo === "yes" }),
		...(firstOrder && { firstOrderOfBuyer: firstOrder === "yes" }),
		...(provinces.length && { provinces }),
		...(skuIn.length && { skuIn }),
		...(flags.length && { flags }),
	};
}

/** Its shop stays the one that it was made for. */
export function changeOf(form: RuleForm): Omit<Rule, "_id" | "shopId"> {
	const { name, enabled, verdict } = form;
	// biome-ignore lint/suspicious/noThenProperty: the rule's own field, never awaited
	return { name, enabled, then: verdict, when: conditionOf(form) };
}
