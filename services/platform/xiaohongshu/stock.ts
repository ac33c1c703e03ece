import type { HttpAnswer, StockLevel } from "../adapter.ts";
import { badAnswer } from "../answer.ts";
import { optionalInteger, part, type RawRecord, text } from "../record.ts";
import type { Steps } from "../steps.ts";
import { payloadOf, platformError } from "./answer.ts";
import { reads, sets } from "./call.ts";

const getMethod = "inventory.getSkuStock";
const setMethod = "inventory.syncSkuStock";

/**
 * The platform takes the whole stock, with what unpaid orders, channels and campaigns hold of it; so what these hold is
 * read first and added to what shall be on sale.
 */
export function* setStock({ platformSkuId: skuId, quantity }: StockLevel): Steps<void> {
	const held = yield* reads(getMethod, { skuId }, readHeld);
	yield* sets(setMethod, { skuId, qty: quantity + held }, (answer) =>
		mustBeDone(payloadOf(setMethod, answer, "response")),
	);
}

function readHeld(answer: HttpAnswer): number {
	const stock = part(payloadOf(getMethod, answer, "skuStock"), "skuStock");
	const total = optionalInteger(stock, "total");
	const available = optionalInteger(stock, "available");
	if (total === null || available === null || total < available) throw badAnswer(getMethod, answer, "no stock");
	return total - available;
}

/** The answer has a success of its own inside the call's. */
function mustBeDone(payload: RawRecord): void {
	const response = part(payload, "response");
	if (response.success !== true) throw platformError(setMethod, text(response, "code"), text(response, "message"));
}
