import { describe, expect, it } from "vitest";
import { epochSeconds, idNumber, jsonText } from "./json-text.ts";

describe("a number of the platform in a request", () => {
	it("keeps all its digits", () => {
		const id = idNumber("id", "18446744073709551615");
		expect(jsonText({ id, left: undefined, note: "好" })).toBe('{"id":18446744073709551615,"note":"好"}');
	});

	it.each(["", "-1", "1.0", "1e3", "P768", "1".repeat(21)])("is not %j", (id) => {
		const invalid = expect.objectContaining({ type: "INVALID", data: { field: "oid" } });
		expect(() => idNumber("oid", id)).toThrow(invalid);
	});
});

it("cuts an instant to whole seconds", () => {
	expect(epochSeconds(new Date(1_762_790_401_999))).toBe(1_762_790_401);
});
