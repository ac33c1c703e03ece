import type { Context } from "moleculer";
import { hubError } from "../../config/errors.ts";
import type { PlatformAdapter } from "./adapter.ts";
import { type ClaimedOrder, claimed, claimedOrder } from "./claimed.ts";
import { type Actions, internal, type ShopParams, shopId } from "./params.ts";
import type { CallsOf } from "./platform-service.ts";
import type { Steps } from "./steps.ts";
import type {
	PrintedWaybill,
	Waybill,
	WaybillAccount,
	WaybillDriver,
	WaybillTemplate,
	WaybillWish,
} from "./waybill.ts";

interface TakenWaybill {
	orderNo: string;
	carrier: string;
	trackingNo: string;
	platformNo: string;
}

const needed = "string|min:1|max:100";
const text = "string|max:200";
const carrierParams = { $$strict: true, shopId, carrier: needed } as const;
const takenParams = {
	$$strict: true,
	shopId,
	orderNo: needed,
	carrier: needed,
	trackingNo: needed,
	platformNo: text,
} as const;
const sender = {
	type: "object",
	strict: true,
	props: { name: needed, phone: needed, province: needed, city: text, district: text, town: text, address: text },
} as const;
const goods = {
	type: "array",
	min: 1,
	items: { type: "object", strict: true, props: { title: text, quantity: "number|integer|positive" } },
} as const;

/** Electronic waybills through the platform. */
export function waybillActions(adapter: PlatformAdapter, callsOf: CallsOf): Actions {
	const run = async <T>(ctx: Context<ShopParams>, steps: (waybills: WaybillDriver) => Steps<T>): Promise<T> => {
		if (!adapter.waybills) throw hubError("PLATFORM_UNSUPPORTED", `${adapter.name}: waybills`, { what: "waybills" });
		return (await callsOf(ctx).run(ctx, ctx.params.shopId, steps(adapter.waybills), true)).value;
	};

	return {
		"waybill.accounts": {
			...internal,
			params: carrierParams,
			handler: (ctx: Context<ShopParams & { carrier: string }>): Promise<WaybillAccount[]> =>
				run(ctx, (waybills) => waybills.accounts(ctx.params.carrier)),
		},
		"waybill.templates": {
			...internal,
			params: carrierParams,
			handler: (ctx: Context<ShopParams & { carrier: string }>): Promise<WaybillTemplate[]> =>
				run(ctx, (waybills) => waybills.templates(ctx.params.carrier)),
		},
		/** Takes a number for one parcel of an order. With `order` only while nothing holds it. */
		"waybill.take": {
			...internal,
			params: {
				...carrierParams,
				orderNo: needed,
				branchCode: text,
				accountCode: text,
				sender,
				parcelNo: "number|integer|min:1",
				goods,
				weightGram: { type: "number", integer: true, positive: true, nullable: true },
				templateUrl: "string|max:500",
				order: claimedOrder,
			},
			handler(ctx: Context<ShopParams & WaybillWish & { order?: ClaimedOrder }>): Promise<Waybill> {
				const { order, ...wish } = ctx.params;
				const take = (waybills: WaybillDriver): Steps<Waybill> =>
					(function* () {
						return yield* waybills.take(yield* adapter.orders.get(wish.orderNo), wish);
					})();
				return claimed(ctx, order, `waybill:${wish.orderNo}:${wish.parcelNo}`, () => run(ctx, take));
			},
		},
		/** What the carrier's print client is given. With `order` only while nothing holds it. */
		"waybill.print-data": {
			...internal,
			params: { ...takenParams, templateUrl: "string|max:500", order: claimedOrder },
			handler(ctx: Context<ShopParams & PrintedWaybill & { order?: ClaimedOrder }>): Promise<string> {
				const { order, ...taken } = ctx.params;
				const print = (waybills: WaybillDriver): Steps<string> => waybills.printData(taken);
				return claimed(ctx, order, `print:${taken.trackingNo}`, () => run(ctx, print));
			},
		},
		/** Gives the number back. */
		"waybill.cancel": {
			...internal,
			params: takenParams,
			handler: (ctx: Context<ShopParams & TakenWaybill>): Promise<void> =>
				run(ctx, (waybills) => waybills.cancel(ctx.params)),
		},
	};
}
