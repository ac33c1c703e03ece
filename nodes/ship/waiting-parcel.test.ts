/** A parcel of a shop in the mode FLOW, from its acceptance through a flow to the platform: real events and shipments. */
import { randomUUID } from "node:crypto";
import type { Context, ServiceBroker, ServiceSchema } from "moleculer";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { ConsumerModel } from "../../services/event/event.model.ts";
import EventService from "../../services/event/event.service.ts";
import { type Shipment, ShipmentModel } from "../../services/shipment/shipment.model.ts";
import ShipmentService from "../../services/shipment/shipment.service.ts";
import { startBroker } from "../../test/broker.ts";
import ack from "../ack/ack.ts";
import orderIn from "../order-in/order-in.ts";
import { startFlow, stopFlow, within } from "../test-runtime.ts";
import ship from "./ship.ts";

const told: { trackingNo: string }[] = [];
const held = new Set<string>();

const neighbours: ServiceSchema[] = [
	{ name: "shop", actions: { get: () => ({ shipMode: "FLOW" }) } },
	{
		name: "order",
		actions: {
			get({ params: { id } }: Context<{ id: string }>) {
				const [platform, shopId, orderNo] = id.split(":");
				const holds = held.has(id) ? [{ reason: "REFUND_APPLIED" }] : [];
				return { _id: id, platform, shopId, orderNo, status: "WAIT_SHIP", holds, lines: [], fence: 1 };
			},
		},
	},
	{
		name: "platform.taobao",
		actions: {
			can: () => ({ parts: "lines", manyParcels: true, carriers: ["SF"] }),
			ship: ({ params }: Context<{ trackingNo: string }>) => void told.push(params),
			shipped: () => [],
		},
	},
];

describe("a waiting parcel", () => {
	let broker: ServiceBroker;
	beforeAll(async () => {
		broker = await startBroker(EventService, ShipmentService, ...neighbours);
	});
	afterAll(() => broker.stop());
	afterEach(() => stopFlow());
	beforeEach(async () => {
		const subjects = "hub.shipment.accepted";
		const common = { shopId: "", concurrency: 4, timeoutSec: 60 };
		await startFlow(
			broker,
			[orderIn, ship, ack],
			[
				{ id: randomUUID(), type: "order-in", subjects, ...common, wires: [["ship"]] },
				{ id: "ship", type: "ship", hub: "the-hub", property: "payload", wires: [["ack"], ["ack"]] },
				{ id: "ack", type: "ack" },
			],
		);
		await vi.waitFor(async () => expect(await ConsumerModel.countDocuments({ subjects })).toBeGreaterThan(0), within);
	});

	const becomes = (id: string, state: Shipment["state"]): Promise<Shipment> =>
		vi.waitFor(async () => {
			const found = await ShipmentModel.findById(id).lean<Shipment>();
			expect(found).toMatchObject({ state });
			return found as Shipment;
		}, within);
	const accept = async (orderId: string, trackingNo: string): Promise<string> => {
		const parcels = [{ carrier: "SF", trackingNo }];
		expect(await broker.call("shipment.accept", { orderId, parcels })).toMatchObject({
			shipments: [{ state: "WAITING" }],
		});
		return `${orderId}:${trackingNo}`;
	};

	it("is let go by the flow that its event starts, and the platform is told once", async () => {
		const id = await accept("taobao:s1:1", "SF10000001");
		expect((await becomes(id, "SHIPPED")).by).toMatch(/^flow:test@[0-9a-f]{8}$/);
		expect(told.filter(({ trackingNo }) => trackingNo === "SF10000001")).toHaveLength(1);
	});

	it("of a refunded order is held although the flow lets it go", async () => {
		held.add("taobao:s1:2");
		const id = await accept("taobao:s1:2", "SF10000002");
		expect(await becomes(id, "HELD")).toMatchObject({ reason: "ORDER_HELD: REFUND_APPLIED" });
		expect(told.filter(({ trackingNo }) => trackingNo === "SF10000002")).toEqual([]);
	});
});
