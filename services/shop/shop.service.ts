import type { ServiceSchema } from "moleculer";
import { platformNames } from "../../config/platforms.ts";
import type { HubContext } from "../../mixins/actor.ts";
import { audited } from "../../mixins/audited.ts";
import { ownsModels } from "../../mixins/database.ts";
import { type PageQuery, wholePageParams } from "../../mixins/paging.ts";
import { reseals } from "../../mixins/reseal.ts";
import type { FreshToken } from "../platform/adapter.ts";
import { shopFigures } from "./figures.ts";
import { scopeOf } from "./scope.ts";
import { ShopModel, shipModes } from "./shop.model.ts";
import {
	allShops,
	claimRenewal,
	createShop,
	endRenewal,
	getShop,
	listShops,
	markShop,
	type NewShop,
	openShop,
	type ShopChange,
	saveToken,
	sealedShops,
	updateShop,
} from "./shop.ts";

const id = { type: "string", pattern: "^[A-Za-z0-9_-]{1,60}$" } as const;
const key = "string|min:1|max:200";
const secret = "string|min:1|max:2000";
const optionalText = (max: number) => ({ type: "string", trim: true, min: 1, max, optional: true }) as const;
const token = {
	type: "object",
	strict: true,
	props: {
		access: secret,
		refresh: "string|max:2000|optional",
		expiresAt: { type: "date", convert: true, optional: true, nullable: true },
	},
} as const;
const pullSetting = {
	type: "object",
	strict: true,
	optional: true,
	props: {
		enabled: "boolean|optional",
		everySec: "number|integer|min:1|max:86400|optional",
		backHours: "number|integer|min:1|max:2160|optional",
	},
} as const;
const pull = {
	type: "object",
	strict: true,
	optional: true,
	props: { orders: pullSetting, aftersales: pullSetting, products: pullSetting },
} as const;
/** Of platforms that have more than one secret. */
const furtherSecrets = {
	signSecret: "string|max:2000|optional",
	messageToken: "string|max:2000|optional",
	messageKey: "string|max:2000|optional",
} as const;
const otherUrls = { authUrl: "string|max:500|optional", messageUrl: "string|max:500|optional" } as const;
const shipMode = { type: "enum", values: shipModes, optional: true } as const;
const revealPerDay = "number|integer|min:0|max:1000000|optional";
const internal = { visibility: "public" } as const; // services and nodes, never the gateway

/** shop: the shops and their keys. Says "shop.changed" to whoever keeps time for them. */
const ShopService: ServiceSchema = {
	name: "shop",
	mixins: [
		audited({ create: ({ id, platform, sellerId }) => id ?? `${platform} ${sellerId}`, update: ({ id }) => id }),
		reseals(sealedShops),
		ownsModels(ShopModel),
	] as ServiceSchema[],
	actions: {
		/** `id` is made when not given. Returns a ShopView, as do the others: without secrets. */
		create: {
			params: {
				$$strict: true,
				id: { ...id, optional: true },
				platform: { type: "enum", values: platformNames },
				name: "string|trim|min:1|max:60",
				sellerId: "string|min:1|max:60",
				app: { type: "object", strict: true, props: { key, secret, ...furtherSecrets } },
				token: { ...token, optional: true },
				gatewayUrl: optionalText(500),
				...otherUrls,
				pull,
				shipMode,
				revealPerDay,
			},
			handler: (ctx: HubContext<NewShop>) => announced(ctx, createShop(ctx.params)),
		},
		/** What is left out stays. A secret can be replaced, never read. `reason`: why the shop is switched off. */
		update: {
			params: {
				$$strict: true,
				id,
				name: optionalText(60),
				app: {
					type: "object",
					strict: true,
					optional: true,
					props: { key: `${key}|optional`, secret: `${secret}|optional`, ...furtherSecrets },
				},
				token: { ...token, optional: true },
				gatewayUrl: optionalText(500),
				...otherUrls,
				pull,
				shipMode,
				revealPerDay,
				status: { type: "enum", values: ["ACTIVE", "DISABLED"], optional: true },
				reason: optionalText(200),
			},
			async handler(ctx: HubContext<ShopChange>) {
				await getShop(ctx.params.id, scopeOf(ctx)); // refuses one that is not the caller's
				return announced(ctx, updateShop(ctx.params));
			},
		},
		/** Figure[]: how long tokens last. */
		figures: { visibility: "public", params: { $$strict: true }, handler: () => shopFigures(new Date()) },
		list: {
			params: { $$strict: true, ...wholePageParams },
			handler: (ctx: HubContext<PageQuery>) => listShops(ctx.params, scopeOf(ctx)),
		},
		/** {items}: every shop of the caller's, however many. */
		all: {
			...internal,
			params: { $$strict: true },
			handler: (ctx: HubContext<object>) => allShops(scopeOf(ctx)),
		},
		/** Any text may be asked for: other services' params let it through. @throws NOT_FOUND also for what is no id */
		get: {
			params: { $$strict: true, id: "string" },
			handler: (ctx: HubContext<{ id: string }>) => getShop(ctx.params.id, scopeOf(ctx)),
		},
		/** Secrets in plain text: only for the service that speaks to the platform. */
		access: {
			...internal,
			params: { $$strict: true, shopId: "string" },
			handler: (ctx: HubContext<{ shopId: string }>) => openShop(ctx.params.shopId),
		},
		/** Says that the shop's token is dead, or that it works again. */
		mark: {
			...internal,
			params: {
				$$strict: true,
				shopId: "string",
				status: { type: "enum", values: ["ACTIVE", "TOKEN_EXPIRED"] },
				reason: "string",
			},
			async handler(ctx: HubContext<{ shopId: string; status: "ACTIVE" | "TOKEN_EXPIRED"; reason: string }>) {
				const { shopId, status, reason } = ctx.params;
				if (!(await markShop(shopId, status, reason))) return;
				this.logger[status === "ACTIVE" ? "info" : "warn"]("shop marked", { shopId, status, reason });
				ctx.broadcast("shop.changed", { shopId });
			},
		},
		/** Makes the caller the one who renews the token. Returns whether it is. */
		claimRenewal: {
			...internal,
			params: { $$strict: true, shopId: "string" },
			handler: (ctx: HubContext<{ shopId: string }>) => claimRenewal(ctx.params.shopId),
		},
		endRenewal: {
			...internal,
			params: { $$strict: true, shopId: "string" },
			handler: (ctx: HubContext<{ shopId: string }>) => endRenewal(ctx.params.shopId),
		},
		saveToken: {
			...internal,
			params: {
				$$strict: true,
				shopId: "string",
				access: secret,
				refresh: "string|max:2000",
				expiresAt: { type: "date", convert: true },
			},
			async handler(ctx: HubContext<FreshToken & { shopId: string }>) {
				const { shopId, ...fresh } = ctx.params;
				await saveToken(shopId, fresh);
				this.logger.info("token refreshed", { shopId, expiresAt: fresh.expiresAt });
			},
		},
	},
};

/** The word goes to every process, and may get lost: whoever listens looks for itself from time to time. */
async function announced<T extends { _id: string }>(ctx: HubContext<unknown>, change: Promise<T>): Promise<T> {
	const shop = await change;
	ctx.broadcast("shop.changed", { shopId: shop._id });
	return shop;
}

export default ShopService;
