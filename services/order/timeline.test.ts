import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Desk, startDesk } from "./desk.testbed.ts";
import { platformOrder } from "./order.sample.ts";
import type { Order } from "./order.ts";
import { actorIn } from "./timeline.ts";

let desk: Desk;
beforeAll(async () => {
	desk = await startDesk();
});
afterAll(() => desk.stop());

const minutes = (count: number): Date => new Date(Date.UTC(2026, 0, 2, 3, count));

describe("an actor", () => {
	it.each([
		["user:li", { kind: "user", name: "li" }],
		["flow:order-to-erp@1f3a", { kind: "flow", name: "order-to-erp", revision: "1f3a" }],
		["flow:order-to-erp", { kind: "flow", name: "order-to-erp" }],
		["rule:大额: 华南", { kind: "rule", name: "大额: 华南" }],
		["hub", { kind: "hub", name: "" }],
	])("%s is %o", (by, actor) => {
		expect(actorIn(by)).toEqual(actor);
	});
});

describe("the timeline", () => {
	it("says what was changed, from what to what, and links the platform's document", async () => {
		const order = platformOrder({ modifiedAt: minutes(1) });
		const [line] = order.lines;
		const id = await desk.save(order);
		await desk.save({
			...order,
			modifiedAt: minutes(2),
			memo: { ...order.memo, seller: "加急" },
			receiver: { ...order.receiver, city: "广州市", platformKey: "oaid-2" },
			lines: [{ ...(line as (typeof order.lines)[number]), quantity: 3 }],
		});
		const changed = (await desk.timeline(id, 3)).find(({ what }) => what === "order.changed");
		expect(changed).toMatchObject({ cause: "PLATFORM_TOLD", actor: { kind: "platform", name: "taobao" } });
		expect(changed?.links).toEqual({ rawId: `taobao-demo:${order.orderNo}` });
		expect(changed?.change).toEqual({
			"memo.seller": ["", "加急"],
			"receiver.city": ["深圳市", "广州市"],
			"receiver.key": "changed",
			[`lines.${order.orderNo}.quantity`]: [2, 3],
		});
	});

	it("links the push of the ERP's answers, by its revision", async () => {
		const id = await desk.save();
		const body = { orderId: id, kind: "order", connectionId: "erp-1", docNo: "D1", reason: "", revision: 1 };
		const event = { id: `t-${id}`, subject: "hub.push.done", at: new Date().toISOString(), traceId: "", body };
		await desk.call("event.publish", { events: [event] });
		const pushed = (await desk.timeline(id, 3)).find(({ what }) => what === "order.pushed");
		expect(pushed).toMatchObject({ cause: "ERP_ANSWERED", links: { pushId: `erp-1:order:${id}` } });
	});
});

describe("an order as it was", () => {
	const at = (id: string, when: Date): Promise<Order> => desk.call("order.get", { id, at: when });

	it("is shown for any moment since it came, without what would decrypt its receiver", async () => {
		const before = new Date();
		await pause(5);
		const order = platformOrder({ modifiedAt: minutes(1) });
		const id = await desk.save(order);
		const created = (await desk.get(id)).updatedAt;
		await pause(5);
		await desk.call("order.hold", { id });
		const held = (await desk.get(id)).updatedAt;
		await pause(5);
		await desk.call("order.release", { id });
		await desk.timeline(id, 5);
		expect(await at(id, new Date(created.getTime() + 1))).toMatchObject({
			version: 1,
			holds: [],
			receiver: { name: "王**", city: "深圳市", platformKey: "", cipher: "" },
		});
		expect(await at(id, new Date(held.getTime() + 1))).toMatchObject({ version: 2, holds: [{ reason: "MANUAL" }] });
		expect(await at(id, new Date())).toMatchObject({ version: 3, holds: [], receiver: { platformKey: "" } });
		await expect(at(id, before)).rejects.toMatchObject({ type: "NOT_FOUND" });
	});

	it("is out of reach where the order is", async () => {
		const id = await desk.save();
		const reach = desk.call("order.get", { id, at: new Date() }, { shops: ["another"] });
		await expect(reach).rejects.toMatchObject({ type: "NOT_FOUND" });
	});
});
