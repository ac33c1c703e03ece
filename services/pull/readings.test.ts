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
		expect(isRead({ modifiedAt: at(listed) }, reading, at(60))).toBe(expected);
	});

	it("never when it was not read", () => {
		expect(isRead({ modifiedAt: at(1) }, undefined, at(60))).toBe(false);
	});

	it.each([
		[30, true],
		[29, false],
	])("where the list tells no stamp, only when it was read after the window's end (%i s: %s)", (fetched, expected) => {
		expect(isRead({ modifiedAt: null }, { modifiedAt: at(10), fetchedAt: at(fetched) }, at(28))).toBe(expected);
	});
});
