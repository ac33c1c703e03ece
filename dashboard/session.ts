/** Who looks, and what he may do: buttons for other things are not shown. The hub asks again at every call. */
import { shallowRef } from "vue";
import { type Role, type Route, routes } from "../config/roles.ts";
import { get } from "./api.ts";

export interface Me {
	sub: string; // user name
	name: string;
	roles: Role[];
	shops: "*" | string[];
}

export const me = shallowRef<Me>();

let asked: Promise<void> | undefined;

/** Once for all pages. */
export function meetUser(): Promise<void> {
	asked ??= get<Me>("/auth/me").then(
		(answer) => {
			me.value = answer;
		},
		(err: unknown) => {
			asked = undefined;
			throw err;
		},
	);
	return asked;
}

/** By the route's own row: `may("POST", "/orders/:id/hold")`. @throws Error for a route that is not in the table */
export function may(method: Route["method"], path: string): boolean {
	const route = routes.find((each) => each.method === method && each.path === path);
	if (!route) throw new Error(`no route ${method} ${path}`);
	const { roles } = route;
	return roles === "anyone" || (me.value?.roles ?? []).some((role) => roles.includes(role));
}
