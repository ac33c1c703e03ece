/** What people do with audit rules. */
import { randomUUID } from "node:crypto";
import { hubError } from "../../config/errors.ts";
import { type Page, type PageQuery, pageByTime } from "../../mixins/paging.ts";
import type { ShopScope } from "../shop/scope.ts";
import { type AuditRule, type AuditVerdict, everyShop, type RuleCondition } from "./audit-rule.ts";
import { RuleModel } from "./rule.model.ts";

export interface NewRule {
	shopId: string;
	name: string;
	enabled: boolean;
	when: RuleCondition;
	then: AuditVerdict;
}

export type RuleChange = { id: string } & Partial<Omit<NewRule, "shopId">>; // `when` is replaced as a whole

/** @throws CONFLICT when the shop has a rule of this name, INVALID */
export async function createRule(rule: NewRule): Promise<AuditRule> {
	checkCondition(rule.when);
	return unlessTaken(rule.name, async () => (await RuleModel.create({ _id: randomUUID(), ...rule })).toObject());
}

/** @throws NOT_FOUND, CONFLICT, INVALID */
export async function updateRule({ id, ...change }: RuleChange): Promise<AuditRule> {
	checkCondition(change.when ?? {});
	const updated = await unlessTaken(change.name ?? "", () =>
		RuleModel.findByIdAndUpdate(
			id,
			{ $set: change },
			{ returnDocument: "after", runValidators: true },
		).lean<AuditRule>(),
	);
	if (!updated) throw notFound(id);
	return updated;
}

/** Orders that it stopped stay stopped: a person audits them. @throws NOT_FOUND */
export async function deleteRule(id: string): Promise<void> {
	const { deletedCount } = await RuleModel.deleteOne({ _id: id });
	if (!deletedCount) throw notFound(id);
}

/** @throws NOT_FOUND, for a rule of a shop out of reach too; rules of every shop are seen by everybody */
export async function getRule(id: string, scope: ShopScope): Promise<AuditRule> {
	const rule = await RuleModel.findById(id).lean<AuditRule>();
	if (!rule || !(rule.shopId === everyShop || reaches(scope, rule.shopId))) throw notFound(id);
	return rule;
}

/** Newest first. */
export function listRules(
	{ shopId, ...page }: PageQuery & { shopId?: string },
	scope: ShopScope,
): Promise<Page<AuditRule>> {
	const wanted = [
		...(shopId === undefined ? [] : [{ shopId }]),
		...(scope === "*" ? [] : [{ shopId: { $in: [everyShop, ...scope] } }]),
	];
	return pageByTime<AuditRule>(RuleModel, wanted, page, { by: "createdAt" });
}

/** Who is limited to shops makes no rule for every shop. @throws FORBIDDEN */
export function checkReach(scope: ShopScope, shopId: string): void {
	if (!reaches(scope, shopId)) throw hubError("FORBIDDEN", `rules of shop ${shopId}`, { shopId });
}

const reaches = (scope: ShopScope, shopId: string): boolean => scope === "*" || scope.includes(shopId);

function checkCondition({ minPaidFen = 0, maxPaidFen = Number.MAX_SAFE_INTEGER }: RuleCondition): void {
	if (minPaidFen > maxPaidFen)
		throw hubError("INVALID", "minPaidFen is above maxPaidFen", { field: "when.minPaidFen" });
}

async function unlessTaken<T>(name: string, write: () => Promise<T>): Promise<T> {
	try {
		return await write();
	} catch (err) {
		if ((err as { code?: number }).code !== 11000) throw err;
		throw hubError("CONFLICT", `the shop has a rule ${name} already`, { field: "name" });
	}
}

const notFound = (id: string): Error => hubError("NOT_FOUND", "no such rule", { id });
