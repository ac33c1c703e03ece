import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hubError } from "../../config/errors.ts";
import ShipmentService from "../shipment/shipment.service.ts";
import { type Desk, startDesk } from "./desk.testbed.ts";
import type { Order } from "./order.ts";

const receiver = {
	name: "王小明",
	phone: "13800001234",
	address: "科技路 1 号",
	province: "广东省",
	city: "深圳市",
	district: "南山区",
};
const lines = [
	{ outerSku: "CUP-BK-500", quantity: 3, priceFen: 1_999, discountFen: 100 },
	{ outerSku: "GIFT-1", quantity: 1, priceFen: 0, gift: true },
];
const given = { shopId: "shop-1", receiver, lines, freightFen: 600 };
const paidFen = 3 * 1_999 - 100 + 600;

let desk: Desk;
beforeAll(async () => {
	desk = await startDesk(ShipmentService);
});
afterAll(() => desk.stop());

const create = (over: object = {}): Promise<Order> => desk.call("order.create", { ...given, ...over });

async function until(id: string, status: Order["status"]): Promise<Order> {
	let order = await desk.get(id);
	for (const end = Date.now() + 10_000; order.status !== status && Date.now() < end; ) order = await desk.get(id);
	return order;
}

describe("a manual order", () => {
	it("goes the way of all orders, its amounts worked out from the lines", async () => {
		const order = await create({ paidFen });
		expect(order).toMatchObject({
			platform: "manual",
			shopId: "shop-1",
			orderNo: expect.stringMatching(/^M\d{18}$/),
			flags: ["manual"],
			ready: true,
			money: { goodsFen: 5_997, freightFen: 600, discountSellerFen: 100, paidFen, receivableFen: paidFen },
			lines: [
				{ paidFen: 5_897, erpSku: "CUP-BK-500" },
				{ paidFen: 0, gift: true },
			],
		});
		const [created] = await desk.timeline(order._id, 2);
		expect(created).toMatchObject({ what: "order.created", by: "user:li" });
	});

	it("keeps nothing readable of its receiver, who is shown on demand", async () => {
		const order = await create();
		expect(order.receiver).toMatchObject({ name: "王**", phone: "*******1234", address: "****", city: "深圳市" });
		expect(JSON.stringify([order, await desk.timeline(order._id, 2)])).not.toMatch(/王小明|13800001234|科技路/);
		const plain = await desk.call("order.reveal", { id: order._id, purpose: "push" });
		expect(plain).toEqual({ ...receiver, town: "", phoneExpiresAt: null });
	});

	it.each([
		["an amount that its lines do not make up", { paidFen: paidFen + 1 }, { field: "paidFen", differenceFen: 1 }],
		[
			"a discount above the price",
			{ lines: [{ outerSku: "A", quantity: 1, priceFen: 1, discountFen: 2 }] },
			{ field: "lines[0].discountFen" },
		],
	])("is refused with %s", async (_, over, data) => {
		await expect(create(over)).rejects.toMatchObject({ type: "INVALID", data });
	});

	it("is refused for a shop that is not the caller's", async () => {
		desk.answers["shop.get"] = ({ id }) => {
			throw hubError("NOT_FOUND", `shop ${id}`);
		};
		await expect(create()).rejects.toMatchObject({ type: "NOT_FOUND" });
		desk.answers["shop.get"] = ({ id }) => ({ _id: id, revealPerDay: 1_000 });
	});

	it("is not entered twice under one number, however often and at once it is sent", async () => {
		const orderNo = `M${randomUUID().slice(0, 12)}`;
		const all = await Promise.allSettled(Array.from({ length: 5 }, () => create({ orderNo })));
		expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
		for (const each of all) if (each.status === "rejected") expect(each.reason).toMatchObject({ type: "CONFLICT" });
		expect(await desk.get(`manual:shop-1:${orderNo}`)).toMatchObject({ version: 1 });
	});

	it("is shipped at once, in parts too, without any platform", async () => {
		const { _id: orderId, lines: stored } = await create();
		const [first, second] = stored;
		const part = { carrier: "SF", trackingNo: "SF0001", lines: [{ lineId: first?.lineId, quantity: 3 }] };
		await desk.call("shipment.accept", { orderId, parcels: [part] });
		expect(await until(orderId, "PART_SHIPPED")).toMatchObject({ parcels: [{ trackingNo: "SF0001" }] });
		const rest = { carrier: "SF", trackingNo: "SF0002", lines: [{ lineId: second?.lineId, quantity: 1 }] };
		await desk.call("shipment.accept", { orderId, parcels: [rest] });
		expect(await until(orderId, "SHIPPED")).toMatchObject({ ready: false, parcels: [{}, { trackingNo: "SF0002" }] });
		expect(desk.calls.filter(([action]) => action.startsWith("platform."))).toEqual([]);
		const shipped = (await desk.timeline(orderId, 8)).filter(({ what }) => what === "order.parcel-shipped");
		expect(shipped.map(({ cause, links }) => [cause, links])).toEqual([
			["PARCEL", { shipmentId: `${orderId}:SF0001` }],
			["PARCEL", { shipmentId: `${orderId}:SF0002` }],
		]);
	});

	it("is not shipped while it is held", async () => {
		const { _id: orderId } = await create();
		await desk.call("order.hold", { id: orderId });
		await desk.call("shipment.accept", { orderId, parcels: [{ carrier: "SF", trackingNo: "SF0003" }] });
		for (let state = ""; state !== "HELD"; ) {
			const { items } = await desk.call<{ items: { state: string }[] }>("shipment.list", { orderId });
			state = items[0]?.state ?? "";
		}
		expect(await desk.get(orderId)).toMatchObject({ status: "WAIT_SHIP", parcels: [] });
	});

	it("takes a remark and a close by itself", async () => {
		const { _id: id } = await create();
		const remarked = await desk.call("order.remark", { id, text: "赠品", flag: "green" });
		expect(remarked).toMatchObject({ memo: { seller: "赠品", flag: "green" } });
		expect(await desk.call("order.close", { id })).toMatchObject({ status: "CLOSED", ready: false, fence: 1 });
		expect(desk.calls.filter(([action]) => action === "pull.hint")).toEqual([]);
	});
});
