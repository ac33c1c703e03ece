import type { NodeAPI } from "node-red";
import { describe, expect, it } from "vitest";
import plugin, { shopsKey, type Viewer } from "./hub-dashboard.ts";

type Hook = (connection: { data: { user?: Viewer } }, ...rest: unknown[]) => unknown;

/** The hooks as Dashboard 2 gets them, in a runtime of two nodes. */
function hooksOf(): Record<string, Hook> {
	let hooks: Record<string, Hook> = {};
	const types: Record<string, string> = { widget: "ui-template", code: "function" };
	plugin({
		nodes: { getNode: (id: string) => (types[id] ? { type: types[id] } : null) },
		plugins: { registerPlugin: (_id: string, definition: { hooks: typeof hooks }) => (hooks = definition.hooks) },
	} as unknown as NodeAPI);
	return hooks;
}
const as = (roles: string[], shops: Viewer["shops"] = "*") => ({ data: { user: { sub: "u", roles, shops } } });

describe("hub-dashboard", () => {
	const hooks = hooksOf();

	it.each([
		["widget", ["operator"], true],
		["widget", ["admin"], true],
		["widget", ["viewer"], false],
		["code", ["admin"], false],
		["none", ["admin"], false],
	])("lets a click on %s by %j through: %s", (id, roles, passes) => {
		const msg = { payload: 1 };
		for (const name of ["onAction", "onChange", "onSend"])
			expect(hooks[name]?.(as(roles), id, msg)).toBe(passes ? msg : null);
	});

	it("lets nobody through who has no session", () => {
		expect(hooks.onSend?.({ data: {} }, "widget", {})).toBeNull();
		expect(hooks.onIsValidConnection?.({ data: {} }, {})).toBe(false);
	});

	it("shows the data of some shops to those who may see just these, when it comes and when the page is opened", () => {
		const some = { shops: shopsKey(["s2", "s1"]) };
		expect(hooks.onIsValidConnection?.(as(["viewer"], ["s1", "s2"]), some)).toBe(true);
		expect(hooks.onIsValidConnection?.(as(["viewer"], ["s1"]), some)).toBe(false);
		expect(hooks.onIsValidConnection?.(as(["viewer"], ["s1"]), { shops: "*" })).toBe(false);
		expect(hooks.onLoad?.(as(["viewer"], ["s1"]), "widget", { shops: "*" })).toBeUndefined();
		expect(hooks.onLoad?.(as(["viewer"], "*"), "widget", { shops: "*" })).toEqual({ shops: "*" });
	});
});
