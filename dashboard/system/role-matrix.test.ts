import { describe, expect, it } from "vitest";
import { routes } from "../../config/roles.ts";
import { roleMatrix } from "./role-matrix.ts";

describe("the matrix of roles", () => {
	it("has every route of people once, with words, in a chapter of the documentation", () => {
		const rows = roleMatrix().flatMap(({ rows: own }) => own);
		const people = routes.filter(({ roles }) => roles !== "anyone" && roles.length);
		expect(rows.map(({ key }) => key).toSorted()).toEqual(
			people.map(({ method, path }) => `${method} ${path}`).toSorted(),
		);
		for (const { key, words } of rows) expect([key, words.zh]).toEqual([key, expect.stringMatching(/[一-龥]/)]);
	});

	it("says who may hold an order, and that this changes something", () => {
		const hold = roleMatrix()
			.find(({ name }) => name === "orders")
			?.rows.find(({ key }) => key === "POST /orders/:id/hold");
		expect(hold).toMatchObject({ changes: true, roles: ["admin", "operator"], words: { zh: "拦截订单" } });
	});
});
