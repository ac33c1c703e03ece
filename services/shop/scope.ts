import type { HubContext } from "../../mixins/actor.ts";

/** The shops a caller may see and act on. "*": all of them, as for the hub's own parts. */
export type ShopScope = "*" | readonly string[];

/** The gateway puts the caller's shops into the call's meta; a call without them comes from inside. */
export const scopeOf = (ctx: HubContext<unknown>): ShopScope => (ctx.meta.shops as ShopScope | undefined) ?? "*";
