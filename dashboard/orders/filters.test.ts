import { describe, expect, it } from "vitest";
import { filterNames, filters, onOneLine, queryOf } from "./filters.ts";

const nothing = Object.fromEntries([...filterNames, "q", "tab"].map((name) => [name, ""])) as Parameters<
	typeof queryOf
>[0];
const now = new Date("2026-11-11T03:07:00Z");
const asked = (change: Partial<typeof nothing>) =>
	Object.fromEntries(
		Object.entries(queryOf({ ...nothing, ...change }, now)).filter(([, value]) => value !== undefined && value !== ""),
	);

describe("the filters of the order centre", () => {
	it("have a row each", () => {
		expect(filters.map(({ name }) => name).sort()).toEqual([...filterNames].sort());
	});

	it("ask for days as they are in Beijing, the last one included", () => {
		expect(asked({ from: "2026-11-11", to: "2026-11-11" })).toEqual({
			from: "2026-11-10T16:00:00.000Z",
			to: "2026-11-11T16:00:00.000Z",
		});
	});

	it("ask for amounts in fen", () => {
		expect(asked({ minYuan: "19.9", maxYuan: "1000" })).toEqual({ minPaidFen: 1990, maxPaidFen: 100_000 });
	});

	it.each(["19.999", "-1", "abc", "1e3"])("ask nothing for %s, which is no amount", (minYuan) => {
		expect(asked({ minYuan })).toEqual({});
	});

	it("ask the same for a quarter of an hour where they count from now", () => {
		const later = queryOf({ ...nothing, deadline: "2" }, new Date(now.getTime() + 5 * 60_000));
		expect(asked({ deadline: "2" }).deadlineBefore).toBe("2026-11-11T05:15:00.000Z");
		expect(later.deadlineBefore).toBe("2026-11-11T05:15:00.000Z");
	});

	it("ask for a flag of the note, or else for a kind of order", () => {
		expect(asked({ flag: "red" })).toEqual({ flag: "red" });
		expect(asked({ mark: "presale" })).toEqual({ flag: "presale" });
	});

	it("take numbers pasted in any form", () => {
		expect(onOneLine(" 1001\n1002,1003；1004、1005\t1006 ")).toBe("1001 1002 1003 1004 1005 1006");
	});
});
