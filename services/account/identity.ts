import type { Role, Scope } from "../../config/roles.ts";

/** Shops somebody is limited to, by id. */
export type ShopLimit = "*" | readonly string[];

/** A person or a program, as it stands in the store now. */
export interface Identity {
	kind: "user" | "client";
	id: string;
	name: string;
	roles: Role[]; // people
	scopes: Scope[]; // programs
	shops: ShopLimit;
	secretChangedAt: number; // ms since 1970; sessions opened before it are over
	goodUntil?: number; // ms since 1970: the secret shown is one of before, and what it opens ends then
}

/** What travels with every call that came in from outside. A call from inside the hub has an actor at most. */
export interface CallMeta {
	actor?: string; // see mixins/actor.ts
	shops?: ShopLimit; // absent: the call comes from inside, and no limit applies
	roles?: readonly Role[]; // of a person; absent: the call comes from inside
	session?: string;
	ip?: string; // of the caller, for the throttling of sign-ins
}

/** The parameter rule of a shop limit, which may be left out. */
export const shopLimitRule: object[] = [
	{ type: "equal", value: "*", strict: true, optional: true },
	{ type: "array", unique: true, max: 500, items: "string|min:1|max:64", optional: true },
];
