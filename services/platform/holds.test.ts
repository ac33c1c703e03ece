import { describe, expect, it } from "vitest";
import type { OrderLine, OrderStatus } from "../order/order.ts";
import { flagsOf } from "./flags.ts";
import { platformHolds } from "./holds.ts";

const order = (status: OrderStatus, ...refunds: OrderLine["refund"][]) => ({
	status,
	lines: refunds.map((refund) => ({ refund }) as OrderLine),
});

describe("what holds an order", () => {
	it("is an open refund of any of its lines", () => {
		expect(platformHolds(order("WAIT_SHIP", "NONE", "APPLIED"), {})).toEqual(["REFUND_APPLIED"]);
		expect(platformHolds(order("WAIT_SHIP", "NONE", "DONE"), {})).toEqual([]);
	});

	it("is what the platform tells besides", () => {
		const told = { RISK: true, PRESALE_BALANCE: false, REFUND_APPLIED: true };
		expect(platformHolds(order("WAIT_PAY", "NONE"), told)).toEqual(["REFUND_APPLIED", "RISK"]);
	});

	it.each<OrderStatus>(["CLOSED", "COMPLETED"])("is nothing once it is %s", (status) => {
		expect(platformHolds(order(status, "APPLIED"), { RISK: true })).toEqual([]);
	});
});

it("flags an order with what is so, in the order it was asked", () => {
	expect(flagsOf({ virtual: true, group: false, cod: true })).toEqual(["virtual", "cod"]);
});
