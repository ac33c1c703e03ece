import type { Context } from "moleculer";

/** A call's context with what travels beside its params: who, and how far that caller reaches. */
export type HubContext<T> = Context<T, Record<string, unknown>>;

/** Who caused a call: "user:admin", "client:erp-demo", "flow:order-to-erp@1f3a", "platform:taobao", "rule:<name>". */
export const actorOf = (ctx: HubContext<unknown>): string =>
	typeof ctx.meta.actor === "string" ? ctx.meta.actor : "hub";
