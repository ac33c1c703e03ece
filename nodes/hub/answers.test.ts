import { ServiceBroker } from "moleculer";
import { describe, expect, it } from "vitest";
import { hubError } from "../../config/errors.ts";
import { readable, refusalOf } from "./answers.ts";

describe("refusalOf", () => {
	it.each([
		[hubError("ORDER_HELD", "RISK"), { type: "ORDER_HELD", detail: "RISK" }],
		[hubError("PLATFORM_UNSUPPORTED"), { type: "PLATFORM_UNSUPPORTED", detail: "The platform cannot do this" }],
		[hubError("CONFLICT", "the order is being written by many at once"), null],
		[hubError("PLATFORM_UNREACHABLE", "timeout"), null],
		[new Error("no luck"), null],
		[undefined, null],
	])("of %s", (err, refusal) => {
		expect(refusalOf(err)).toEqual(refusal);
	});

	it("knows what is a no to one node only", () => {
		const used = hubError("TOO_MANY_REQUESTS", "used up");
		expect(refusalOf(used)).toBeNull();
		expect(refusalOf(used, ["TOO_MANY_REQUESTS"])).toEqual({ type: "TOO_MANY_REQUESTS", detail: "used up" });
	});
});

describe("readable", () => {
	it("says which parameters are wrong, and why", async () => {
		const broker = new ServiceBroker({ logger: false });
		const params = { text: "string|max:3", count: "number" };
		broker.createService({ name: "trial", actions: { run: { params, handler: () => null } } });
		await broker.start();
		const err = await broker.call("trial.run", { text: "too long" }).catch(readable);
		await broker.stop();
		expect(err).toMatchObject({
			type: "INVALID",
			message: expect.stringMatching(/'text'.*less than or equal to 3.*'count'.*required/),
		});
	});

	it("leaves other errors as they are", () => {
		const err = hubError("NOT_FOUND");
		expect(readable(err)).toBe(err);
		expect(readable(null)).toBe(null);
	});
});
