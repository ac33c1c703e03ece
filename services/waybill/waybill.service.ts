import type { Service, ServiceSchema } from "moleculer";
import { env } from "../../config/env.ts";
import { printClientsAt } from "../../config/print-clients.ts";
import { actorOf, type HubContext } from "../../mixins/actor.ts";
import { audited } from "../../mixins/audited.ts";
import { ownsModels } from "../../mixins/database.ts";
import { nudge, outbox } from "../../mixins/outbox.ts";
import { pageParams } from "../../mixins/paging.ts";
import type { WaybillAccount, WaybillTemplate } from "../platform/waybill.ts";
import { carrierOf } from "../shipment/parcel.ts";
import { scopeOf } from "../shop/scope.ts";
import type { ShopView } from "../shop/shop.ts";
import { type BatchWish, batchMost, doToEach, takeBatch } from "./batch.ts";
import {
	findWaybill,
	listWaybills,
	markPrinted,
	type PrintData,
	printData,
	recycle,
	view,
	type WaybillQuery,
} from "./desk.ts";
import type { Who } from "./events.ts";
import { pickGoods } from "./pick-list.ts";
import { scan } from "./scan.ts";
import { takeWaybill, type Wish } from "./take.ts";
import { tallyWaybills } from "./tally.ts";
import { WaybillModel, waybillStates } from "./waybill.model.ts";

const id = "string|min:3|max:210";
const orderId = "string|min:3|max:200";
const carrier = "string|min:1|max:40"; // our code, or the carrier's name in either language
const code = { type: "string", max: 100, default: "", trim: true };
const needed = { type: "string", min: 1, max: 100, trim: true };
const place = { type: "string", max: 200, optional: true, trim: true };
const ofShop = { $$strict: true, shopId: "string|min:1|max:60", carrier };

const parcelNo = { type: "number", integer: true, min: 1, max: 99, default: 1 } as const;
/** How numbers are taken, for one parcel or many. */
const wished = {
	carrier,
	branchCode: code,
	accountCode: code,
	templateUrl: { type: "string", max: 500, default: "" },
	weightGram: { type: "number", integer: true, positive: true, optional: true },
	sender: {
		type: "object",
		strict: true,
		props: { name: needed, phone: needed, province: place, city: place, district: place, town: place, address: place },
	},
} as const;
const many = { type: "array", min: 1, max: batchMost, unique: true } as const;
const ofMany = { $$strict: true, ids: { ...many, items: id } } as const;
const batchMs = 90_000; // as long as platforms may keep a batch busy

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
				parcelNo,
				...wished,
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
		/** How many are in each state: a WaybillTally. */
		tally: {
			params: { $$strict: true, shopId: "string|max:100|optional" },
			handler: (ctx: HubContext<{ shopId?: string }>) => tallyWaybills(ctx.params.shopId, scopeOf(ctx)),
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
		/** Numbers for up to 200 parcels, the same way. Params: a BatchWish. {results: TakenRow[], done, failed} */
		takeBatch: {
			timeout: batchMs,
			params: {
				$$strict: true,
				orders: {
					type: "array",
					min: 1,
					max: batchMost,
					items: { type: "object", strict: true, props: { orderId, parcelNo } },
				},
				...wished,
			},
			async handler(this: Service, ctx: HubContext<BatchWish>) {
				const wish = { ...ctx.params, carrier: carrierOf(ctx.params.carrier) };
				const taken = await takeBatch(this, ctx, wish, whoOf(ctx));
				nudge(this);
				return taken;
			},
		},
		/** As `printData` for each: {results: PrintRow[], done, failed}. */
		printDataBatch: {
			timeout: batchMs,
			params: ofMany,
			handler(this: Service, ctx: HubContext<{ ids: string[] }>) {
				return doToEach<PrintData>(this, ctx, ctx.params.ids, "waybill.printData", (printed) => printed);
			},
		},
		/** As `printed` for each: {results: DoneRow[], done, failed}. */
		printedBatch: {
			timeout: batchMs,
			params: ofMany,
			handler(this: Service, ctx: HubContext<{ ids: string[] }>) {
				return doToEach(this, ctx, ctx.params.ids, "waybill.printed");
			},
		},
		/** As `recycle` for each: {results: DoneRow[], done, failed}. */
		recycleBatch: {
			timeout: batchMs,
			params: ofMany,
			handler(this: Service, ctx: HubContext<{ ids: string[] }>) {
				return doToEach(this, ctx, ctx.params.ids, "waybill.recycle");
			},
		},
		/**
		 * What the shelves must give for these waybills, or orders, or both: {items: PickLine[], left}. An order of several
		 * parcels counts once. `left`: what stands against the others, by order.
		 */
		pickList: {
			timeout: batchMs,
			params: {
				$$strict: true,
				ids: { ...many, min: 0, items: id, default: [] },
				orderIds: { ...many, min: 0, items: orderId, default: [] },
			},
			async handler(this: Service, ctx: HubContext<{ ids: string[]; orderIds: string[] }>) {
				const { ids, orderIds } = ctx.params;
				const waybills = await Promise.all(ids.map((each) => findWaybill(each, scopeOf(ctx))));
				return pickGoods(this, ctx, [...new Set([...orderIds, ...waybills.map(({ orderId }) => orderId)])]);
			},
		},
		/** What is in a parcel whose label was scanned; with `ship` it leaves. A Scanned. @see scan for errors */
		scan: {
			timeout: 60_000,
			params: {
				$$strict: true,
				trackingNo: { type: "string", min: 4, max: 40, trim: true },
				ship: { type: "boolean", default: false },
			},
			handler: (ctx: HubContext<{ trackingNo: string; ship: boolean }>) => scan(ctx, ctx.params, scopeOf(ctx)),
		},
		/** The vendors' print components and where this desk's listen: {items: PrintClient[]}. */
		printClients: { params: { $$strict: true }, handler: () => ({ items: printClientsAt(env.printUrl) }) },
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
