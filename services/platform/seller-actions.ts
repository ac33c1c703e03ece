import type { Context } from "moleculer";
import { hubError } from "../../config/errors.ts";
import { type Decision, decisionActions } from "../aftersale/aftersale.ts";
import { memoFlags } from "../order/order.ts";
import {
	type PlainReceiver,
	type PlatformAdapter,
	type RefusalReason,
	type Remark,
	type ReturnAddress,
	type RevealPurpose,
	revealPurposes,
	type ShipCall,
	type ShippedLine,
	type StockLevel,
} from "./adapter.ts";
import { type ClaimedOrder, claimed, claimedOrder } from "./claimed.ts";
import { type Actions, internal, type ShopParams, shopId } from "./params.ts";
import type { CallsOf } from "./platform-service.ts";
import type { Steps } from "./steps.ts";

const orderNo = "string|min:1|max:100";
const line = {
	type: "object",
	strict: true,
	props: { lineId: "string", quantity: "number|integer|positive" },
} as const;
const text = "string|max:500";

/** What a seller does on the platform: ships, remarks, decides about after-sales, sets stock, looks at a receiver. */
export function sellerActions(adapter: PlatformAdapter, callsOf: CallsOf): Actions {
	const { orders, aftersales, shipping, decisions } = adapter;
	const unsupported = (what: string): Error => hubError("PLATFORM_UNSUPPORTED", `${adapter.name}: ${what}`, { what });

	/** Steps on the document as it is now. */
	function* onAftersale<T>(aftersaleNo: string, work: (raw: Record<string, unknown>) => Steps<T>): Steps<T> {
		return yield* work(yield* aftersales.get(aftersaleNo));
	}
	function* onOrder<T>(orderNo: string, work: (raw: Record<string, unknown>) => Steps<T>): Steps<T> {
		return yield* work(yield* orders.get(orderNo));
	}
	const run = async <T>(ctx: Context<ShopParams>, steps: Steps<T>): Promise<T> =>
		(await callsOf(ctx).run(ctx, ctx.params.shopId, steps, true)).value;

	return {
		/**
		 * Tells the platform what was sent. Never repeated when its outcome is unknown (PLATFORM_UNREACHABLE,
		 * PLATFORM_BAD_RESPONSE): the caller looks with `shipped` first. Other errors: it was not done. With `order` it is
		 * done only while nothing holds the order, and no hold is stored meanwhile.
		 */
		ship: {
			...internal,
			params: {
				$$strict: true,
				shopId,
				orderNo,
				carrier: "string",
				trackingNo: "string",
				lines: { type: "array", items: line },
				further: "boolean",
				requestId: "string|min:1|max:300",
				order: claimedOrder,
			},
			handler(ctx: Context<ShopParams & ShipCall & { order?: ClaimedOrder }>): Promise<void> {
				const { order, ...call } = ctx.params;
				return claimed(ctx, order, call.requestId, () => run(ctx, shipping.ship(call)));
			},
		},
		/** What the platform knows as shipped. */
		shipped: {
			...internal,
			params: { $$strict: true, shopId, orderNo },
			async handler(ctx: Context<ShopParams & { orderNo: string }>): Promise<ShippedLine[]> {
				return shipping.shippedLines(await run(ctx, orders.get(ctx.params.orderNo)));
			},
		},
		/** Our carrier codes, with the platform's own. */
		carriers: {
			...internal,
			params: { $$strict: true },
			handler: () => Object.entries(shipping.carriers).map(([carrier, code]) => ({ carrier, code })),
		},
		/** Writes the seller's note and flag. */
		remark: {
			...internal,
			params: { $$strict: true, shopId, orderNo, text, flag: { type: "enum", values: [...memoFlags] } },
			async handler(ctx: Context<ShopParams & Remark>): Promise<void> {
				if (!adapter.remark) throw unsupported("remark");
				await run(ctx, adapter.remark(ctx.params));
			},
		},
		/** Answers an after-sale. In doubt (PLATFORM_UNREACHABLE, PLATFORM_BAD_RESPONSE) the caller reads it again first. */
		"aftersales.decide": {
			...internal,
			params: {
				$$strict: true,
				shopId,
				aftersaleNo: orderNo,
				action: { type: "enum", values: [...decisionActions] },
				addressId: { type: "string", default: "" },
				reasonCode: { type: "string", default: "" },
				note: { type: "string", max: 500, default: "" },
				carrier: { type: "string", default: "" },
				trackingNo: { type: "string", default: "" },
			},
			async handler(ctx: Context<ShopParams & Decision & { aftersaleNo: string }>): Promise<void> {
				const decide = decisions.actions[ctx.params.action];
				if (!decide) throw unsupported(ctx.params.action);
				await run(
					ctx,
					onAftersale(ctx.params.aftersaleNo, (raw) => decide(raw, ctx.params)),
				);
			},
		},
		/** By what an after-sale may be refused, in the platform's words. */
		"aftersales.reasons": {
			...internal,
			params: { $$strict: true, shopId, aftersaleNo: orderNo },
			async handler(ctx: Context<ShopParams & { aftersaleNo: string }>): Promise<RefusalReason[]> {
				const { reasons } = decisions;
				if (!reasons) throw unsupported("refusal reasons");
				return run(ctx, onAftersale(ctx.params.aftersaleNo, reasons));
			},
		},
		/** The seller's addresses that goods may be sent back to. */
		"aftersales.addresses": {
			...internal,
			params: { $$strict: true, shopId },
			async handler(ctx: Context<ShopParams>): Promise<ReturnAddress[]> {
				if (!decisions.addresses) throw unsupported("return addresses");
				return run(ctx, decisions.addresses());
			},
		},
		/** Sets how many of a SKU are on sale. */
		"stock.set": {
			...internal,
			params: {
				$$strict: true,
				shopId,
				productNo: orderNo,
				platformSkuId: "string|max:100",
				quantity: "number|integer|min:0",
				requestId: "string|min:1|max:100",
			},
			async handler(ctx: Context<ShopParams & StockLevel>): Promise<void> {
				if (!adapter.setStock) throw unsupported("stock");
				await run(ctx, adapter.setStock(ctx.params));
			},
		},
		/** Where an order goes, in plain text. For the moment only: never stored, never logged. */
		"receiver.reveal": {
			...internal,
			params: { $$strict: true, shopId, orderNo, purpose: { type: "enum", values: [...revealPurposes] } },
			async handler(ctx: Context<ShopParams & { orderNo: string; purpose: RevealPurpose }>): Promise<PlainReceiver> {
				const { reveal } = adapter;
				if (!reveal) throw unsupported("reveal");
				return run(
					ctx,
					onOrder(ctx.params.orderNo, (raw) => reveal(raw, ctx.params.purpose)),
				);
			},
		},
	};
}
