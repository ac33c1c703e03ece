import { describe, expect, it } from "vitest";
import { lockProblems } from "./check-lock.ts";

const lock = (packages: Parameters<typeof lockProblems>[0]["packages"]) => ({ packages });

describe("lockProblems", () => {
	it("finds an optional package that lost its entry", () => {
		const found = lockProblems(
			lock({
				"node_modules/a": { optionalDependencies: { "a-linux": "1", "a-mac": "1" } },
				"node_modules/a-linux": {},
			}),
		);
		expect(found).toEqual(["node_modules/a names a-mac, which the lock file lacks"]);
	});

	it("looks for it where npm would: nearest folder first, then upwards", () => {
		const nested = { optionalDependencies: { c: "1" } };
		expect(lockProblems(lock({ "node_modules/a/node_modules/b": nested, "node_modules/c": {} }))).toEqual([]);
		expect(
			lockProblems(lock({ "node_modules/a/node_modules/b": nested, "node_modules/a/node_modules/c": {} })),
		).toEqual([]);
	});

	it("finds the address of a registry", () => {
		expect(lockProblems(lock({ "node_modules/a": { resolved: "https://registry.example/a.tgz" } }))).toHaveLength(1);
	});
});
