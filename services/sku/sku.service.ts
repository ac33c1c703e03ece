import type { Service, ServiceSchema } from "moleculer";
import { platforms } from "../../config/platforms.ts";
import { actorOf, type HubContext } from "../../mixins/actor.ts";
import { ownsModels } from "../../mixins/database.ts";
import { due, wake } from "../../mixins/due.ts";
import { pageParams } from "../../mixins/paging.ts";
import { tableFileParams } from "../../mixins/table/file.ts";
import type { UnmatchedSku } from "../order/unmatched.ts";
import { scopeOf } from "../shop/scope.ts";
import { linkByCode, type ShopSkus } from "./auto-link.ts";
import { ErpSkuModel } from "./erp-sku.model.ts";
import { type ErpSkuTold, erpSkuLengths, erpSkuStatuses } from "./erp-sku.ts";
import { type ErpSkuQuery, listErpSkus } from "./erp-skus.ts";
import { type ImportFile, importErpSkus } from "./import.ts";
import { importLinks, type LinkImport } from "./import-links.ts";
import { type SkuJob, SkuJobModel } from "./job.model.ts";
import { jobState, leaseMs, planJob, releaseAll, workAWhile, workOff } from "./job.ts";
import { linkedTo } from "./linked-to.ts";
import { deleteLink, type LinkQuery, listLinks, putLink, type WantedLink } from "./links.ts";
import { resolveSkus } from "./resolve.ts";
import { saveErpSkus } from "./save-erp-skus.ts";
import { SkuLinkModel } from "./sku-link.model.ts";
import { linkSources, type SkuQuestion } from "./sku-link.ts";
import { withSuggestions } from "./unmatched.ts";

const platform = { type: "enum", values: Object.keys(platforms) };
const shopId = "string|min:1|max:100";
const skuId = { type: "string", max: 100, default: "", trim: true };
const erpSkuCode = { type: "string", min: 1, max: erpSkuLengths.code, trim: true };
const optionalText = (max: number) => ({ type: "string", max, optional: true, trim: true });

/** sku: what the ERP calls the platforms' SKUs. The only writer of erp_skus and sku_links. */
const SkuService: ServiceSchema = {
	name: "sku",
	mixins: [
		due<SkuJob>(SkuJobModel, {
			concurrency: 2,
			leaseMs,
			async handle(service, job) {
				await workOff(service.broker, job);
			},
		}),
		ownsModels(ErpSkuModel, SkuLinkModel, SkuJobModel), // starts first and stops last
	],
	actions: {
		/** What an order's lines are in the ERP. Params: a SkuQuestion. Returns the parts of each line, in their order. */
		resolve: {
			visibility: "public", // by the order service
			params: {
				$$strict: true,
				platform: "string|max:30",
				shopId,
				placedAt: { type: "date", convert: true },
				lines: {
					type: "array",
					items: { type: "object", strict: true, props: { platformSkuId: "string", outerSku: "string" } },
				},
			},
			handler: (ctx: HubContext<SkuQuestion>) => resolveSkus(ctx.params),
		},
		/** One page of the platforms' SKUs that have to do with an ERP SKU. Returns {items, after}. */
		linkedTo: {
			visibility: "public", // by the stock service
			params: { $$strict: true, erpSku: erpSkuCode, after: "string|max:300" },
			handler: (ctx: HubContext<{ erpSku: string; after: string }>) => linkedTo(ctx.params.erpSku, ctx.params.after),
		},
		/** Links SKUs of a product that a platform told of, and releases what waited for them. Safe to repeat. */
		linkNew: {
			visibility: "public", // by the product service
			params: {
				$$strict: true,
				platform: "string|max:30",
				shopId,
				skus: {
					type: "array",
					items: {
						type: "object",
						strict: true,
						props: { platformSkuId: "string", outerSku: "string", barcode: "string" },
					},
				},
			},
			async handler(ctx: HubContext<ShopSkus>) {
				const { platform, shopId } = ctx.params;
				const by = "rule:sku-match";
				const { created, linked } = await linkByCode(ctx.params, by);
				const until = Number.POSITIVE_INFINITY; // when it takes too long the pull tells them again
				const { released } = await releaseAll(ctx.broker, { platform, shopId }, linked, by, until);
				return { linked: created, released };
			},
		},

		erpSkus: {
			params: {
				$$strict: true,
				status: { type: "enum", values: [...erpSkuStatuses], optional: true },
				q: "string|max:20000|optional",
				like: "string|max:100|optional",
				...pageParams,
			},
			handler: (ctx: HubContext<ErpSkuQuery>) => listErpSkus(ctx.params),
		},
		/** Stores ERP SKUs, new or known; what a known one's item leaves out stays. Returns {created, updated, job}. */
		saveErpSkus: {
			params: {
				$$strict: true,
				items: {
					type: "array",
					min: 1,
					max: 1_000,
					items: {
						type: "object",
						strict: true,
						props: {
							code: erpSkuCode,
							name: optionalText(erpSkuLengths.name),
							unit: optionalText(erpSkuLengths.unit),
							barcode: optionalText(erpSkuLengths.barcode),
							status: { type: "enum", values: [...erpSkuStatuses], optional: true },
						},
					},
				},
			},
			handler(this: Service, ctx: HubContext<{ items: ErpSkuTold[] }>) {
				// Of one code told twice the last counts.
				const items = new Map(ctx.params.items.map((item) => [item.code, item]));
				return wakeAfter(this, saveErpSkus(ctx.broker, [...items.values()], actorOf(ctx)));
			},
		},
		/** @see importErpSkus. A row that is wrong is told of and left out; the others are stored. */
		importErpSkus: {
			timeout: 60_000,
			params: {
				$$strict: true,
				format: { type: "enum", values: ["csv", "xlsx"] },
				content: "string|optional|max:7000000",
				text: "string|optional|max:5300000",
				dryRun: { type: "boolean", default: false },
			},
			handler(this: Service, ctx: HubContext<ImportFile>) {
				return wakeAfter(this, importErpSkus(ctx.broker, ctx.params, actorOf(ctx)));
			},
		},

		links: {
			params: {
				$$strict: true,
				platform: { ...platform, optional: true },
				shopId: "string|max:100|optional",
				source: { type: "enum", values: [...linkSources], optional: true },
				q: "string|max:20000|optional",
				...pageParams,
			},
			handler: (ctx: HubContext<LinkQuery>) => listLinks(ctx.params, scopeOf(ctx)),
		},
		/**
		 * Says what a platform's SKU is in the ERP; several parts, or several pieces, make a combo. With `effectiveFrom` for
		 * orders placed from then on. Returns {link, job}: the job releases the orders that waited.
		 */
		link: {
			params: {
				$$strict: true,
				platform,
				shopId,
				platformSkuId: skuId,
				outerSku: skuId, // counts where there is no platformSkuId
				parts: {
					type: "array",
					min: 1,
					max: 50,
					items: {
						type: "object",
						strict: true,
						props: { erpSku: erpSkuCode, quantity: { type: "number", integer: true, min: 1, max: 10_000, default: 1 } },
					},
				},
				effectiveFrom: { type: "date", convert: true, nullable: true, optional: true },
			},
			handler(this: Service, ctx: HubContext<WantedLink>) {
				return wakeAfter(this, putLink(ctx.broker, ctx.params, actorOf(ctx), scopeOf(ctx)));
			},
		},
		/** @see importLinks. A link that is wrong is told of and left out; the others are stored. Returns ImportedLinks. */
		importLinks: {
			timeout: 120_000,
			params: {
				$$strict: true,
				...tableFileParams,
				shopId: "string|min:1|max:100|optional",
				dryRun: { type: "boolean", default: false },
			},
			handler(this: Service, ctx: HubContext<LinkImport>) {
				return wakeAfter(this, importLinks(ctx));
			},
		},
		unlink: {
			params: { $$strict: true, id: "string|min:3|max:300" },
			handler(this: Service, ctx: HubContext<{ id: string }>) {
				return wakeAfter(this, deleteLink(ctx.broker, ctx.params.id, actorOf(ctx), scopeOf(ctx)));
			},
		},
		/** What open orders wait for, with suggestions. Returns {items}: Suggested. */
		unmatched: {
			params: { $$strict: true, shopId: "string|max:100|optional" },
			async handler(ctx: HubContext<{ shopId?: string }>) {
				const skus = await ctx.call<UnmatchedSku[], object>("order.unmatchedSkus", ctx.params);
				return { items: await withSuggestions(skus) };
			},
		},
		/** Links the products' SKUs by code and barcode, of one shop or all. Returns a JobState. */
		match: {
			params: { $$strict: true, shopId: "string|max:100|optional" },
			async handler(this: Service, ctx: HubContext<{ shopId?: string }>) {
				const scope = scopeOf(ctx);
				const { shopId } = ctx.params;
				const wanted = shopId === undefined ? null : [shopId];
				const shopIds = scope === "*" ? wanted : (wanted ?? [...scope]).filter((id) => scope.includes(id));
				const job = await planJob({ products: { shopIds, codes: [], barcodes: [] } }, actorOf(ctx));
				return wakeAfter(this, workAWhile(ctx.broker, job));
			},
		},
		job: {
			params: { $$strict: true, id: "string|min:1|max:100" },
			handler: (ctx: HubContext<{ id: string }>) => jobState(ctx.params.id),
		},
	},
};

/** What a job did not get done while its caller waited goes on at once. */
async function wakeAfter<T>(service: Service, work: Promise<T>): Promise<T> {
	const result = await work;
	wake(service);
	return result;
}

export default SkuService;
