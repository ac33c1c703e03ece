import { hubError } from "../../../config/errors.ts";
import type { Remark } from "../adapter.ts";
import type { Steps } from "../steps.ts";
import { writes } from "./request.ts";

/**
 * The seller's note. To write the same again does no harm. Source: order/merchantnotes/update.
 * @throws PLATFORM_UNSUPPORTED for a flag: 微信 marks no order with a colour
 */
export function* remark({ orderNo, text, flag }: Remark): Steps<void> {
	if (flag !== "") throw hubError("PLATFORM_UNSUPPORTED", `a flag in ${flag}`);
	yield* writes("/channels/ec/order/merchantnotes/update", { order_id: orderNo, merchant_notes: text }, true);
}
