import { glob } from "node:fs/promises";
import path from "node:path";
import type { ActionSchema, ServiceSchema } from "moleculer";
import { describe, expect, it } from "vitest";
import { routes } from "./roles.ts";

const root = path.resolve(import.meta.dirname, "..");

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
		const actions = new Map<string, ActionSchema>();
		for await (const file of glob("services/**/*.service.ts", { cwd: root })) {
			const { default: service } = (await import(path.join(root, file))) as { default: ServiceSchema };
			for (const [name, action] of Object.entries(service.actions ?? {})) {
				actions.set(`${service.name}.${name}`, action as ActionSchema);
			}
		}
		const wrong = routes.flatMap(({ action: name }) => {
			const action = actions.get(name);
			if (!action) return `${name}: does not exist`;
			if ((action.visibility ?? "published") !== "published") return `${name}: is not published`;
			return action.params?.$$strict === true ? [] : `${name}: its params are not $$strict`;
		});
		expect(wrong).toEqual([]);
	});
});
