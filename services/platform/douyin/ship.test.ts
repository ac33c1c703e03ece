import { describe, expect, it } from "vitest";
import { carrierCodes } from "../../../config/carriers.ts";
import type { ShipCall } from "../adapter.ts";
import type { RawRecord } from "../record.ts";
import { carriers } from "./carriers.ts";
import { sampleOrder } from "./samples.ts";
import { shipping } from "./ship.ts";
import { walk } from "./walk.ts";

describe("shipping", () => {
	const call: ShipCall = {
		orderNo: "6935512345678901234",
		carrier: "SF",
		trackingNo: "SF1380000000001",
		lines: [],
		further: false,
		requestId: "r-1",
	};
	const lineId = "6935512345678901235";

	it("of the whole order is one plain call, not to be repeated", () => {
		const { asked } = walk(shipping.ship(call), []);
		expect(asked).toEqual([
			{
				method: "order.logisticsAdd",
				body: '{"company_code":"shunfeng","is_reject_refund":false,"logistics_code":"SF1380000000001","order_id":"6935512345678901234"}',
				repeatable: false,
			},
		]);
	});

	it("of some pieces is a pack that the platform knows again", () => {
		const { asked } = walk(shipping.ship({ ...call, lines: [{ lineId, quantity: 1 }] }), ['{"pack_id":"1"}']);
		expect(asked).toHaveLength(1);
		expect(asked[0]).toMatchObject({ method: "order.logisticsAddSinglePack", repeatable: true });
		expect(JSON.parse(asked[0]?.body ?? "")).toMatchObject({
			order_id_list: [call.orderNo],
			request_id: "r-1",
			shipped_order_info: [{ shipped_order_id: lineId, shipped_num: 1 }],
		});
	});

	const pack = (quantity: number): RawRecord => ({
		tracking_no: "YT8800000000002",
		company: "yuantong",
		product_info: [{ sku_order_id: lineId, product_count: quantity }],
	});

	it("of the rest goes by what is in no parcel yet", () => {
		const order = sampleOrder({ logistics_info: [pack(1)] });
		const steps = shipping.ship({ ...call, further: true });
		const { asked } = walk(steps, [JSON.stringify({ shop_order_detail: order })]);
		expect(JSON.parse(asked[1]?.body ?? "").shipped_order_info).toEqual([
			{ shipped_order_id: lineId, shipped_num: 1 },
			{ shipped_order_id: "6935512345678901236", shipped_num: 1 },
		]);
	});

	it("of the rest is refused when there is none", () => {
		const order = sampleOrder({ logistics_info: [pack(2)] }, [{}, { order_status: 4 }]);
		const steps = shipping.ship({ ...call, further: true });
		const refused = expect.objectContaining({ type: "PLATFORM_REFUSED" });
		expect(() => walk(steps, [JSON.stringify({ shop_order_detail: order })])).toThrow(refused);
	});

	it("is looked up by pack, in our carrier codes", () => {
		expect(shipping.shippedLines(sampleOrder({ logistics_info: [pack(1), { ...pack(1), company: "other" }] }))).toEqual(
			[
				{ carrier: "YTO", trackingNo: "YT8800000000002", lineId },
				{ carrier: "other", trackingNo: "YT8800000000002", lineId },
			],
		);
	});

	it("knows every carrier of ours but the one that carries nothing", () => {
		expect(Object.keys(carriers).sort()).toEqual(carrierCodes.filter((code) => code !== "NONE").sort());
		const unknown = expect.objectContaining({ type: "CARRIER_UNKNOWN" });
		expect(() => walk(shipping.ship({ ...call, carrier: "NONE" }), [])).toThrow(unknown);
	});
});
