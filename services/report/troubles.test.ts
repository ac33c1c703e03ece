import { describe, expect, it } from "vitest";
import { type Seen, troublesOf } from "./troubles.ts";

const early = "2026-01-02T03:04:05.000Z";
const late = "2026-01-02T03:04:05.900Z";
const none: Seen = { shops: [], pushes: [], parkedOrders: [], failedShipments: [], alerts: [] };
const shop = {
	_id: "s1",
	platform: "taobao",
	name: "Tea",
	status: "TOKEN_EXPIRED",
	reason: "27",
	token: { expiresAt: late },
	updatedAt: early,
} as const;
const working = { ...shop, status: "ACTIVE", reason: "" } as const;
const push = {
	_id: "erp-1:order:o1",
	orderNo: "1",
	connectionId: "erp-1",
	kind: "order",
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
const alert = (kind: Seen["alerts"][number]["kind"], ref: Record<string, string>): Seen["alerts"][number] => {
	return { _id: kind, kind, ref, reason: "why", since: late, times: 2 };
};

describe("troublesOf", () => {
	it("makes rows of one shape, shops first", () => {
		const seen = { ...none, shops: [shop], pushes: [push], parkedOrders: [parked], failedShipments: [shipment] };
		const row = { at: early, moment: null, times: null };
		expect(troublesOf(seen)).toEqual([
			{ ...row, _id: "s1", subject: "Tea", where: ["taobao"], state: "TOKEN_EXPIRED", reason: "27" },
			{ ...row, _id: push._id, subject: "1", where: ["erp-1"], state: "REJECTED", reason: "out of stock", times: 2 },
			{ ...row, _id: "o2", subject: "2", where: ["flow"], state: "PARKED", reason: "line 1" },
			{
				...row,
				_id: "o3:SF1",
				subject: "3",
				where: ["SF", "SF1"],
				state: "SHIP_FAILED",
				reason: "no such order",
				times: 3,
			},
		]);
	});

	it("says of an alert which platform, shop and record it is about, and from or until when", () => {
		const pull = { shopId: "s1", kind: "orders", list: "changed", from: early };
		const delivery = { eventId: "e1", subject: "hub.order.changed", orderId: "taobao:s1:4" };
		const alerts = [
			alert("delivery.parked", delivery),
			alert("record.parked", { shopId: "s1", kind: "aftersales", id: "42" }),
			alert("recall.waiting", { shopId: "s1", orderId: "taobao:s1:5", why: "refund" }),
			alert("flow.raised", { key: "late-7", orderId: "taobao:s1:7" }),
			alert("parcel.stray", { connectionId: "wdt", number: "6", trackingNo: "SF1" }),
			alert("channel.failed", { channelId: "c1", name: "仓库群" }),
			alert("shipment.waiting", { shopId: "s1", orderId: "taobao:s1:7", carrier: "SF", trackingNo: "SF7" }),
			alert("pull.behind", pull),
			alert("window.failed", pull),
			alert("window.gap", pull),
			alert("shop.token-expiring", { shopId: "s1", platform: "taobao" }),
		];
		const pulled = { subject: "Tea", where: ["taobao", "orders", "changed"], moment: early, reason: "why", times: 2 };
		expect(troublesOf({ ...none, shops: [working], alerts })).toMatchObject([
			{ state: "shop.token-expiring", at: late, subject: "Tea", where: ["taobao"], moment: late, reason: "" },
			{ state: "window.gap", ...pulled },
			{ state: "window.failed", ...pulled },
			{ state: "pull.behind", ...pulled },
			{ state: "recall.waiting", subject: "5", where: ["taobao", "Tea"], moment: null, reason: "why" },
			{ state: "shipment.waiting", subject: "7", where: ["Tea", "SF", "SF7"], moment: null, reason: "why" },
			{ state: "flow.raised", subject: "7", where: ["taobao", "Tea", "flow"], moment: null, reason: "why" },
			{ state: "parcel.stray", subject: "6", where: ["wdt", "SF1"], moment: null, reason: "why" },
			{ state: "record.parked", subject: "42", where: ["taobao", "Tea", "aftersales"], moment: null, reason: "why" },
			{ state: "delivery.parked", subject: "4", where: ["taobao", "Tea", "hub.order.changed"], moment: null },
			{ state: "channel.failed", subject: "仓库群", where: [], moment: null, reason: "why" },
		]);
	});

	it("falls back to ids where the shop or the order is not known", () => {
		const alerts = [
			alert("record.parked", { shopId: "s9", kind: "orders", id: "42" }),
			alert("delivery.parked", { eventId: "e1", subject: "hub.shop.changed" }),
			alert("shop.token-expiring", { shopId: "s9", platform: "jd" }),
			alert("flow.raised", { key: "stock-of-tea" }),
		];
		expect(troublesOf({ ...none, alerts })).toMatchObject([
			{ subject: "s9", where: [], moment: null },
			{ subject: "stock-of-tea", where: ["flow"] },
			{ subject: "42", where: ["s9", "orders"] },
			{ subject: "e1", where: ["hub.shop.changed"] },
		]);
	});

	it.each([
		["that is not authorised", "TOKEN_EXPIRED"],
		["that is switched off", "DISABLED"],
	] as const)("does not say of a shop %s that it is behind, too", (_what, status) => {
		const about = { shopId: "s1", kind: "orders", list: "changed", from: early };
		const alerts = [alert("pull.behind", about), alert("shop.token-expiring", { shopId: "s1" })];
		const rows = troublesOf({ ...none, shops: [{ ...shop, status }], alerts });
		expect(rows.map(({ state }) => state)).toEqual([status]);
		const gap = alert("window.gap", about); // stays when the shop works again
		expect(troublesOf({ ...none, shops: [{ ...shop, status }], alerts: [gap] })).toHaveLength(2);
	});

	it("tells a cancel that was refused from an order that was", () => {
		const cancel = { ...push, _id: "erp-1:cancel:o1", kind: "cancel" as const, updatedAt: late };
		expect(troublesOf({ ...none, pushes: [push, cancel] }).map(({ where }) => where)).toEqual([
			["erp-1", "push.cancel"],
			["erp-1"],
		]);
	});

	it("tells once of an order that a flow gave up", () => {
		const given = (subject: string) => alert("delivery.parked", { eventId: "e1", subject, orderId: "o2" });
		const states = (subject: string) =>
			troublesOf({ ...none, parkedOrders: [parked], alerts: [given(subject)] }).map(({ state }) => state);
		expect(states("hub.order.ready")).toEqual(["PARKED"]);
		expect(states("hub.order.shipped")).toEqual(["PARKED", "delivery.parked"]);
	});

	it("leaves out shops at work, and parked orders that a push tells of", () => {
		const parkedOrders = [{ ...parked, erp: { ...parked.erp, connectionId: "erp-1" } }];
		expect(troublesOf({ ...none, shops: [working], parkedOrders })).toEqual([]);
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
		expect(troublesOf({ ...none, failedShipments })[0]?.where).toEqual(["NONE"]);
	});
});
