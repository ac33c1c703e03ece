import { describe, expect, it } from "vitest";
import { aftersaleStatus, aftersaleType, goodsStatus, lineRefund, orderState } from "./statuses.ts";

const usual = { order: "1", confirm: "1", group: "1", refund: "1", risk: "0", tradeType: "0", step: "" };
const unknown = expect.objectContaining({ type: "PLATFORM_UNKNOWN_STATUS" });

describe("the state of an order", () => {
	it.each([
		[{}, "WAIT_SHIP"],
		[{ order: "2" }, "SHIPPED"],
		[{ order: "3" }, "COMPLETED"],
		[{ confirm: "2" }, "CLOSED"],
		[{ confirm: "2", order: "0" }, "CLOSED"],
		[{ group: "2" }, "CLOSED"],
		[{ refund: "4" }, "CLOSED"],
		[{ refund: "4", order: "2" }, "CLOSED"],
		[{ refund: "4", order: "3" }, "CLOSED"],
		[{ refund: "2" }, "WAIT_SHIP"],
		[{ refund: "3", order: "2" }, "SHIPPED"],
		[{ confirm: "0" }, "WAIT_PAY"],
		[{ confirm: "0", order: "0" }, "WAIT_PAY"],
		[{ group: "0" }, "WAIT_PAY"],
		[{ confirm: "0", group: "2" }, "CLOSED"],
		[{ tradeType: "1", step: "0" }, "WAIT_PAY"],
		[{ tradeType: "1", step: "1" }, "WAIT_PAY"],
		[{ tradeType: "1", step: "2" }, "WAIT_SHIP"],
		[{ risk: "1" }, "WAIT_SHIP"],
	])("%o is %s", (codes, status) => {
		expect(orderState({ ...usual, ...codes }).status).toBe(status);
	});

	it.each([
		{ order: "4" },
		{ order: "0" },
		{ order: "77" },
		{ order: "77", confirm: "0" },
		{ confirm: "3" },
		{ group: "3" },
		{ refund: "5" },
		{ risk: "2" },
		{ tradeType: "2" },
		{ tradeType: "1", step: "3" },
		{ tradeType: "1", step: "" },
	])("%o is in no table", (codes) => {
		expect(() => orderState({ ...usual, ...codes })).toThrow(unknown);
	});
});

describe("the state of an after-sale", () => {
	const known: Record<string, string> = {
		0: "CLOSED",
		2: "APPLIED",
		3: "APPLIED",
		4: "PLATFORM_HANDLING",
		5: "PLATFORM_HANDLING",
		6: "REFUSED",
		7: "WAIT_BUYER_RETURN",
		8: "PLATFORM_HANDLING",
		9: "CLOSED",
		10: "DONE",
		11: "CLOSED",
		12: "CLOSED",
		13: "CLOSED",
		14: "APPLIED",
		15: "WAIT_BUYER_RETURN",
		16: "DONE",
		17: "CLOSED",
		18: "WAIT_BUYER_CONFIRM",
		21: "APPLIED",
		22: "WAIT_BUYER_RETURN",
		24: "CLOSED",
		25: "DONE",
		27: "WAIT_BUYER_CONFIRM",
		31: "PLATFORM_HANDLING",
		32: "WAIT_SELLER_SHIP",
	};

	it.each(Object.entries(known))("%s is %s", (code, status) => {
		expect(aftersaleStatus(code)).toBe(status);
	});

	it("is in no table for any other code", () => {
		for (let code = -1; code < 100; code += 1) {
			if (Object.hasOwn(known, code)) continue;
			expect(() => aftersaleStatus(String(code))).toThrow(unknown);
		}
	});

	it.each([
		["1", "0", "REFUND_BEFORE_SHIP"],
		["1", "1", "REFUND_ONLY"],
		["2", "1", "RETURN_REFUND"],
		["3", "1", "EXCHANGE"],
		["4", "1", "RESEND"],
		["5", "1", "REPAIR"],
	])("of type %s with shipping %s is %s", (type, shipping, ours) => {
		expect(aftersaleType(type, shipping)).toBe(ours);
	});

	it.each([
		["0", "0"],
		["6", "1"],
		["1", "2"],
		["1", ""],
	])("of type %s with shipping %s is in no table", (type, shipping) => {
		expect(() => aftersaleType(type, shipping)).toThrow(unknown);
	});
});

describe("a line's refund", () => {
	it.each([
		["1", "0", "NONE"],
		["1", "", "NONE"],
		["1", "11", "NONE"],
		["1", "16", "NONE"],
		["1", "10", "DONE"],
		["1", "2", "APPLIED"],
		["1", "6", "APPLIED"],
		["1", "32", "APPLIED"],
		["2", "0", "APPLIED"],
		["3", "4", "APPLIED"],
		["4", "10", "DONE"],
	])("of refund %s and after-sale %s is %s", (refund, aftersale, ours) => {
		expect(lineRefund(refund, aftersale)).toBe(ours);
	});

	it("is unknown where the after-sale is", () => {
		expect(() => lineRefund("1", "99")).toThrow(unknown);
	});
});

it("goods are on sale, off sale, sold out or deleted", () => {
	expect(["1", "2", "3", "4"].map(goodsStatus)).toEqual(["ON_SALE", "OFF_SALE", "ON_SALE", "DELETED"]);
	expect(() => goodsStatus("5")).toThrow(unknown);
});
