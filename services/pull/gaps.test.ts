import { describe, expect, it } from "vitest";
import { holesIn } from "./gaps.ts";

const at = (minute: number): Date => new Date(1_700_000_000_000 + minute * 60_000);
const window = (from: number, to: number) => ({ from: at(from), to: at(to) });

describe("holes in the ledger", () => {
	it.each([
		["none where windows overlap", [window(0, 10), window(8, 20)], []],
		["none where one starts as the one before ends", [window(0, 10), window(10, 20)], []],
		["what lies between two windows", [window(0, 10), window(12, 20)], [window(10, 12)]],
		["none that a longer window before it covers", [window(0, 30), window(5, 10), window(20, 40)], []],
		["several", [window(0, 1), window(2, 3), window(4, 5)], [window(1, 2), window(3, 4)]],
		["none without windows", [], []],
	])("are %s", (_what, windows, holes) => {
		expect(holesIn(windows)).toEqual(holes);
	});
});
