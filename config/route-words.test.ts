import { describe, expect, it } from "vitest";
import { routes } from "./roles.ts";
import { chapters, routeWords } from "./route-words.ts";

describe("the words of the routes", () => {
	it("are there for every row of the table, and for nothing else", () => {
		expect(Object.keys(routeWords).sort()).toEqual(routes.map(({ method, path }) => `${method} ${path}`).sort());
	});

	it("are in both languages, each its own", () => {
		for (const [route, { en, zh }] of Object.entries(routeWords)) {
			expect(en, route).toMatch(/^[A-Z][^\p{Script=Han}]+$/u);
			expect(zh, route).toMatch(/\p{Script=Han}/u);
		}
	});

	it("give each route a name of its own", () => {
		const names = routes.map(({ method, path, action }) => routeWords[`${method} ${path}`]?.operation ?? action);
		expect(names).toEqual([...new Set(names)]);
		expect(names.filter((name) => !/^[a-z][a-zA-Z]*\.[a-zA-Z]+$/.test(name))).toEqual([]);
	});

	it("have a chapter for each first part of a path, and none for nothing", () => {
		expect(Object.keys(chapters).sort()).toEqual([...new Set(routes.map(({ path }) => path.split("/")[1]))].sort());
	});
});
