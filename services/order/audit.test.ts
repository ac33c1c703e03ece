import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditHolds } from "./audit.ts";
import type { AuditRule, AuditVerdict, RuleCondition } from "./audit-rule.ts";
import { type Desk, startDesk } from "./desk.testbed.ts";
import { platformOrder } from "./order.sample.ts";
import type { Order } from "./order.ts";

/** Told on its own, since an object with a `then` looks like a promise to whoever reads it. */
const judging = (verdict: AuditVerdict): Pick<AuditRule, "then"> => {
	// biome-ignore lint/suspicious/noThenProperty: a field of the rule, never awaited
	return { then: verdict };
};
const [hold, pass] = [judging("HOLD"), judging("PASS")];
const now = new Date("2026-01-02T03:04:05Z");
const rule = (over: Partial<AuditRule> = {}): AuditRule => ({
	_id: randomUUID(),
	shopId: "*",
	name: "all",
	enabled: true,
	when: {},
	...hold,
	createdAt: now,
	updatedAt: now,
	...over,
});
const told = platformOrder({ flags: ["presale"], memo: { buyer: "快点", seller: "", flag: "" } });
const order = {
	...told,
	lines: told.lines.map((line) => ({ ...line, erpSku: "ERP-1", parts: [{ erpSku: "IN-SET" }] })),
} as unknown as Order;
const heldBy = (rules: AuditRule[], firstOrderOfBuyer = true): string[] =>
	auditHolds(order, rules, { firstOrderOfBuyer, now }).map(({ by }) => by);

describe("a rule", () => {
	it.each<[RuleCondition, boolean]>([
		[{}, true],
		[{ minPaidFen: 7_205 }, true],
		[{ minPaidFen: 7_206 }, false],
		[{ maxPaidFen: 7_205 }, true],
		[{ maxPaidFen: 7_204 }, false],
		[{ remarkPresent: true }, false],
		[{ remarkPresent: false }, true],
		[{ buyerMemoPresent: true }, true],
		[{ provinces: ["广东"] }, true],
		[{ provinces: ["广东省", "新疆"] }, true],
		[{ provinces: ["广西"] }, false],
		[{ skuIn: ["CUP-BK-500"] }, true],
		[{ skuIn: ["ERP-1"] }, true],
		[{ skuIn: ["IN-SET"] }, true], // in a combo
		[{ skuIn: ["CUP"] }, false],
		[{ firstOrderOfBuyer: true }, true],
		[{ firstOrderOfBuyer: false }, false],
		[{ flags: ["group", "presale"] }, true],
		[{ flags: ["group"] }, false],
		[{ minPaidFen: 1, provinces: ["广西"] }, false],
	])("of %o speaks of the order: %s", (when, speaks) => {
		expect(heldBy([rule({ when })])).toEqual(speaks ? ["rule:all"] : []);
	});

	it.each([
		["of another shop says nothing", [rule({ shopId: "another" })], []],
		["that is switched off says nothing", [rule({ enabled: false })], []],
		[
			"of the shop itself is named before one of every shop",
			[rule(), rule({ shopId: "taobao-demo", name: "z" })],
			["rule:z"],
		],
		["that lets pass wins", [rule(), rule({ name: "small", when: { maxPaidFen: 9_000 }, ...pass })], []],
		[
			"that lets others pass stops nobody by that",
			[rule(), rule({ name: "small", when: { maxPaidFen: 1 }, ...pass })],
			["rule:all"],
		],
	])("%s", (_, rules, expected) => {
		expect(heldBy(rules)).toEqual(expected);
	});
});

describe("audit", () => {
	let desk: Desk;
	beforeAll(async () => {
		desk = await startDesk();
	});
	afterAll(() => desk.stop());

	/** A rule of a shop of its own. */
	async function shopWith(when: RuleCondition, name = "大额"): Promise<{ shopId: string; rule: AuditRule }> {
		const shopId = `s-${randomUUID()}`;
		const created = await desk.call<AuditRule>("rule.create", { shopId, name, when, ...hold });
		return { shopId, rule: created };
	}

	it("stops an order when it becomes one to be shipped, once, and a person lets it go", async () => {
		const { shopId } = await shopWith({ minPaidFen: 5_000 });
		const telling = platformOrder({ shopId, status: "WAIT_PAY", paidAt: null });
		const id = await desk.save(telling);
		expect((await desk.get(id)).holds).toEqual([]);
		const paid = { ...telling, status: "WAIT_SHIP" as const, paidAt: now };
		await desk.save(paid);
		expect(await desk.get(id)).toMatchObject({
			ready: false,
			fence: 1,
			holds: [{ reason: "MANUAL", by: "rule:大额" }],
		});
		expect(await desk.call("order.audit", { id, note: "已核" })).toMatchObject({ ready: true, holds: [] });
		await desk.save({ ...paid, memo: { ...paid.memo, seller: "改" } });
		expect(await desk.get(id)).toMatchObject({ ready: true, holds: [] });
		const entries = await desk.timeline(id, 6);
		expect(entries.map(({ what, by, cause }) => [what, by, cause])).toEqual([
			["order.created", "platform:taobao", "PLATFORM_TOLD"],
			["order.changed", "platform:taobao", "PLATFORM_TOLD"],
			["order.held", "rule:大额", "RULE"],
			["order.released", "user:li", "DECIDED"],
			["order.ready", "user:li", "DECIDED"],
			["order.changed", "platform:taobao", "PLATFORM_TOLD"],
		]);
		expect(entries[3]).toMatchObject({ note: "已核", change: { rule: "大额" } });
	});

	it("of an order that no rule holds is refused; a person's hold is not the audit's to take away", async () => {
		const id = await desk.save();
		await desk.call("order.hold", { id });
		await expect(desk.call("order.audit", { id })).rejects.toMatchObject({ type: "ORDER_NOT_READY" });
		const { shopId } = await shopWith({});
		const held = await desk.save({ shopId });
		await desk.call("order.hold", { id: held }, { actor: "user:wang" });
		await expect(desk.call("order.audit", { id: held })).rejects.toMatchObject({ type: "ORDER_NOT_READY" });
	});

	it("knows a buyer's first order in the shop", async () => {
		const { shopId } = await shopWith({ firstOrderOfBuyer: true });
		const buyer = { nick: "~x", openId: randomUUID() };
		const [first, second] = [await desk.save({ shopId, buyer }), await desk.save({ shopId, buyer })];
		expect((await desk.get(first)).holds).toHaveLength(1);
		expect((await desk.get(second)).holds).toEqual([]);
	});

	it("follows a rule that is changed at once, and stops nothing by one that is gone", async () => {
		const { shopId, rule: made } = await shopWith({ minPaidFen: 1_000_000 });
		const meta = { actor: "user:admin", ip: "10.0.0.9" };
		expect((await desk.get(await desk.save({ shopId }))).holds).toEqual([]);
		await desk.call("rule.update", { id: made._id, when: { minPaidFen: 100 } }, meta);
		expect((await desk.get(await desk.save({ shopId }))).holds).toHaveLength(1);
		await desk.call("rule.remove", { id: made._id }, meta);
		expect((await desk.get(await desk.save({ shopId }))).holds).toEqual([]);
		const { items } = await desk.call<{ items: { what: string }[] }>("audit.list", { actor: "user:admin" });
		expect(items.map(({ what }) => what)).toEqual(["rule.remove", "rule.update"]);
	});

	it("has one rule of a name in a shop, and none for every shop by who is limited to some", async () => {
		const { shopId } = await shopWith({});
		const again = { shopId, name: "大额", ...hold };
		await expect(desk.call("rule.create", again)).rejects.toMatchObject({ type: "CONFLICT" });
		const limited = { actor: "user:li", shops: [shopId] };
		const wide = desk.call("rule.create", { name: "x", ...pass }, limited);
		await expect(wide).rejects.toMatchObject({ type: "FORBIDDEN" });
		const wrong = { shopId, name: "y", when: { minPaidFen: 2, maxPaidFen: 1 }, ...pass };
		await expect(desk.call("rule.create", wrong)).rejects.toMatchObject({ type: "INVALID" });
		const { items } = await desk.call<{ items: AuditRule[] }>("rule.list", {}, limited);
		expect(items.every((each) => [shopId, "*"].includes(each.shopId))).toBe(true);
	});
});
