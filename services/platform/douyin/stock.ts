import type { StockLevel } from "../adapter.ts";
import { idNumber } from "../json-text.ts";
import type { Steps } from "../steps.ts";
import { done, writes } from "./call.ts";

const method = "sku.syncStock";

/** Sets the whole stock of a SKU: to do it twice does no harm. A difference would need a number of its own each time. */
export function setStock({ productNo, platformSkuId, quantity }: StockLevel): Steps<void> {
	const params = {
		product_id: idNumber("productNo", productNo),
		sku_id: idNumber("platformSkuId", platformSkuId),
		stock_num: quantity,
		incremental: false,
	};
	return writes(method, params, true, done(method));
}
