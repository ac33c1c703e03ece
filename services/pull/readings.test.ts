import { describe, expect, it } from "vitest";
import { isRead } from "./readings.ts";

const at = (second: number): Date => new Date(1_700_000_000_000 + second * 1_000);

describe("a record counts as read", () => {
	it.each([
		["in this state, from well after its second", 10, 10, 12, true],
		["in this state, but so soon that the second was not over", 10, 10, 11, false],
		["in a newer state than the list shows", 9, 10, 12, true],
		["in an older state", 11, 10, 30, false],
	])("%s", (_what, listed, read, fetched, expected) => {
		const reading = { modifiedAt: at(read), fetchedAt: at(fetched) };
		expect(isRead({ id: "1", modifiedAt: at(listed) }, reading)).toBe(expected);
	});

	it("never when it was not read", () => {
		expect(isRead({ id: "1", modifiedAt: at(1) }, undefined)).toBe(false);
	});
});
