import type { Context } from "moleculer";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hubError } from "../../config/errors.ts";
import { pending } from "../../mixins/outbox.ts";
import { type Desk, startDesk } from "./desk.testbed.ts";
import { platformOrder } from "./order.sample.ts";
import type { PlatformOrder } from "./order.ts";
import { recordOutcome } from "./outcomes.ts";
import type { Sides } from "./sides.ts";

const readAt = new Date("2026-01-03T00:00:00Z");
const push = {
	...{ _id: "erp-1:order:1", connectionId: "erp-1", kind: "order", revision: 1, state: "REJECTED" },
	...{ docNo: "", reason: "客户不存在", skipped: false },
};
const attempts = [
	{ call: "FIND", outcome: "ANSWERED" },
	{ call: "SEND", outcome: "ANSWERED", reason: "客户不存在" },
];

let desk: Desk;
let platformSays: () => PlatformOrder;
let asked = 0;
let pushed: object[] = [];
beforeAll(async () => {
	desk = await startDesk(
		{
			name: "platform.jd",
			actions: {
				"orders.get": () => {
					asked += 1;
					return { document: platformSays(), fetchedAt: readAt };
				},
			},
		},
		{
			name: "erp",
			actions: {
				list: ({ params }: Context<{ orderId: string }>) => ({ items: pushed.map((each) => ({ ...each, ...params })) }),
				get: () => ({ ...push, attempts }),
			},
		},
	);
});
afterAll(() => desk.stop());

/** Stores an order of a platform that says `now` of it. */
async function stored(
	now: (order: PlatformOrder) => PlatformOrder,
	over: Partial<PlatformOrder> = {},
): Promise<string> {
	const order = platformOrder({ platform: "jd", ...over });
	platformSays = () => now(order);
	return desk.save(order);
}
const sides = (id: string): Promise<Sides> => desk.call<Sides>("order.sides", { id });
const whatDiffers = ({ differences }: Sides): string[] => differences.map(({ what }) => what);

describe("the sides of an order", () => {
	it("are those of the platform as it is now, of the hub and of the ERP, without a difference where they agree", async () => {
		pushed = [push];
		const seen = await sides(await stored((order) => order));
		expect(seen).toMatchObject({
			platform: { status: "WAIT_SHIP", refund: "NONE", readAt, fresh: true, failed: null },
			hub: { status: "WAIT_SHIP", ready: true, fence: 0 },
			erp: {
				state: "NONE",
				push: { state: "REJECTED", lastSent: { reason: "客户不存在" }, lastAsked: { call: "FIND" } },
			},
			differences: [],
			next: { action: "wait" },
		});
		pushed = [];
	});

	it("differ where the platform goes on, and the order is read again", async () => {
		const later = new Date("2026-01-02T05:00:00Z");
		const id = await stored((order) => ({
			...order,
			status: "SHIPPED",
			modifiedAt: later,
			receiver: { ...order.receiver, city: "广州市" },
			lines: order.lines.map((line) => ({ ...line, refund: "APPLIED" as const, quantity: 3 })),
		}));
		const seen = await sides(id);
		const wanted = ["platform.status", "platform.refund", "platform.goods", "platform.receiver", "hub.no-parcel"];
		expect(whatDiffers(seen)).toEqual(wanted);
		expect(seen.platform).toMatchObject({ status: "SHIPPED", refund: "APPLIED", modifiedAt: later });
		expect(seen.erp.push).toBeNull();
		const { shopId, orderNo } = await desk.get(id);
		expect(desk.calls).toContainEqual(["pull.hint", { shopId, kind: "orders", id: orderNo }]);
	});

	it("say when the platform cannot be asked, and why, beside what it said last", async () => {
		const id = await stored(() => {
			throw hubError("PLATFORM_UNREACHABLE", "no answer within 8 s");
		});
		const { platform, differences } = await sides(id);
		const { updatedAt } = await desk.get(id);
		expect(platform).toMatchObject({ status: "WAIT_SHIP", fresh: false, readAt: updatedAt });
		expect(platform?.failed).toMatchObject({ type: "PLATFORM_UNREACHABLE", zh: "平台无响应" });
		expect(differences).toEqual([]);
	});

	it("tell of a shipped order that its ERP refused it", async () => {
		const id = await stored((order) => order, { status: "SHIPPED" });
		expect(whatDiffers(await sides(id))).toEqual(["hub.no-parcel"]);
		const outcome = { orderId: id, connectionId: "erp-1", docNo: "", reason: "客户不存在" };
		await recordOutcome(pending("hub.push.rejected", outcome, ""));
		expect(whatDiffers(await sides(id))).toEqual(["hub.no-parcel", "erp.missing"]);
	});

	it("are asked of the platform once for all who look at the same moment", async () => {
		const id = await stored((order) => order);
		asked = 0;
		await Promise.all([sides(id), sides(id), sides(id)]);
		expect(asked).toBe(1);
	});

	it("are refused for an order of a shop out of reach, before anybody is asked", async () => {
		const id = await stored((order) => order);
		asked = 0;
		const others = desk.call("order.sides", { id }, { actor: "user:li", shops: ["another"] });
		await expect(others).rejects.toMatchObject({ type: "NOT_FOUND" });
		expect(asked).toBe(0);
	});
});
