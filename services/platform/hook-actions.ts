import type { Context } from "moleculer";
import { hubError } from "../../config/errors.ts";
import type { OpenShop } from "../shop/shop.ts";
import type { PlatformAdapter } from "./adapter.ts";
import type { MessageModels } from "./message.model.ts";
import type { HookReply } from "./messages.ts";
import { type Actions, type ShopParams, shopId } from "./params.ts";
import { mustBeTimely, takeMessages } from "./take-messages.ts";

/** A call of the platform, its body in base64: bytes do not travel as JSON. */
interface HookParams extends ShopParams {
	method: "GET" | "POST";
	path: string;
	query: Record<string, string>;
	headers: Record<string, string>;
	body: string;
}

/** What the platform tells by itself, over HTTP. */
export function hookActions({ name, hook }: PlatformAdapter, models: MessageModels): Actions {
	return {
		/**
		 * Takes a platform's call: verified on its bytes, never older than the platform goes on trying, once. Returns what
		 * the platform wants to hear.
		 * @throws HOOK_REFUSED, HOOK_LATE, HOOK_REPLAYED; NOT_FOUND for a shop there is not, and for a platform that sends none
		 */
		hook: {
			visibility: "public",
			params: {
				$$strict: true,
				shopId,
				method: { type: "enum", values: ["GET", "POST"] },
				path: "string",
				query: { type: "record", key: "string", value: "string" },
				headers: { type: "record", key: "string", value: "string" },
				body: "string",
			},
			async handler(ctx: Context<HookParams>): Promise<HookReply> {
				if (!hook) throw hubError("NOT_FOUND", `${name} sends no messages here`);
				const { shopId, body, ...call } = ctx.params;
				const shop = await ctx.call<OpenShop, object>("shop.access", { shopId });
				if (shop.platform !== name || shop.status === "DISABLED") throw hubError("NOT_FOUND", "no such shop");
				const { messages, reply } = hook.read(shop, { ...call, body: Buffer.from(body, "base64") });
				const timely = mustBeTimely(messages, hook.lateMs, new Date());
				const fresh = await takeMessages(ctx, models, name, shop, timely);
				if (timely.length > 0 && fresh === 0) throw hubError("HOOK_REPLAYED");
				return reply;
			},
		},
	};
}
