import { describe, expect, it } from "vitest";
import { isSameSignature } from "./signature.ts";

describe("a signature", () => {
	it.each([
		["abc", "abc", true],
		["abd", "abc", false],
		["ab", "abc", false],
		["", "abc", false],
	])("%j for %j: %j", (claimed, right, same) => {
		expect(isSameSignature(claimed, right)).toBe(same);
	});
});
