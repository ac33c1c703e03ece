import type { StockLevel } from "../adapter.ts";
import { ask, type Steps } from "../steps.ts";
import { writes } from "./request.ts";

const full = "1"; // `type`: what shall be there, not what comes on top

/** The same level again does no harm. Source: taobao.item.quantity.update. */
export function* setStock({ productNo, platformSkuId, quantity }: StockLevel): Steps<void> {
	const params = { num_iid: productNo, sku_id: platformSkuId, quantity: String(quantity), type: full };
	yield* ask({ ...writes("taobao.item.quantity.update", params, () => undefined), repeatable: true });
}
