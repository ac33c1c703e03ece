import type { Service, ServiceSchema } from "moleculer";
import type { HubContext } from "../../mixins/actor.ts";
import { ownsModels } from "../../mixins/database.ts";
import { due } from "../../mixins/due.ts";
import { nudge, outbox } from "../../mixins/outbox.ts";
import { pageParams } from "../../mixins/paging.ts";
import { scopeOf } from "../shop/scope.ts";
import { erpSkuLengths } from "../sku/erp-sku.ts";
import { listStock, listTold, type StockQuery, type ToldQuery } from "./list.ts";
import { pushStock } from "./push.ts";
import { type GivenStock, saveStock } from "./save.ts";
import { StockModel } from "./stock.model.ts";
import { leaseMs, tell } from "./tell.ts";
import { ToldModel, type ToldStock, toldStates } from "./told.model.ts";

const erpSku = { type: "string", min: 1, max: erpSkuLengths.code, trim: true };

/** stock: how many pieces of its SKUs the ERP has for sale, and what the platforms were told of it. */
const StockService: ServiceSchema = {
	name: "stock",
	mixins: [
		outbox(StockModel),
		due<ToldStock>(ToldModel, { concurrency: 4, leaseMs, handle: tellAgain }),
		ownsModels(StockModel, ToldModel), // starts first and stops last
	],
	actions: {
		/**
		 * Stores what the ERP has. Safe to repeat and in any order: of one warehouse the latest `at` counts. The warehouses
		 * of a SKU add up. Returns {items: SavedRow[]}, one for each, in their order.
		 */
		save: {
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
							erpSku,
							warehouse: { type: "string", max: 100, trim: true, default: "" },
							quantity: { type: "number", integer: true, min: 0, max: 1_000_000_000 },
							at: { type: "date", convert: true, optional: true },
						},
					},
				},
			},
			async handler(this: Service, ctx: HubContext<{ items: GivenStock[] }>) {
				const items = await saveStock(ctx.params.items, new Date(), ctx.requestID ?? "");
				nudge(this);
				return { items };
			},
		},
		/** {items: StockView[], nextCursor} */
		list: {
			params: { $$strict: true, q: "string|max:20000|optional", ...pageParams },
			handler: (ctx: HubContext<StockQuery>) => listStock(ctx.params),
		},
		/** Tells the platforms how many of an ERP SKU can be sold. Returns a Pushed; what failed is told again by itself. */
		push: {
			visibility: "public", // by flows
			timeout: 120_000,
			params: { $$strict: true, erpSku },
			handler: (ctx: HubContext<{ erpSku: string }>) => pushStock(ctx, ctx.params.erpSku),
		},
		/** What the platforms were told: {items: ToldView[], nextCursor}. */
		told: {
			params: {
				$$strict: true,
				state: { type: "enum", values: [...toldStates], optional: true },
				platform: "string|max:30|optional",
				shopId: "string|max:100|optional",
				q: "string|max:20000|optional",
				...pageParams,
			},
			handler: (ctx: HubContext<ToldQuery>) => listTold(ctx.params, scopeOf(ctx)),
		},
	},
};

async function tellAgain(service: Service, record: ToldStock): Promise<void> {
	const { is } = await tell(service.broker, record);
	service.logger.info("stock told again", { id: record._id, outcome: is });
}

export default StockService;
