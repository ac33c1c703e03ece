import { describe, expect, it } from "vitest";
import { outcomes } from "../../services/erp/report.ts";
import { hoursOf, outcomeLooks, outcomesOf } from "./outcomes.ts";

const stretch = { from: "2026-03-18T01:20:00.000Z", to: "2026-03-18T04:00:00.000Z" };

describe("outcomes by the hour", () => {
	it("have every hour that the stretch touches, those without a push too", () => {
		const hours = hoursOf(stretch);
		expect(hours).toEqual(["2026-03-18T01:00:00.000Z", "2026-03-18T02:00:00.000Z", "2026-03-18T03:00:00.000Z"]);
		const rows = [
			{ at: "2026-03-18T01:00:00.000Z", outcome: "OK", pushes: 7 },
			{ at: "2026-03-18T03:00:00.000Z", outcome: "IN_DOUBT", pushes: 2 },
			{ at: "2026-03-17T03:00:00.000Z", outcome: "OK", pushes: 99 },
		] as const;
		expect(outcomesOf(rows, hours)).toEqual({
			OK: [7, 0, 0],
			REJECTED: [0, 0, 0],
			IN_DOUBT: [0, 0, 2],
			PARKED: [0, 0, 0],
		});
	});

	it("show each outcome that the hub counts", () => {
		expect(outcomeLooks.map(({ outcome }) => outcome)).toEqual(outcomes);
	});
});
