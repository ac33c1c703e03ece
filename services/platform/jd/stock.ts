import type { StockLevel } from "../adapter.ts";
import { refusedBy } from "../answer.ts";
import { idNumber } from "../json-text.ts";
import { part, rows, text } from "../record.ts";
import type { Steps } from "../steps.ts";
import { resultOf } from "./answer.ts";
import { writes } from "./request.ts";

const method = "jingdong.ware.stock.sku.set";

/** Sets the whole stock of a SKU in the seller's own warehouse; the same value once more does no harm. */
export function* setStock({ platformSkuId, quantity, requestId }: StockLevel): Steps<void> {
	const skuStocks = [{ skuId: idNumber("platformSkuId", platformSkuId), stockNum: quantity, storeId: 0 }];
	const req = { updateModel: "fullStockIn", stockRfId: requestId, skuStocks };
	yield* writes(method, { repeatable: true }, { req }, (answer) => {
		const [result] = rows(part(resultOf(method, answer, "returnType"), "obj"), "updateStockResult");
		if (result && text(result, "success") === "true") return;
		throw refusedBy(method, result ? text(result, "message") : "no result");
	});
}
