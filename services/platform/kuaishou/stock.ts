import { hubError } from "../../../config/errors.ts";
import type { StockLevel } from "../adapter.ts";
import { idNumber } from "../json-text.ts";
import { fail, optionalInteger, type RawRecord, rows, text } from "../record.ts";
import { ask, type Steps } from "../steps.ts";
import { dataOf } from "./answer.ts";
import { reads, writes } from "./api.ts";

const readApi = { method: "open.item.sku.list.get", verb: "GET" } as const;
const writeApi = { method: "open.item.sku.stock.update", verb: "POST" } as const;

/**
 * The platform only adds and subtracts: what is there is read, and the difference told. Whoever sets the stock of one
 * SKU twice at a time doubles it, so the caller does one after the other; in doubt it comes again and reads afresh.
 */
export function* setStock({ productNo, platformSkuId, quantity }: StockLevel): Steps<void> {
	const kwaiItemId = idNumber("kwaiItemId", productNo);
	const skuId = idNumber("skuId", platformSkuId);
	const skus = yield* ask(
		reads(readApi, { kwaiItemId, skuStatus: 1 }, (answer) => rows(dataOf(readApi.method, answer), "skuList")),
	);
	const difference = quantity - stockOf(skus, platformSkuId);
	if (difference === 0) return;
	const skuChangeStock = Math.abs(difference);
	const changeType = difference > 0 ? 1 : 2;
	yield* ask(writes(writeApi, { kwaiItemId, skuId, skuChangeStock, changeType }));
}

function stockOf(skus: RawRecord[], platformSkuId: string): number {
	const sku = skus.find((each) => text(each, "kwaiSkuId") === platformSkuId);
	if (!sku) throw hubError("PLATFORM_REFUSED", "the product has no such SKU");
	return optionalInteger(sku, "skuStock") ?? fail("skuStock", "is missing");
}
