import { randomBytes } from "node:crypto";
import type { ServiceSchema } from "moleculer";
import { hubError } from "../../config/errors.ts";
import { type PlatformName, platformNames, platforms } from "../../config/platforms.ts";
import { actorOf, type HubContext } from "../../mixins/actor.ts";
import { audited } from "../../mixins/audited.ts";
import { ownsModels } from "../../mixins/database.ts";
import type { ShopView } from "../shop/shop.ts";
import { type Authorisation, AuthorisationModel } from "./authorisation.model.ts";
import type { Capabilities } from "./capabilities.ts";
import { pausedNow } from "./paused.ts";

export interface PlatformView {
	platform: PlatformName;
	zh: string;
	en: string;
	can: Capabilities | null; // null: no process of the hub speaks to this platform now
}

interface Asked {
	shopId: string;
	redirectUri: string;
}

/** platform: what the platforms can do, and sellers who let the app in. Each platform itself is `platform.<name>`. */
const PlatformService: ServiceSchema = {
	name: "platform",
	mixins: [audited({ authorize: ({ shopId }) => shopId }), ownsModels(AuthorisationModel)] as ServiceSchema[],
	actions: {
		list: {
			params: { $$strict: true },
			async handler(ctx: HubContext<object>): Promise<{ items: PlatformView[] }> {
				const items = platformNames.map(async (platform): Promise<PlatformView> => {
					const { zh, en } = platforms[platform];
					const known = ctx.broker.registry.actions.isAvailable(`platform.${platform}.can`);
					const can = known ? await ctx.call<Capabilities>(`platform.${platform}.can`) : null;
					return { platform, zh, en, can };
				});
				return { items: await Promise.all(items) };
			},
		},
		/** Paused[]: what platforms want no calls of for a while. */
		paused: {
			visibility: "public", // by the report service
			params: { $$strict: true },
			handler: () => pausedNow(Date.now()),
		},
		/**
		 * Where the seller lets the app in. The platform sends the browser back to `redirectUri`, the gateway's
		 * `/api/v1/oauth/callback` as the seller's browser reaches it, and as it is entered in the platform's console.
		 */
		authorize: {
			params: { $$strict: true, shopId: "string|min:1|max:60", redirectUri: "url|max:500" },
			async handler(ctx: HubContext<Asked>): Promise<{ url: string }> {
				const { shopId, redirectUri } = ctx.params;
				const { platform } = await ctx.call<ShopView, object>("shop.get", { id: shopId });
				const state = randomBytes(24).toString("base64url");
				const url = await ctx.call<string, object>(`platform.${platform}.token.authorizeUrl`, {
					shopId,
					redirectUri,
					state,
				});
				const asked = { shopId, platform, redirectUri, by: actorOf(ctx), createdAt: new Date() };
				await AuthorisationModel.create({ _id: state, ...asked });
				return { url };
			},
		},
		/** The seller's browser is back. Each `state` counts once. @throws FORBIDDEN for one that nobody was sent with */
		authorised: {
			visibility: "public", // by the gateway's own page, without a token: the state is the proof
			params: { $$strict: true, code: "string|min:1|max:1000", state: "string|min:1|max:100" },
			async handler(ctx: HubContext<{ code: string; state: string }>): Promise<{ shopId: string }> {
				const { code, state } = ctx.params;
				const asked = await AuthorisationModel.findOneAndDelete({ _id: state }).lean<Authorisation>();
				if (!asked) throw hubError("FORBIDDEN", "this consent was not asked for here, or too long ago");
				const { shopId, platform, redirectUri, by } = asked;
				await ctx.call("audit.record", { what: "platform.authorised", ref: shopId }, { meta: { actor: by } });
				await ctx.call(`platform.${platform}.token.exchange`, { shopId, code, redirectUri }, { meta: { actor: by } });
				this.logger.info("shop authorised", { shopId, platform, by });
				return { shopId };
			},
		},
	},
};

export default PlatformService;
