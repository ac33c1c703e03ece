/** Counts of numbers and of parcels, by state, within the caller's shops. */
import type { ServiceBroker } from "moleculer";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startBroker } from "../../test/broker.ts";
import EventService from "../event/event.service.ts";
import type { WaybillTally } from "../waybill/tally.ts";
import { WaybillModel } from "../waybill/waybill.model.ts";
import WaybillService from "../waybill/waybill.service.ts";
import { ShipmentModel } from "./shipment.model.ts";
import ShipmentService from "./shipment.service.ts";
import type { ShipmentTally } from "./tally.ts";

const ofShopA = { meta: { actor: "user:a", shops: ["tally-a"] } };

describe("the tallies of numbers and parcels", () => {
	let broker: ServiceBroker;
	const count = async (noun: "waybill" | "shipment", params: object, caller: object): Promise<object> =>
		(await broker.call<WaybillTally | ShipmentTally, object>(`${noun}.tally`, params, caller)).counts;

	beforeAll(async () => {
		broker = await startBroker(EventService, WaybillService, ShipmentService);
		const rows = [
			["tally-a", "1", "TAKEN", "FAILED"],
			["tally-a", "2", "PRINTED", "SHIPPED"],
			["tally-b", "3", "TAKEN", "FAILED"],
		] as const;
		for (const [shopId, orderNo, waybill, shipment] of rows) {
			const order = { orderId: `taobao:${shopId}:${orderNo}`, orderNo, platform: "taobao", shopId, carrier: "ZTO" };
			await WaybillModel.create({ _id: `${order.orderId}:1`, ...order, parcelNo: 1, state: waybill });
			await ShipmentModel.create({
				_id: `${order.orderId}:T`,
				...order,
				trackingNo: "T",
				state: shipment,
			});
		}
	});
	afterAll(() => broker?.stop());

	it("count each state of one shop", async () => {
		const shop = { shopId: "tally-a" };
		expect(await count("waybill", shop, {})).toEqual({ TAKING: 0, TAKEN: 1, PRINTED: 1, RECYCLED: 0, FAILED: 0 });
		expect(await count("shipment", shop, {})).toMatchObject({ FAILED: 1, SHIPPED: 1, HELD: 0 });
	});

	it("count no shop that is out of the caller's reach, also where it is asked for", async () => {
		expect(await count("waybill", {}, ofShopA)).toMatchObject({ TAKEN: 1, PRINTED: 1 });
		expect(await count("shipment", { shopId: "tally-b" }, ofShopA)).toMatchObject({ FAILED: 0, SHIPPED: 0 });
	});
});
