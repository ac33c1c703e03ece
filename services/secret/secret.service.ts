import type { ServiceSchema } from "moleculer";
import type { HubContext } from "../../mixins/actor.ts";
import type { ResealPage } from "../../mixins/reseal.ts";
import { masterKeyIds } from "../../mixins/secret.ts";
import { type Part, parts } from "./parts.ts";

const pageMs = 60_000;

/**
 * secret: brings all that is encrypted from the old master key to the new one, page by page as its caller asks
 * (`hub secrets rotate`). It keeps nothing: which key a secret is of stands in the secret.
 */
const SecretService: ServiceSchema = {
	name: "secret",
	actions: {
		/** {keyId, oldKeyId, parts}: by which master key secrets are encrypted; `oldKeyId` null: only that one opens any. */
		state: {
			params: { $$strict: true },
			handler() {
				const [keyId, oldKeyId = null] = masterKeyIds();
				return { keyId, oldKeyId, parts };
			},
		},
		/**
		 * The page of a part's documents that begins after an id; "": the first. `change` false only counts.
		 * Returns a ResealPage. Safe to repeat, and to stop anywhere.
		 */
		rotate: {
			timeout: pageMs,
			params: {
				$$strict: true,
				part: { type: "enum", values: [...parts] },
				after: { type: "string", max: 300, default: "" },
				change: { type: "boolean", default: true },
			},
			async handler(ctx: HubContext<{ part: Part; after: string; change: boolean }>): Promise<ResealPage> {
				const { part, after, change } = ctx.params;
				if (change && after === "") await ctx.call("audit.record", { what: "secret.rotate", ref: part });
				return ctx.call<ResealPage, object>(`${part}.reseal`, { after, change }, { timeout: pageMs });
			},
		},
	},
};

export default SecretService;
