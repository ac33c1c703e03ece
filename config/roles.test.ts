import { describe, expect, it } from "vitest";
import { actionsOfTree } from "../scripts/actions.ts";
import { routes } from "./roles.ts";

describe("the table of routes", () => {
	it("says for every row who may use it", () => {
		const forNobody = routes.filter(({ roles, scopes }) => roles !== "anyone" && !roles.length && !scopes.length);
		expect(forNobody).toEqual([]);
	});

	it("lets nobody in without a token but to sign in", () => {
		const open = routes.filter(({ roles }) => roles === "anyone").map((route) => route.path);
		expect(open).toEqual(["/auth/login", "/auth/token", "/auth/refresh"]);
	});

	it("has each address once", () => {
		const addresses = routes.map((route) => `${route.method} ${route.path.replaceAll(/:\w+/g, ":")}`);
		expect(addresses).toEqual([...new Set(addresses)]);
	});

	it("names published actions that exist and refuse what they do not know", async () => {
		const actions = await actionsOfTree();
		const wrong = routes.flatMap(({ action: name }) => {
			const action = actions.get(name);
			if (!action) return `${name}: does not exist`;
			if ((action.visibility ?? "published") !== "published") return `${name}: is not published`;
			return action.params?.$$strict === true ? [] : `${name}: its params are not $$strict`;
		});
		expect(wrong).toEqual([]);
	});

	it("leads to actions whose params other processes see as they are", async () => {
		const actions = await actionsOfTree();
		for (const { action } of routes) {
			const params = actions.get(action)?.params;
			expect(JSON.parse(JSON.stringify(params)), action).toEqual(params);
		}
	});
});
