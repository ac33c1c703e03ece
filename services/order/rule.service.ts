import type { ServiceSchema } from "moleculer";
import type { HubContext } from "../../mixins/actor.ts";
import { ownsModels } from "../../mixins/database.ts";
import { type PageQuery, pageParams } from "../../mixins/paging.ts";
import { scopeOf } from "../shop/scope.ts";
import { type AuditRule, auditVerdicts, everyShop } from "./audit-rule.ts";
import { RuleModel } from "./rule.model.ts";
import {
	checkReach,
	createRule,
	deleteRule,
	getRule,
	listRules,
	type NewRule,
	type RuleChange,
	updateRule,
} from "./rules.ts";
import { forgetRules } from "./rules-known.ts";

const id = "string|min:1|max:60";
const shopId = { type: "string", pattern: String.raw`^(\*|[A-Za-z0-9_-]{1,60})$` } as const;
// A name travels in "rule:<name>", beside other actors.
const name = { type: "string", trim: true, min: 1, max: 60 } as const;
const fen = "number|integer|min:0|optional";
const words = { type: "array", min: 1, max: 500, unique: true, items: "string|min:1|max:100", optional: true } as const;
const when = {
	type: "object",
	strict: true,
	props: {
		minPaidFen: fen,
		maxPaidFen: fen,
		remarkPresent: "boolean|optional",
		buyerMemoPresent: "boolean|optional",
		provinces: words,
		skuIn: words,
		firstOrderOfBuyer: "boolean|optional",
		flags: words,
	},
} as const;
const verdict = { type: "enum", values: [...auditVerdicts] } as const;

/** rule: which orders a person must audit before they go on; see audit-rule.ts. What is changed is in the audit. */
const RuleService: ServiceSchema = {
	name: "rule",
	mixins: [ownsModels(RuleModel)],
	actions: {
		/** Returns an AuditRule, as do the others. */
		create: {
			params: {
				$$strict: true,
				shopId: { ...shopId, default: everyShop },
				name,
				enabled: { type: "boolean", default: true },
				when: { ...when, default: {} },
				// biome-ignore lint/suspicious/noThenProperty: a parameter's rule, never awaited
				then: verdict,
			},
			async handler(ctx: HubContext<NewRule>) {
				checkReach(scopeOf(ctx), ctx.params.shopId);
				return announced(ctx, "rule.create", ctx.params.name, () => createRule(ctx.params));
			},
		},
		/** What is left out stays; `when` is replaced as a whole. */
		update: {
			params: {
				$$strict: true,
				id,
				name: { ...name, optional: true },
				enabled: "boolean|optional",
				when: { ...when, optional: true },
				// biome-ignore lint/suspicious/noThenProperty: a parameter's rule, never awaited
				then: { ...verdict, optional: true },
			},
			async handler(ctx: HubContext<RuleChange>) {
				const { shopId: of, name: before } = await getRule(ctx.params.id, scopeOf(ctx));
				checkReach(scopeOf(ctx), of);
				return announced(ctx, "rule.update", before, () => updateRule(ctx.params));
			},
		},
		remove: {
			params: { $$strict: true, id },
			async handler(ctx: HubContext<{ id: string }>) {
				const { shopId: of, name: before } = await getRule(ctx.params.id, scopeOf(ctx));
				checkReach(scopeOf(ctx), of);
				await announced(ctx, "rule.remove", before, () => deleteRule(ctx.params.id));
			},
		},
		get: {
			params: { $$strict: true, id },
			handler: (ctx: HubContext<{ id: string }>): Promise<AuditRule> => getRule(ctx.params.id, scopeOf(ctx)),
		},
		/** Newest first: {items: AuditRule[], nextCursor}. */
		list: {
			params: { $$strict: true, shopId: { ...shopId, optional: true }, ...pageParams },
			handler: (ctx: HubContext<PageQuery & { shopId?: string }>) => listRules(ctx.params, scopeOf(ctx)),
		},
	},
};

/** Put down first: a change that nobody can trace does not happen. Then every process hears of it. */
async function announced<T>(ctx: HubContext<unknown>, what: string, ref: string, change: () => Promise<T>): Promise<T> {
	await ctx.call("audit.record", { what, ref });
	const changed = await change();
	forgetRules();
	ctx.broadcast("rule.changed", {});
	return changed;
}

export default RuleService;
