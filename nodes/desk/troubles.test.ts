import { describe, expect, it } from "vitest";
import { type Seen, troublesOf } from "./troubles.ts";

const early = "2026-01-02T03:04:05.000Z";
const late = "2026-01-02T03:04:05.900Z";
const none: Seen = { shops: [], pushes: [], parkedOrders: [], failedShipments: [] };
const shop = {
	_id: "s1",
	platform: "taobao",
	name: "Tea",
	status: "TOKEN_EXPIRED",
	reason: "27",
	updatedAt: early,
} as const;
const push = {
	_id: "erp-1:order:o1",
	orderNo: "1",
	connectionId: "erp-1",
	state: "REJECTED",
	reason: "out of stock",
	sends: 2,
	updatedAt: early,
} as const;
const parked = { _id: "o2", orderNo: "2", erp: { connectionId: "", reason: "line 1", at: early } };
const shipment = {
	_id: "o3:SF1",
	orderNo: "3",
	carrier: "SF",
	trackingNo: "SF1",
	reason: "no such order",
	attempts: [{}, {}, {}],
	updatedAt: early,
};

describe("troublesOf", () => {
	it("makes rows of one shape, shops first", () => {
		const seen = { shops: [shop], pushes: [push], parkedOrders: [parked], failedShipments: [shipment] };
		expect(troublesOf(seen)).toEqual([
			{ _id: "s1", at: early, subject: "Tea", where: "taobao", state: "TOKEN_EXPIRED", reason: "27", times: null },
			{ _id: push._id, at: early, subject: "1", where: "erp-1", state: "REJECTED", reason: "out of stock", times: 2 },
			{ _id: "o2", at: early, subject: "2", where: "flow", state: "PARKED", reason: "line 1", times: null },
			{
				_id: "o3:SF1",
				at: early,
				subject: "3",
				where: "SF SF1",
				state: "SHIP_FAILED",
				reason: "no such order",
				times: 3,
			},
		]);
	});

	it("leaves out shops at work, and parked orders that a push tells of", () => {
		const shops = [{ ...shop, status: "ACTIVE" as const }];
		const parkedOrders = [{ ...parked, erp: { ...parked.erp, connectionId: "erp-1" } }];
		expect(troublesOf({ ...none, shops, parkedOrders })).toEqual([]);
	});

	it.each([
		["text", early, late],
		["dates", new Date(early), new Date(late)],
	])("puts the newest of a kind first, times being %s", (_name, before, after) => {
		const pushes = [
			{ ...push, _id: "old", updatedAt: before },
			{ ...push, _id: "new", updatedAt: after },
		];
		expect(troublesOf({ ...none, pushes }).map(({ _id }) => _id)).toEqual(["new", "old"]);
	});

	it("says nothing of a tracking number that a parcel without a carrier has not", () => {
		const failedShipments = [{ ...shipment, carrier: "NONE", trackingNo: "" }];
		expect(troublesOf({ ...none, failedShipments })[0]?.where).toBe("NONE");
	});
});
