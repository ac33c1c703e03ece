/**
 * Audit: rules of the sellers that stop an order for a person to look at. Each order is judged once, in the write that
 * makes it one to be shipped.
 */
import { ruleActorOf } from "./audit-hold.ts";
import { type AuditRule, everyShop, type RuleCondition } from "./audit-rule.ts";
import { isReady } from "./merge.ts";
import { OrderModel } from "./order.model.ts";
import type { Hold, Order } from "./order.ts";
import { rulesFor } from "./rules-known.ts";

/**
 * What the rules say of an order: no hold, or one, by the first rule that stops it. A rule that lets it pass wins over
 * all that would stop it. The rules of the shop itself speak before those of every shop. Pure.
 */
export function auditHolds(
	order: Order,
	rules: readonly AuditRule[],
	{ firstOrderOfBuyer, now }: { firstOrderOfBuyer: boolean; now: Date },
): Hold[] {
	const speaking = rules
		.filter(({ enabled, shopId }) => enabled && (shopId === everyShop || shopId === order.shopId))
		.filter(({ when }) => meets(order, when, firstOrderOfBuyer));
	if (speaking.some((rule) => rule.then === "PASS")) return [];
	const [first] = speaking.toSorted(byNearness);
	return first ? [{ reason: "MANUAL", at: now, by: ruleActorOf(first.name) }] : [];
}

const byNearness = (a: AuditRule, b: AuditRule): number =>
	Number(a.shopId === everyShop) - Number(b.shopId === everyShop) || (a.name < b.name ? -1 : 1);

/** All that a condition names must hold; one that names nothing holds for every order. */
function meets(order: Order, when: RuleCondition, firstOrderOfBuyer: boolean): boolean {
	const { memo, money, receiver, lines, flags } = order;
	const answers: boolean[] = [];
	if (when.minPaidFen !== undefined) answers.push(money.paidFen >= when.minPaidFen);
	if (when.maxPaidFen !== undefined) answers.push(money.paidFen <= when.maxPaidFen);
	if (when.remarkPresent !== undefined) answers.push((memo.seller.trim() !== "") === when.remarkPresent);
	if (when.buyerMemoPresent !== undefined) answers.push((memo.buyer.trim() !== "") === when.buyerMemoPresent);
	if (when.firstOrderOfBuyer !== undefined) answers.push(firstOrderOfBuyer === when.firstOrderOfBuyer);
	// "广东" means 广东省, "内蒙古" 内蒙古自治区: platforms write both.
	if (when.provinces) answers.push(when.provinces.some((name) => receiver.province.startsWith(name)));
	if (when.skuIn) answers.push(lines.some((line) => when.skuIn?.some((sku) => isSku(line, sku))));
	if (when.flags) answers.push(when.flags.some((flag) => flags.includes(flag)));
	return answers.every(Boolean);
}

const isSku = ({ outerSku, erpSku, parts }: Order["lines"][number], sku: string): boolean =>
	outerSku === sku || erpSku === sku || parts.some((part) => part.erpSku === sku);

/** An order as it is to be stored, with the hold that the rules put on it when it becomes one to be shipped. */
export async function audited(stored: Order | null, next: Order): Promise<Order> {
	const becomesWork = next.status === "WAIT_SHIP" && (stored === null || stored.status === "WAIT_PAY");
	if (!becomesWork || next.holds.some(({ reason }) => reason === "MANUAL")) return next;
	const rules = await rulesFor(next.shopId);
	if (!rules.length) return next;
	const asked = rules.some(({ when }) => when.firstOrderOfBuyer !== undefined);
	const firstOrderOfBuyer = asked && (await isFirstOfBuyer(next));
	const added = auditHolds(next, rules, { firstOrderOfBuyer, now: next.updatedAt });
	if (!added.length) return next;
	const held = { ...next, holds: [...next.holds, ...added] };
	return { ...held, ready: isReady(held), fence: stored ? stored.fence + 1 : next.fence };
}

/** Nobody whom the platform does not name is known from before. */
async function isFirstOfBuyer({ _id, platform, shopId, buyer }: Order): Promise<boolean> {
	if (buyer.openId === "") return true;
	const another = { "buyer.openId": buyer.openId, platform, shopId, _id: { $ne: _id }, paidAt: { $ne: null } };
	return (await OrderModel.exists(another)) === null;
}
