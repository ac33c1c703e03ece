import { describe, expect, it } from "vitest";
import { hoursOf } from "./strip.ts";

const at = (time: string): Date => new Date(`2026-01-02T${time}Z`);
const starts = ["01", "02", "03", "04"].map((hour) => at(`${hour}:00:00`));

describe("the hours of a strip", () => {
	it("are as the worst of the windows that touch them", () => {
		const stretches = [
			{ from: at("01:10:00"), to: at("03:00:00"), state: "DONE" },
			{ from: at("02:30:00"), to: at("02:40:00"), state: "GAP" },
			{ from: at("02:35:00"), to: at("02:36:00"), state: "FAILED" },
			{ from: at("03:59:59"), to: at("04:00:01"), state: "OPEN" },
		] as const;
		expect(hoursOf(stretches, starts).map(({ state }) => state)).toEqual(["DONE", "GAP", "OPEN", "OPEN"]);
	});

	it("are told of as not known where no window is", () => {
		expect(hoursOf([], starts.slice(0, 1))).toEqual([{ at: "2026-01-02T01:00:00.000Z", state: "NONE" }]);
	});
});
