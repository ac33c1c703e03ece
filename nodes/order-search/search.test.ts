import { describe, expect, it } from "vitest";
import { type Complain, type SearchSettings, searchOf } from "./search.ts";

const now = new Date("2026-01-10T00:00:00Z");
const settings: SearchSettings = {
	status: "WAIT_SHIP",
	platform: "",
	shopId: "",
	hold: "",
	erpState: "",
	from: "",
	to: "",
	unit: "hours",
	sort: "-placedAt",
	most: "200",
};
const complain: Complain = (key, field) => new Error(`${key} ${field}`);
const asked = (payload: unknown, over: Partial<SearchSettings> = {}) =>
	searchOf({ ...settings, ...over }, payload, now, complain);

describe("searchOf", () => {
	it.each([undefined, null, 1_767_225_600_000, "text", [], {}])(
		"goes by the settings where the payload is %o",
		(payload) => {
			expect(asked(payload)).toEqual({ query: { status: "WAIT_SHIP", sort: "-placedAt" }, most: 200 });
		},
	);

	it("lets the message have its way, and take a condition away", () => {
		const payload = { status: "", platform: "jd", hold: "RISK", erpState: "OK", sort: "placedAt", most: 5 };
		const query = { platform: "jd", shopId: "s1", hold: "RISK", erpState: "OK", sort: "placedAt" };
		expect(asked(payload, { shopId: "s1" })).toEqual({ query, most: 5 });
	});

	it.each([
		[
			"hours, as the dialog saves them",
			{ from: "36", to: "12" },
			{},
			"2026-01-08T12:00:00.000Z",
			"2026-01-09T12:00:00.000Z",
		],
		["days", { from: 3, to: 1, unit: "days" as const }, {}, "2026-01-07T00:00:00.000Z", "2026-01-09T00:00:00.000Z"],
		["now", {}, { from: 24, to: 0 }, "2026-01-09T00:00:00.000Z", "2026-01-10T00:00:00.000Z"],
		["times", { from: 3 }, { from: "2026-01-01", to: now }, "2026-01-01T00:00:00.000Z", now.toISOString()],
	])("understands %s", (_what, over, payload, from, to) => {
		expect(asked(payload, over).query).toMatchObject({ from: new Date(from), to: new Date(to) });
	});

	it.each([
		[{ orderId: "x" }, "unknown orderId"],
		[{ status: "SHIPPED", paidFrom: 3 }, "unknown paidFrom"],
		[{ from: "yesterday" }, "moment from"],
		[{ to: true }, "moment to"],
		[{ most: 2_001 }, "most most"],
		[{ most: 0 }, "most most"],
		[{ unit: "weeks" }, "unit unit"],
	])("refuses %o and says which field", (payload, complaint) => {
		expect(() => asked(payload)).toThrow(complaint);
	});
});
