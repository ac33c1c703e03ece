import { describe, expect, it } from "vitest";
import { hubError } from "./errors.ts";
import { isPassing, outageOf } from "./outage.ts";

const named = (name: string, more: object = {}): object => ({ name, message: "", ...more });

describe("outageOf", () => {
	it.each([
		[named("ServiceNotFoundError", { type: "SERVICE_NOT_FOUND" }), "SERVICE_UNAVAILABLE"],
		[named("RequestTimeoutError", { type: "REQUEST_TIMEOUT" }), "SERVICE_UNAVAILABLE"],
		[named("NatsError", { code: "TIMEOUT" }), "SERVICE_UNAVAILABLE"],
		[named("MongoServerSelectionError"), "STORE_UNAVAILABLE"],
		[named("MongoNetworkError"), "STORE_UNAVAILABLE"],
		[named("MongoServerError", { code: 189 }), "STORE_UNAVAILABLE"],
		[named("MongoServerError", { code: 11000 }), undefined],
		[new TypeError("x is undefined"), undefined],
		[null, undefined],
	])("takes %o for %s", (err, outage) => {
		expect(outageOf(err)).toBe(outage);
	});
});

describe("isPassing", () => {
	it.each([
		[hubError("PLATFORM_RATE_LIMITED"), true],
		[hubError("CONNECTION_MISSING"), true],
		[named("MongoNetworkError"), true],
		[hubError("MAPPING_FAILED"), false],
		[new Error("a mistake in a flow"), false],
	])("%o: %s", (err, passing) => {
		expect(isPassing(err)).toBe(passing);
	});
});
