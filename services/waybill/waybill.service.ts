import type { Service, ServiceSchema } from "moleculer";
import { actorOf, type HubContext } from "../../mixins/actor.ts";
import { audited } from "../../mixins/audited.ts";
import { ownsModels } from "../../mixins/database.ts";
import { nudge, outbox } from "../../mixins/outbox.ts";
import { pageParams } from "../../mixins/paging.ts";
import type { WaybillAccount, WaybillTemplate } from "../platform/waybill.ts";
import { carrierOf } from "../shipment/parcel.ts";
import { scopeOf } from "../shop/scope.ts";
import type { ShopView } from "../shop/shop.ts";
import { findWaybill, listWaybills, markPrinted, printData, recycle, view, type WaybillQuery } from "./desk.ts";
import type { Who } from "./events.ts";
import { takeWaybill, type Wish } from "./take.ts";
import { WaybillModel, waybillStates } from "./waybill.model.ts";

const id = "string|min:3|max:210";
const orderId = "string|min:3|max:200";
const carrier = "string|min:1|max:40"; // our code, or the carrier's name in either language
const code = { type: "string", max: 100, default: "", trim: true };
const needed = { type: "string", min: 1, max: 100, trim: true };
const place = { type: "string", max: 200, optional: true, trim: true };
const ofShop = { $$strict: true, shopId: "string|min:1|max:60", carrier };

interface OfShop {
	shopId: string;
	carrier: string;
}

/** waybill: numbers of carriers for the parcels of orders, taken through the platforms. */
const WaybillService: ServiceSchema = {
	name: "waybill",
	mixins: [
		audited({ printData: ({ id }) => id }), // people's data, though under the print client's cipher
		outbox(WaybillModel),
		ownsModels(WaybillModel), // starts first and stops last
	],
	actions: {
		/** One number for one parcel; safe to repeat. Params: a Wish. Returns a WaybillView. @see takeWaybill for errors */
		take: {
			timeout: 60_000,
			params: {
				$$strict: true,
				orderId,
				parcelNo: { type: "number", integer: true, min: 1, max: 99, default: 1 },
				carrier,
				branchCode: code,
				accountCode: code,
				templateUrl: { type: "string", max: 500, default: "" },
				weightGram: { type: "number", integer: true, positive: true, optional: true },
				sender: {
					type: "object",
					strict: true,
					props: {
						name: needed,
						phone: needed,
						province: place,
						city: place,
						district: place,
						town: place,
						address: place,
					},
				},
				anew: { type: "boolean", default: false },
			},
			async handler(this: Service, ctx: HubContext<Wish>) {
				const wish = { ...ctx.params, carrier: carrierOf(ctx.params.carrier) };
				const taken = await takeWaybill(ctx, wish, whoOf(ctx));
				nudge(this);
				return view(taken);
			},
		},
		/** {items: WaybillView[], nextCursor}: newest first. */
		list: {
			params: {
				$$strict: true,
				state: { type: "enum", values: [...waybillStates], optional: true },
				platform: "string|max:30|optional",
				shopId: "string|max:100|optional",
				orderId: `${orderId}|optional`,
				q: "string|max:20000|optional",
				...pageParams,
			},
			handler: (ctx: HubContext<WaybillQuery>) => listWaybills(ctx.params, scopeOf(ctx)),
		},
		get: {
			params: { $$strict: true, id },
			handler: async (ctx: HubContext<{ id: string }>) => view(await findWaybill(ctx.params.id, scopeOf(ctx))),
		},
		/** What is printed, for now: a PrintData. Counted, and refused while the order is held. */
		printData: {
			timeout: 60_000,
			params: { $$strict: true, id },
			handler: async (ctx: HubContext<{ id: string }>) =>
				printData(ctx, await findWaybill(ctx.params.id, scopeOf(ctx))),
		},
		printed: {
			params: { $$strict: true, id },
			async handler(this: Service, ctx: HubContext<{ id: string }>) {
				await markPrinted(await findWaybill(ctx.params.id, scopeOf(ctx)), whoOf(ctx));
				nudge(this);
				return view(await findWaybill(ctx.params.id, scopeOf(ctx)));
			},
		},
		recycle: {
			timeout: 60_000,
			params: { $$strict: true, id },
			async handler(this: Service, ctx: HubContext<{ id: string }>) {
				await recycle(ctx, await findWaybill(ctx.params.id, scopeOf(ctx)), whoOf(ctx));
				nudge(this);
				return view(await findWaybill(ctx.params.id, scopeOf(ctx)));
			},
		},
		/** The shop's contracts with the carrier: {items: WaybillAccount[]}. */
		accounts: {
			params: ofShop,
			handler: async (ctx: HubContext<OfShop>) => ({ items: await ofPlatform<WaybillAccount>(ctx, "accounts") }),
		},
		/** What the carrier's labels may look like: {items: WaybillTemplate[]}. */
		templates: {
			params: ofShop,
			handler: async (ctx: HubContext<OfShop>) => ({ items: await ofPlatform<WaybillTemplate>(ctx, "templates") }),
		},
	},
};

async function ofPlatform<T>(ctx: HubContext<OfShop>, what: "accounts" | "templates"): Promise<T[]> {
	const { shopId } = ctx.params;
	const { platform } = await ctx.call<ShopView, object>("shop.get", { id: shopId });
	const carrier = carrierOf(ctx.params.carrier);
	return ctx.call<T[], object>(`platform.${platform}.waybill.${what}`, { shopId, carrier });
}

const whoOf = (ctx: HubContext<unknown>): Who => ({ by: actorOf(ctx), traceId: ctx.requestID ?? "" });

export default WaybillService;
