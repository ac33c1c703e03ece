import { describe, expect, it } from "vitest";
import { fieldOf, instantOf } from "./time-range.ts";

describe("a field of time", () => {
	it("means Beijing's clock, wherever the browser is", () => {
		expect(instantOf("2026-11-11T00:00")).toBe("2026-11-10T16:00:00.000Z");
		expect(instantOf("2026-11-11T00:00:07")).toBe("2026-11-10T16:00:07.000Z");
		expect(fieldOf(new Date("2026-11-10T16:00:59.999Z"))).toBe("2026-11-11T00:00");
	});

	it.each(["", "2026-11-11", "2026-02-30T00:00", "tomorrow"])('"%s" is no time', (text) => {
		expect(instantOf(text)).toBe("");
	});
});
