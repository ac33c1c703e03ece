import { describe, expect, it } from "vitest";
import { aftersaleStatus, aftersaleType, isAnswered, orderStatus, productStatus } from "./statuses.ts";

const unknown = expect.objectContaining({ type: "PLATFORM_UNKNOWN_STATUS" });

describe("statuses", () => {
	it.each([
		["10", "WAIT_PAY"],
		["12", "WAIT_SHIP"],
		["13", "WAIT_SHIP"],
		["20", "WAIT_SHIP"],
		["21", "PART_SHIPPED"],
		["30", "SHIPPED"],
		["100", "COMPLETED"],
		["190", "CLOSED"],
		["200", "CLOSED"],
		["250", "CLOSED"],
	])("order %s is %s", (code, ours) => {
		expect(orderStatus(code)).toBe(ours);
	});

	it.each([
		["MERCHANT_PROCESSING", "APPLIED"],
		["USER_WAIT_CONFIRM", "WAIT_BUYER_CONFIRM"],
		["USER_WAIT_CONFIRM_UPDATE", "WAIT_BUYER_CONFIRM"],
		["USER_WAIT_HANDLE_MERCHANT_AFTER_SALE", "WAIT_BUYER_CONFIRM"],
		["USER_WAIT_RETURN", "WAIT_BUYER_RETURN"],
		["MERCHANT_WAIT_RECEIPT", "WAIT_SELLER_RECEIVE"],
		["USER_WAIT_RECEIPT", "WAIT_BUYER_CONFIRM"],
		["WAIT_PACKAGE_INTERCEPT", "PLATFORM_HANDLING"],
		["PLATFORM_PROCESSING", "PLATFORM_HANDLING"],
		["MERCHANT_OVERDUE_REFUND", "PLATFORM_HANDLING"],
		["PLATFORM_REFUNDING", "PLATFORM_HANDLING"],
		["PLATFORM_REFUND_FAIL", "PLATFORM_HANDLING"],
		["MERCHANT_REJECT_REFUND", "REFUSED"],
		["MERCHANT_REJECT_RETURN", "REFUSED"],
		["MERCHANT_REJECT_EXCHANGE", "REFUSED"],
		["MERCHANT_REJECT_RESHIP", "REFUSED"],
		["MERCHANT_REFUND_SUCCESS", "DONE"],
		["MERCHANT_RETURN_SUCCESS", "DONE"],
		["MERCHANT_EXCHANGE_SUCCESS", "DONE"],
		["USER_CANCELD", "CLOSED"],
		["RETURN_CLOSED", "CLOSED"],
		["MERCHANT_FAIL", "CLOSED"],
		["MERCHANT_REFUND_RETRY_FAIL", "CLOSED"],
		["1", "CLOSED"],
		["2", "APPLIED"],
		["4", "REFUSED"],
		["5", "REFUSED"],
		["6", "WAIT_BUYER_RETURN"],
		["7", "CLOSED"],
		["8", "WAIT_SELLER_RECEIVE"],
		["12", "PLATFORM_HANDLING"],
		["13", "DONE"],
		["14", "DONE"],
		["15", "PLATFORM_HANDLING"],
		["16", "PLATFORM_HANDLING"],
		["17", "WAIT_BUYER_CONFIRM"],
		["18", "CLOSED"],
		["19", "CLOSED"],
	])("after-sale %s is %s", (code, ours) => {
		expect(aftersaleStatus(code)).toBe(ours);
		expect(isAnswered(code)).toBe(["REFUSED", "DONE", "CLOSED"].includes(ours));
	});

	it.each([
		["REFUND", "REFUND"],
		["RETURN", "RETURN_REFUND"],
		["EXCHANGE", "EXCHANGE"],
		["RESHIP", "RESEND"],
	])("an after-sale of type %s is %s", (code, ours) => {
		expect(aftersaleType(code)).toBe(ours);
	});

	it.each([
		["0", "OFF_SALE"],
		["5", "ON_SALE"],
		["6", "DELETED"],
		["9", "DELETED"],
		["11", "OFF_SALE"],
		["13", "OFF_SALE"],
		["14", "OFF_SALE"],
		["15", "OFF_SALE"],
		["20", "OFF_SALE"],
	])("product %s is %s", (code, ours) => {
		expect(productStatus(code)).toBe(ours);
	});

	it.each(["77", "", "constructor"])("refuse %j rather than guess", (code) => {
		for (const read of [orderStatus, aftersaleStatus, aftersaleType, productStatus]) {
			expect(() => read(code)).toThrow(unknown);
		}
	});

	it("take an after-sale state that is not known as open", () => {
		expect(isAnswered("27")).toBe(false);
	});
});
