import { describe, expect, it } from "vitest";
import { behindColour, lagByShop, type ReadingOfShop } from "../lag.ts";
import type { HourState } from "../shops/readings.ts";
import { hoursByShop } from "./read-hours.ts";

const reading = (
	shopId: string,
	kind: ReadingOfShop["kind"],
	states: HourState[],
	more: Partial<ReadingOfShop> = {},
): ReadingOfShop => ({
	shopId,
	shopName: shopId,
	platform: "jd",
	status: "ACTIVE",
	kind,
	hours: states.map((state, at) => ({ at: `2026-03-18T0${at}:00:00.000Z`, state })),
	lagSec: 5,
	lastSuccessAt: null,
	reason: "",
	paused: [],
	...more,
});

describe("the hours that were read of a shop", () => {
	it("are as the worst of what is read in them, and shops that miss some come first", () => {
		const shops = hoursByShop([
			reading("whole", "orders", ["DONE", "DONE"]),
			reading("holed", "orders", ["DONE", "OPEN"]),
			reading("holed", "aftersales", ["GAP", "DONE"], { reason: "busy" }),
		]);
		expect(shops.map(({ shopId, hours }) => [shopId, hours.map(({ state }) => state)])).toEqual([
			["holed", ["GAP", "OPEN"]],
			["whole", ["DONE", "DONE"]],
		]);
		expect(shops[0]?.reasons).toEqual(["busy"]);
	});

	it("tell until when the platform wants no calls, the latest of all", () => {
		const paused = ["2026-03-18T02:00:00.000Z", "2026-03-18T01:00:00.000Z"].map((until) => ({ method: "m", until }));
		expect(hoursByShop([reading("s", "orders", ["DONE"], { paused })])[0]?.pausedUntil).toBe(paused[0]?.until);
	});
});

describe("the lag of a shop", () => {
	it("is that of what is furthest behind, leaving products out, and the longest comes first", () => {
		const lags = lagByShop([
			reading("a", "orders", [], { lagSec: 5 }),
			reading("a", "aftersales", [], { lagSec: 400 }),
			reading("a", "products", [], { lagSec: 9_000 }),
			reading("new", "orders", [], { lagSec: null }),
			reading("b", "orders", [], { lagSec: 700 }),
		]);
		expect(lags.map(({ shopId, lagSec }) => [shopId, lagSec])).toEqual([
			["new", null],
			["b", 700],
			["a", 400],
		]);
	});

	it.each([
		[null, "grey"],
		[299, "green"],
		[300, "orange"],
		[600, "red"],
	])("of %j seconds is %s", (lagSec, colour) => {
		expect(behindColour(lagSec)).toBe(colour);
	});
});
