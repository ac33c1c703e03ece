import { describe, expect, it } from "vitest";
import { mergeOrder } from "./merge.ts";
import { platformOrder } from "./order.sample.ts";
import type { ErpState, HoldReason, Order, OrderLabel, OrderStatus } from "./order.ts";
import { stageOf, stages } from "./stage.ts";
import { tabRows, tabs } from "./tabs.ts";

const at = new Date();
const merged = mergeOrder(null, platformOrder(), { now: at, readAt: null, marks: [], matches: new Map() });
if (!("next" in merged)) throw new Error("a new order is stored");
const stored: Order = merged.next;

const held = (reason: HoldReason, by = "platform") => ({ reason, at, by });
const inErp = (state: ErpState, recall: Order["erp"]["recall"]["state"] = "NONE"): Order["erp"] => ({
	...stored.erp,
	state,
	recall: { state: recall, why: recall === "NONE" ? "" : "refund", reason: "" },
});
const order = (status: OrderStatus, over: Partial<Order> = {}): Order => {
	const holds = over.holds ?? [];
	return { ...stored, status, holds, ready: status === "WAIT_SHIP" && !holds.length, ...over };
};
const label = (parcelNo: number, state: OrderLabel["state"]): OrderLabel => ({
	parcelNo,
	carrier: "SF",
	trackingNo: `SF${parcelNo}`,
	state,
	version: 1,
});
const rule = held("MANUAL", "rule:big orders");
const closedInHub = { at, by: "user:li" };

describe("the stage of an order", () => {
	it.each([
		["not paid", order("WAIT_PAY"), "WAIT_PAY"],
		["not paid and held", order("WAIT_PAY", { holds: [held("SKU_UNMATCHED")] }), "WAIT_PAY"],
		["stopped by a rule", order("WAIT_SHIP", { holds: [rule] }), "WAIT_AUDIT"],
		["stopped by a rule and by something else", order("WAIT_SHIP", { holds: [rule, held("NO_RECEIVER")] }), "HELD"],
		["held by a person", order("WAIT_SHIP", { holds: [held("MANUAL", "user:li")] }), "HELD"],
		["nothing of it left to deliver", order("WAIT_SHIP", { ready: false }), "HELD"],
		["ready", order("WAIT_SHIP"), "TO_PUSH"],
		["being sent", order("WAIT_SHIP", { erp: inErp("SENDING") }), "TO_PUSH"],
		["given back by the ERP", order("WAIT_SHIP", { erp: inErp("CANCELLED") }), "TO_PUSH"],
		["refused by the ERP", order("WAIT_SHIP", { erp: inErp("REJECTED") }), "PUSH_FAILED"],
		["given up by its flow", order("WAIT_SHIP", { erp: inErp("PARKED") }), "PUSH_FAILED"],
		["in doubt", order("WAIT_SHIP", { erp: inErp("IN_DOUBT") }), "DOUBTFUL"],
		[
			"in doubt and held",
			order("WAIT_SHIP", { erp: inErp("IN_DOUBT"), holds: [held("REFUND_APPLIED")] }),
			"HELD_DOUBTFUL",
		],
		["in the ERP", order("WAIT_SHIP", { erp: inErp("OK") }), "TO_PRINT"],
		["with a number", order("WAIT_SHIP", { erp: inErp("OK"), labels: [label(1, "TAKEN")] }), "TO_PRINT"],
		["with a label", order("WAIT_SHIP", { erp: inErp("OK"), labels: [label(1, "PRINTED")] }), "TO_SHIP"],
		[
			"with one label of two",
			order("WAIT_SHIP", { erp: inErp("OK"), labels: [label(1, "PRINTED"), label(2, "TAKEN")] }),
			"TO_PRINT",
		],
		[
			"with a label beside one given back",
			order("WAIT_SHIP", { erp: inErp("OK"), labels: [label(1, "RECYCLED"), label(2, "PRINTED")] }),
			"TO_SHIP",
		],
		[
			"with the only label given back",
			order("WAIT_SHIP", { erp: inErp("OK"), labels: [label(1, "RECYCLED")] }),
			"TO_PRINT",
		],
		["shipped in part", order("PART_SHIPPED", { erp: inErp("OK") }), "PART_SHIPPED"],
		["shipped in part and held", order("PART_SHIPPED", { holds: [held("REFUND_APPLIED")] }), "HELD_PART_SHIPPED"],
		["shipped", order("SHIPPED", { erp: inErp("OK") }), "SHIPPED"],
		["completed", order("COMPLETED"), "COMPLETED"],
		["closed by its platform", order("CLOSED"), "CLOSED"],
		["closed, while the ERP keeps it", order("CLOSED", { erp: inErp("OK", "REFUSED") }), "CLOSED_IN_ERP_OPEN"],
		["closed in the hub, paid", order("WAIT_SHIP", { closedInHub, holds: [held("MANUAL", "user:li")] }), "CLOSED"],
		["closed in the hub, not paid", order("WAIT_PAY", { closedInHub, holds: [held("MANUAL", "user:li")] }), "CLOSED"],
	])("%s", (_, given, stage) => {
		expect(stageOf(given)).toBe(stage);
	});
});

describe("the tabs", () => {
	it("have a place for every stage", () => {
		const shown = new Set(tabs.flatMap((tab) => tabRows[tab].stages));
		expect([...shown].toSorted()).toEqual([...stages].toSorted());
	});
});
