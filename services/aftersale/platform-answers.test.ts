/** Answers on their way to a platform's simulator, and what an ERP's results make of its after-sales. */
import type { ServiceBroker } from "moleculer";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type RunningSandbox, runSandbox } from "../../sandbox/testing/running.ts";
import { startBroker } from "../../test/broker.ts";
import EventService from "../event/event.service.ts";
import OrderService from "../order/order.service.ts";
import { connectShop } from "../platform/contract/bench.ts";
import type { Reading } from "../platform/document-actions.ts";
import DouyinService from "../platform/douyin/douyin.service.ts";
import { type Shipment, ShipmentModel } from "../shipment/shipment.model.ts";
import ShipmentService from "../shipment/shipment.service.ts";
import ShopService from "../shop/shop.service.ts";
import AftersaleService from "./aftersale.service.ts";
import { aftersaleId, type PlatformAftersale } from "./aftersale.ts";
import type { AftersaleView } from "./view.ts";

let sandbox: RunningSandbox;
let broker: ServiceBroker;
let shopId: string;
const platform = "douyin";

beforeAll(async () => {
	sandbox = await runSandbox();
	broker = await startBroker(EventService, ShopService, OrderService, ShipmentService, AftersaleService, DouyinService);
	shopId = (await connectShop(broker, sandbox, platform))._id;
}, 30_000);
afterAll(async () => {
	await broker?.stop();
	await sandbox?.end();
});

interface Row {
	platformAftersaleId: string;
	status: string;
}
const act = (orderNo: string, action: object) =>
	sandbox.control<{ aftersales: Row[] }>("POST", `platforms/${platform}/orders/${orderNo}/actions`, action);

/** A shipped order with an after-sale, which the hub has read. */
async function open(type: string): Promise<{ orderNo: string; no: string; id: string }> {
	const { orders } = await sandbox.control<{ orders: { platformOrderId: string }[] }>(
		"POST",
		`platforms/${platform}/orders`,
		{ count: 1, lines: 1 },
	);
	const orderNo = orders[0]?.platformOrderId ?? "";
	const ship = { carrier: "SF", trackingNo: "SF1234567890123", lines: [], further: false, requestId: orderNo };
	await broker.call(`platform.${platform}.ship`, { shopId, orderNo, ...ship });
	const { aftersales } = await act(orderNo, { action: "request-refund", type });
	const no = aftersales[0]?.platformAftersaleId ?? "";
	await pull(no);
	return { orderNo, no, id: aftersaleId(platform, shopId, no) };
}
async function pull(id: string): Promise<void> {
	const action = `platform.${platform}.aftersales.get`;
	const { document } = await broker.call<Reading<PlatformAftersale>, object>(action, { shopId, id });
	await broker.call("aftersale.save", document);
}
const truth = async (no: string) =>
	(await sandbox.truth<Row>("kind=aftersales")).find((row) => row.platformAftersaleId === no)?.status;
const stands = (id: string, status: string): Promise<AftersaleView> =>
	vi.waitFor(
		async () => {
			const found = await broker.call<AftersaleView, object>("aftersale.get", { id });
			expect(found).toMatchObject({ status, decision: { state: "DONE" } });
			return found;
		},
		{ timeout: 15_000, interval: 50 },
	);

describe("a return", () => {
	it("is agreed to by a person and paid back when the ERP has the goods", async () => {
		const { orderNo, no, id } = await open("RETURN_REFUND");
		await broker.call("aftersale.decide", { id, action: "AGREE_RETURN" });
		await stands(id, "WAIT_BUYER_RETURN");
		await act(orderNo, { action: "return-goods" });
		await pull(no);
		await broker.call("aftersale.result", { id, action: "received" });
		await vi.waitFor(async () => expect(await truth(no)).toBe("DONE"), { timeout: 15_000, interval: 50 });
	}, 40_000);

	it("is agreed to once while connections break after the platform has heard", async () => {
		const opened = [await open("RETURN_REFUND"), await open("RETURN_REFUND"), await open("RETURN_REFUND")];
		const { items } = await broker.call<{ items: { id: string }[] }, object>("aftersale.addresses", { shopId });
		const answer = { action: "AGREE_RETURN", addressId: items[0]?.id };
		await sandbox.control("POST", "faults", { target: platform, fault: "reset-after-accept", rate: 0.5 });
		try {
			for (const { id } of opened) await broker.call("aftersale.decide", { id, ...answer });
			const heard = async () => expect(await Promise.all(opened.map(({ no }) => truth(no)))).toEqual(agreed);
			const agreed = opened.map(() => "WAIT_BUYER_RETURN");
			await vi.waitFor(heard, { timeout: 25_000, interval: 50 });
		} finally {
			await sandbox.control("DELETE", "faults");
		}
		for (const { id } of opened) await stands(id, "WAIT_BUYER_RETURN");
	}, 60_000);
});

describe("an exchange", () => {
	it("ends with a parcel that the platform knows and that is among the shipments", async () => {
		const { orderNo, no, id } = await open("EXCHANGE");
		await broker.call("aftersale.result", { id, action: "agreed" });
		await stands(id, "WAIT_BUYER_RETURN");
		await act(orderNo, { action: "return-goods" });
		await pull(no);
		await broker.call("aftersale.result", { id, action: "shipped", carrier: "SF", trackingNo: "SF9876543210987" });
		await stands(id, "WAIT_BUYER_CONFIRM");
		expect(await truth(no)).toBe("WAIT_BUYER_CONFIRM");
		await vi.waitFor(
			async () =>
				expect(await ShipmentModel.find({ "aftersale.id": id }).lean<Shipment[]>()).toMatchObject([
					{ trackingNo: "SF9876543210987", state: "SHIPPED", aftersale: { action: "SHIP_EXCHANGE" } },
				]),
			{ timeout: 5_000, interval: 50 },
		);
	}, 40_000);
});
