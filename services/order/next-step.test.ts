import { describe, expect, it } from "vitest";
import { nextStep, type StepAction, type StepOrder } from "./next-step.ts";
import { type ErpState, erpStates, type HoldReason, holdReasons, type OrderStatus, orderStatuses } from "./order.ts";

const now = new Date("2026-01-02T10:00:00Z");
const hours = (count: number): Date => new Date(now.getTime() + count * 3_600_000);
const recall = { state: "NONE", why: "", reason: "" } as const;
const erp = (state: ErpState): StepOrder["erp"] => ({
	...{ state, connectionId: "", docNo: "", reason: "", at: null, revision: 1 },
	recall,
});

function order(over: Partial<StepOrder> = {}): StepOrder {
	const holds = over.holds ?? [];
	const status = over.status ?? "WAIT_SHIP";
	const ready = status === "WAIT_SHIP" && holds.length === 0;
	return { status, holds, ready, erp: erp("NONE"), closedInHub: null, labels: [], shipDeadline: null, ...over };
}
const held = (reason: HoldReason, by = "platform"): StepOrder["holds"] => [{ reason, at: now, by }];
const action = (over: Partial<StepOrder>): StepAction => nextStep(order(over), now).action;

describe("the next step", () => {
	it.each([
		["SKU_UNMATCHED", "link-sku"],
		["REFUND_APPLIED", "decide-aftersale"],
		["ADDRESS_CHANGED", "release"],
		["CHANGED_AFTER_PUSH", "release"],
		["NO_RECEIVER", "read-again"],
		["PRESALE_BALANCE", "wait"],
		["MANUAL", "release"],
		["RISK", "wait"],
	] as const)("of an order held for %s is to %s", (reason, wanted) => {
		expect(action({ holds: held(reason) })).toBe(wanted);
	});

	it.each([
		["NONE", "wait"],
		["SENDING", "wait"],
		["OK", "print"],
		["REJECTED", "push-again"],
		["IN_DOUBT", "verify"],
		["PARKED", "push-again"],
		["CANCELLED", "wait"],
	] as const)("of a ready order whose push is %s is to %s", (state, wanted) => {
		expect(action({ erp: erp(state) })).toBe(wanted);
	});

	it.each([
		["WAIT_PAY", "wait"],
		["WAIT_SHIP", "print"],
		["PART_SHIPPED", "ship"],
		["SHIPPED", "wait"],
		["COMPLETED", "none"],
		["CLOSED", "none"],
	] as const)("of an order in the ERP that is %s is to %s", (status, wanted) => {
		expect(action({ status, erp: erp("OK") })).toBe(wanted);
	});

	it("is known in both languages for whatever an order can be", () => {
		for (const status of orderStatuses) {
			for (const state of erpStates) {
				for (const holds of [[], ...holdReasons.map((reason) => held(reason))]) {
					const { zh, en, why } = nextStep(order({ status, erp: erp(state), holds }), now);
					expect([zh, en, why.zh, why.en].every((words) => words !== "")).toBe(true);
				}
			}
		}
	});

	it("of an order that a rule stopped is an audit, of a person's mark of risk a release", () => {
		expect(action({ holds: held("MANUAL", "rule:big orders") })).toBe("audit");
		expect(action({ holds: held("RISK", "user:li") })).toBe("release");
	});

	it("is about the refund first where more than that holds it", () => {
		expect(action({ holds: [...held("SKU_UNMATCHED"), ...held("REFUND_APPLIED")] })).toBe("decide-aftersale");
	});

	it("waits while the ERP is to give the order back, and goes to the ERP when it would not", () => {
		const holds = held("ADDRESS_CHANGED");
		const asked = (state: "WANTED" | "REFUSED") =>
			action({ holds, erp: { ...erp("OK"), recall: { state, why: "address", reason: "" } } });
		expect([asked("WANTED"), asked("REFUSED")]).toEqual(["wait", "see-erp"]);
	});

	it("of an order closed in the hub is to reopen it", () => {
		expect(action({ closedInHub: { at: now, by: "user:li" }, holds: held("MANUAL", "user:li") })).toBe("reopen");
	});

	it("is to ship when the label is printed", () => {
		const labels: StepOrder["labels"] = [
			{ parcelNo: 1, carrier: "SF", trackingNo: "SF1", state: "PRINTED", version: 2 },
		];
		expect(action({ erp: erp("OK"), labels })).toBe("ship");
	});

	it.each([
		["WAIT_SHIP", 3, false],
		["WAIT_SHIP", 1, true],
		["WAIT_SHIP", -1, true],
		["SHIPPED", -1, false],
	] as const)("of an order that is %s, %d hours before its deadline: urgent %s", (status, left, urgent) => {
		expect(nextStep(order({ status, shipDeadline: hours(left) }), now).urgent).toBe(urgent);
	});

	it("of a hold that is in no table is an error", () => {
		const holds = held("ON_FIRE" as HoldReason);
		expect(() => nextStep(order({ holds }), now)).toThrow("ON_FIRE");
		const status = "LOST" as OrderStatus;
		expect(() => nextStep(order({ status }), now)).toThrow("no next step");
	});
});
