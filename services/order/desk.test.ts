import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { hubError } from "../../config/errors.ts";
import { type Desk, startDesk } from "./desk.testbed.ts";
import { platformOrder } from "./order.sample.ts";

let desk: Desk;
beforeAll(async () => {
	desk = await startDesk();
});
afterAll(() => desk.stop());
beforeEach(() => {
	desk.calls.length = 0;
	delete desk.answers["platform.taobao.remark"];
	delete desk.answers["platform.taobao.receiver.reveal"];
});

describe("a remark", () => {
	it("goes to the platform with the flag the order has, and the order is read again", async () => {
		const { orderNo, memo } = platformOrder();
		const id = await desk.save({ orderNo, memo: { ...memo, seller: "old", flag: "red" } });
		await desk.call("order.remark", { id, text: "改发顺丰" });
		expect(desk.calls).toEqual([
			["platform.taobao.remark", { shopId: "taobao-demo", orderNo, text: "改发顺丰", flag: "red" }],
			["pull.hint", { shopId: "taobao-demo", kind: "orders", id: orderNo }],
		]);
		const entry = (await desk.timeline(id, 3)).find(({ what }) => what === "order.remarked");
		expect(entry).toMatchObject({
			actor: { kind: "user", name: "li" },
			change: { "memo.seller": ["old", "改发顺丰"], "memo.flag": ["red", "red"] },
		});
	});

	it("that the platform cannot take is refused in its words, and told nowhere", async () => {
		const id = await desk.save();
		desk.answers["platform.taobao.remark"] = () => {
			throw hubError("PLATFORM_UNSUPPORTED", "taobao: a flag in cyan");
		};
		const remark = desk.call("order.remark", { id, text: "x", flag: "cyan" });
		await expect(remark).rejects.toMatchObject({ type: "PLATFORM_UNSUPPORTED" });
		expect(await desk.get(id)).toMatchObject({ version: 1 });
	});

	it("is not undone by a hint that finds nobody", async () => {
		const id = await desk.save();
		desk.answers["pull.hint"] = () => {
			throw new Error("nobody there");
		};
		await expect(desk.call("order.remark", { id, text: "x" })).resolves.toMatchObject({ version: 2 });
		delete desk.answers["pull.hint"];
	});
});

describe("an order closed in the hub", () => {
	it("goes nowhere, also when it is paid after all, until it is reopened", async () => {
		const order = platformOrder({ status: "WAIT_PAY", paidAt: null });
		const id = await desk.save(order);
		const closed = await desk.call("order.close", { id, note: "买家要求作废" });
		expect(closed).toMatchObject({ status: "WAIT_PAY", closedInHub: { by: "user:li" }, holds: [{ reason: "MANUAL" }] });
		await desk.save({ ...order, status: "WAIT_SHIP", paidAt: order.modifiedAt });
		expect(await desk.get(id)).toMatchObject({ ready: false, closedInHub: { by: "user:li" } });
		await expect(desk.call("order.release", { id })).rejects.toThrow(/reopen/);
		expect(await desk.call("order.reopen", { id })).toMatchObject({ ready: true, closedInHub: null, holds: [] });
		const entries = await desk.timeline(id, 5);
		expect(entries.map(({ what }) => what)).toEqual([
			"order.created",
			"order.closed-in-hub",
			"order.changed",
			"order.reopened",
			"order.ready",
		]);
		expect(entries[1]).toMatchObject({ cause: "DECIDED", note: "买家要求作废" });
	});

	it("may be closed twice, and not when it is shipped", async () => {
		const id = await desk.save();
		await desk.call("order.close", { id });
		expect(await desk.call("order.close", { id })).toMatchObject({ version: 2 });
		const shipped = await desk.save({ status: "SHIPPED" });
		await expect(desk.call("order.close", { id: shipped })).rejects.toMatchObject({ type: "ORDER_NOT_READY" });
	});
});

describe("a receiver shown in plain", () => {
	const plain = { name: "王小明", phone: "13800001234", address: "科技路 1 号" };
	const reveal = (id: string): Promise<unknown> =>
		desk.call("order.reveal", { id, purpose: "view" }, { actor: "user:li", ip: "10.0.0.7" });

	it("is answered to the caller and written into the audit, and stands nowhere else", async () => {
		const id = await desk.save({ shopId: "plain" });
		desk.answers["platform.taobao.receiver.reveal"] = () => plain;
		expect(await reveal(id)).toEqual(plain);
		const { items } = await desk.call<{ items: object[] }>("audit.list", { ref: id });
		expect(items).toMatchObject([{ actor: "user:li", what: "order.reveal", ref: id, purpose: "view", ip: "10.0.0.7" }]);
		expect(JSON.stringify([items, await desk.get(id), await desk.timeline(id, 2)])).not.toMatch(/王小明|13800001234/);
	});

	it("counts against the shop's day, but for one that was surely not shown", async () => {
		const id = await desk.save({ shopId: "counted" });
		desk.answers["shop.get"] = () => ({ revealPerDay: 2 });
		desk.answers["platform.taobao.receiver.reveal"] = () => {
			throw hubError("PLATFORM_REFUSED", "limit");
		};
		for (let time = 0; time < 3; time += 1)
			await expect(reveal(id)).rejects.toMatchObject({ type: "PLATFORM_REFUSED" });
		desk.answers["platform.taobao.receiver.reveal"] = () => plain;
		const all = await Promise.allSettled(Array.from({ length: 6 }, () => reveal(id)));
		expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
		await expect(reveal(id)).rejects.toMatchObject({
			type: "TOO_MANY_REQUESTS",
			data: { retryAfterSec: expect.any(Number) },
		});
		desk.answers["shop.get"] = ({ id: shopId }) => ({ _id: shopId, revealPerDay: 1_000 });
	});

	it("is refused without a purpose, and out of reach", async () => {
		const id = await desk.save();
		await expect(desk.call("order.reveal", { id })).rejects.toMatchObject({ code: 422 });
		const reach = desk.call("order.reveal", { id, purpose: "view" }, { shops: ["another"] });
		await expect(reach).rejects.toMatchObject({ type: "NOT_FOUND" });
	});
});
