import type { ServiceSchema } from "moleculer";

/** What most actions of a platform have in common. */
export interface ShopParams {
	shopId: string;
}

export const shopId = "string|min:1|max:60";

/** Longer than all tries of one call together: it would go on behind the caller's back. */
const timeout = 75_000;

/** For services and nodes, never for the gateway. */
export const internal = { visibility: "public", timeout } as const;

export type Actions = NonNullable<ServiceSchema["actions"]>;
