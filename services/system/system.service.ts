import type { ServiceSchema } from "moleculer";
import { carriers } from "../../config/carriers.ts";
import type { HubContext } from "../../mixins/actor.ts";
import type { PlatformView } from "../platform/platform.service.ts";
import { certificate } from "./certificate.ts";
import { processes } from "./processes.ts";
import { settings } from "./settings.ts";

export interface Carrier {
	code: string; // ours
	zh: string;
	en: string;
	platforms: string[]; // that take parcels of it, of those that a process of the hub speaks to now
}

const none = { $$strict: true };

/** system: what the hub is made of and runs with. It owns nothing. */
const SystemService: ServiceSchema = {
	name: "system",
	actions: {
		/** {items: Carrier[]} */
		carriers: {
			params: none,
			async handler(ctx: HubContext<object>): Promise<{ items: Carrier[] }> {
				const { items } = await ctx.call<{ items: PlatformView[] }, object>("platform.list", {});
				const taking = (code: string): string[] =>
					items.filter(({ can }) => can?.carriers.includes(code)).map(({ platform }) => platform);
				return {
					items: Object.entries(carriers).map(([code, words]) => ({ code, ...words, platforms: taking(code) })),
				};
			},
		},
		/** Settings */
		settings: { params: none, handler: () => settings() },
		/** {items: HubProcess[]}: one that does not answer is there without its state. */
		processes: { params: none, handler: (ctx: HubContext<object>) => processes(ctx.broker) },
		/** A Certificate, of the caller's shops. No secret is in it. */
		certificate: {
			params: none,
			handler: (ctx: HubContext<object>) => certificate((action) => ctx.call(action, {}), new Date()),
		},
	},
};

export default SystemService;
