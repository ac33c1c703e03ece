import { describe, expect, it } from "vitest";
import { type AlertRow, alertTrouble, goodsText, type HeldOrder, heldTrouble, type Line } from "./trouble.ts";

const line = (over: Partial<Line> = {}): Line => ({
	...{ platformSkuId: "1", outerSku: "A", title: "杯", spec: "黑", quantity: 2 },
	...{ erpSku: "", parts: [], status: "WAIT_SHIP", refund: "NONE" },
	...over,
});
const order: HeldOrder = {
	_id: "taobao:s1:42",
	orderNo: "42",
	platform: "taobao",
	shopId: "s1",
	placedAt: "2026-01-01T00:00:00.000Z",
	shipDeadline: "2026-01-03T00:00:00.000Z",
	holds: [{ reason: "SKU_UNMATCHED", at: "2026-01-01T00:00:05.000Z", by: "platform" }],
	lines: [line({ title: "盖", erpSku: "LID" }), line(), line({ refund: "DONE" }), line({ parts: [{}] })],
};

describe("heldTrouble", () => {
	it("shows the goods that keep an order from being matched, and since when it waits", () => {
		expect(heldTrouble(order, "SKU_UNMATCHED")).toMatchObject({
			...{ _id: order._id, subject: "42", orderId: order._id, about: "杯 黑 ×2", reason: "A" },
			...{ since: "2026-01-01T00:00:05.000Z", deadline: "2026-01-03T00:00:00.000Z", by: "platform" },
		});
	});

	it("shows all goods of one that waits for something else, the first by name", () => {
		expect(heldTrouble(order, "RISK").about).toBe("盖 黑 ×2 +3");
		expect(goodsText([])).toBe("");
	});
});

describe("alertTrouble", () => {
	const alert = (kind: string, ref: Record<string, string>): AlertRow => {
		return { _id: kind, kind, ref, reason: "why", since: "2026-01-01T00:00:00.000Z" };
	};
	const read = (kind: string, ref: Record<string, string>, stopped: string[] = []) =>
		alertTrouble(alert(kind, ref), new Set(stopped), (id) => `shop ${id}`);

	it.each([
		["recall.refused", { shopId: "s1", orderId: "taobao:s1:42" }, "recall", "42", "why"],
		["recall.waiting", { shopId: "s1", orderId: "taobao:s1:42" }, "recall", "42", ""],
		["shipment.waiting", { orderId: "taobao:s1:42", carrier: "SF" }, "ship-waiting", "42", ""],
		["window.gap", { shopId: "s1", kind: "orders", list: "changed" }, "gap", "shop s1", "why"],
		["record.parked", { shopId: "s1", kind: "orders", id: "77" }, "record-parked", "77", "why"],
		["parcel.stray", { connectionId: "erp", number: "6" }, "stray", "6", "why"],
		["flow.raised", { key: "low-stock" }, "flow-raised", "low-stock", "why"],
		["channel.failed", { channelId: "c", name: "仓库群" }, "channel", "仓库群", "why"],
		["delivery.parked", { eventId: "e1", subject: "hub.shop.changed" }, "record-parked", "e1", "why"],
	])("puts %s into its group, under the name people know it by", (kind, ref, group, subject, reason) => {
		expect(read(kind, ref)).toMatchObject({ group, trouble: { subject, reason } });
	});

	it("leaves out what follows from a shop that is not authorised, and kinds it does not know", () => {
		expect(read("pull.behind", { shopId: "s1" }, ["s1"])).toBeNull();
		expect(read("pull.behind", { shopId: "s2" }, ["s1"])).toMatchObject({ group: "gap" });
		expect(read("shop.token-expired", { shopId: "s1" })).toBeNull(); // the shop itself is there
	});
});
