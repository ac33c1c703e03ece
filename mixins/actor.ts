import type { Context } from "moleculer";

/** Who caused a call: "user:admin", "client:erp-demo", "flow:order-to-erp@1f3a", "platform:taobao", "rule:<name>". */
export const actorOf = (ctx: Context<unknown, Record<string, unknown>>): string =>
	typeof ctx.meta.actor === "string" ? ctx.meta.actor : "hub";
