import type { Remark } from "../adapter.ts";
import type { Steps } from "../steps.ts";
import { writes } from "./request.ts";

/**
 * The seller's note. 微信 marks no order with a colour, so the flag goes nowhere. To write the same again does no harm.
 * Source: order/merchantnotes/update.
 */
export function* remark({ orderNo, text }: Remark): Steps<void> {
	yield* writes("/channels/ec/order/merchantnotes/update", { order_id: orderNo, merchant_notes: text }, true);
}
