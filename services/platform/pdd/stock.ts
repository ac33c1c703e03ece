import type { StockLevel } from "../adapter.ts";
import type { Steps } from "../steps.ts";
import { mustBeTrue } from "./answer.ts";
import { sets } from "./call.ts";

const method = "pdd.goods.quantity.update";

export const setStock = ({ productNo, platformSkuId, quantity }: StockLevel): Steps<void> =>
	sets({
		method,
		params: {
			goods_id: productNo,
			sku_id: platformSkuId,
			quantity: String(quantity),
			update_type: "1", // the whole of it, not a difference
		},
		read: (payload) => mustBeTrue(method, payload, "is_success"),
	});
