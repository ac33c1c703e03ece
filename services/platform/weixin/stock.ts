import type { StockLevel } from "../adapter.ts";
import type { Steps } from "../steps.ts";
import { writes } from "./request.ts";

/** `diff_type`: the number given is the stock, not a difference. */
const set = 3;

/** Source: product/stock/update. Safe to repeat, since it says what shall be there. */
export function* setStock({ productNo, platformSkuId, quantity }: StockLevel): Steps<void> {
	const body = { product_id: productNo, sku_id: platformSkuId, diff_type: set, num: quantity };
	yield* writes("/channels/ec/product/stock/update", body, true);
}
