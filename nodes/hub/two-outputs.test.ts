import { ServiceBroker } from "moleculer";
import { describe, expect, it } from "vitest";
import { hubError } from "../../config/errors.ts";
import { refusalIn } from "./two-outputs.ts";

describe("refusalIn", () => {
	it.each([
		[hubError("ORDER_HELD", "REFUND_APPLIED"), { type: "ORDER_HELD", detail: "REFUND_APPLIED" }],
		[hubError("FORBIDDEN"), { type: "FORBIDDEN", detail: "Your role may not do this" }],
		[hubError("PLATFORM_UNSUPPORTED", "jd: stock"), { type: "PLATFORM_UNSUPPORTED", detail: "jd: stock" }],
		[hubError("TOO_MANY_REQUESTS", "used up"), { type: "TOO_MANY_REQUESTS", detail: "used up" }],
	])("tells of %s", (err, refusal) => {
		expect(refusalIn(err)).toEqual(refusal);
	});

	it.each([
		hubError("STORE_UNAVAILABLE"),
		hubError("PLATFORM_UNREACHABLE", "no answer"),
		hubError("INTERNAL"),
		new Error("a mistake of ours"),
		Object.assign(new Error("too slow"), { type: "REQUEST_TIMEOUT" }),
	])("leaves %s to the next try", (err) => {
		expect(refusalIn(err)).toBeNull();
	});

	it("tells which fields the validator found wrong", async () => {
		const broker = new ServiceBroker({ logger: false });
		const params = { $$strict: true, carrier: "string", quantity: "number" };
		broker.createService({ name: "parcel", actions: { take: { params, handler: () => null } } });
		await broker.start();
		const err: unknown = await broker.call("parcel.take", { quantity: "two" }).catch((thrown: unknown) => thrown);
		await broker.stop();
		expect(refusalIn(err)).toEqual({
			type: "INVALID",
			detail: "The 'carrier' field is required. The 'quantity' field must be a number.",
		});
	});
});
