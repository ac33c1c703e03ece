import { describe, expect, it } from "vitest";
import { type ErrorType, errorTypes, hubError, ruleOf, typeOf } from "./errors.ts";

describe("the table of errors", () => {
	it.each(Object.entries(errorTypes))("%s has a status of an error and both languages", (_type, rule) => {
		expect(rule.status).toBeGreaterThanOrEqual(400);
		expect(rule.status).toBeLessThan(600);
		expect(rule.en).not.toBe("");
		expect(rule.zh).toMatch(/[\u4e00-\u9fff]/);
	});

	it("makes errors that are known by their type alone, as they come back from another process", () => {
		const err = hubError("ORDER_HELD", "REFUND_APPLIED", { orderId: "o" });
		const overTheWire = JSON.parse(JSON.stringify({ message: err.message, type: err.type, code: err.code }));
		expect(typeOf(overTheWire)).toBe("ORDER_HELD" satisfies ErrorType);
		expect(ruleOf(overTheWire)?.status).toBe(409);
	});

	it.each([[null], [new Error("x")], [{ type: "toString" }], ["text"]])("does not take %s for one of them", (err) => {
		expect(typeOf(err)).toBeUndefined();
	});
});
