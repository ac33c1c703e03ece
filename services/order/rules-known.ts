/** The rules as every stored order asks for them: read once for the orders of some seconds. */
import { type AuditRule, everyShop } from "./audit-rule.ts";
import { RuleModel } from "./rule.model.ts";

const freshMs = 2_000;

let known: { rules: Promise<AuditRule[]>; untilMs: number } | null = null;

/** The enabled rules of a shop and of every shop, at most some seconds old. */
export async function rulesFor(shopId: string): Promise<AuditRule[]> {
	if (!known || known.untilMs < Date.now()) {
		const rules = RuleModel.find({ enabled: true }).lean<AuditRule[]>().exec();
		const asked = { rules, untilMs: Date.now() + freshMs };
		known = asked;
		rules.catch(() => {
			if (known === asked) known = null; // whoever waits for it hears of the failure, the next one asks again
		});
	}
	const rules = await known.rules;
	return rules.filter((rule) => rule.shopId === shopId || rule.shopId === everyShop);
}

/** A rule was changed: the next order is judged by it. */
export function forgetRules(): void {
	known = null;
}
