import { describe, expect, it } from "vitest";
import { kindOfFile, migrate } from "./migrations.ts";

describe("the settings of a jsonata-map node", () => {
	const first = { id: "n", source: "file", file: "qimen/aftersale", expression: "order", connection: "c", version: 1 };

	it("of version 1 get the kind of their file, and no cases of their own", () => {
		expect(migrate(first)).toEqual({ ...first, kind: "aftersale", casesFrom: "", cases: [], version: 2 });
	});

	it("without a version are the first", () => {
		const { version: _, ...oldest } = first;
		expect(migrate({ ...oldest, file: "" })).toMatchObject({ kind: "order", cases: [], version: 2 });
	});

	it("of today stay as they are", () => {
		const today = {
			...first,
			kind: "cancel",
			casesFrom: "wdt/cancel",
			cases: [{ name: "x", removed: true }],
			version: 2,
		};
		expect(migrate(today)).toEqual(today);
	});
});

describe("the kind of a mapping file", () => {
	it.each([
		["qimen/order", "order"],
		["wdt/change", "change"],
		["mine/something", null],
		["", null],
	])("%j is %s", (file, kind) => expect(kindOfFile(file)).toBe(kind));
});
