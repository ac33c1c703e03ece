import type { Remark } from "../adapter.ts";
import { text } from "../record.ts";
import { ask, type Steps } from "../steps.ts";
import { acceptedAnswer } from "./answer.ts";
import { getDetail } from "./orders.ts";
import { shopRequest } from "./request.ts";
import { memoFlag, memoFlagCodes } from "./statuses.ts";

const method = "order.modifySellerMarkInfo";

/** Who wrote it, as the platform's own pages show it. */
const operator = "OrderHub";

/** Note and flag are written together: where one is not given, the platform's present one is written again. */
export function* remark({ orderNo, text: note, flag }: Remark): Steps<void> {
	const current = note === "" || flag === "" ? yield* getDetail(orderNo) : {};
	const colour = flag === "" ? memoFlag(text(current, "sellerRemarkFlag")) : flag;
	const mark = {
		orderId: orderNo,
		sellerMarkNote: note || text(current, "sellerRemark"),
		operator,
		sellerMarkPriority: memoFlagCodes[colour] ?? memoFlagCodes.grey, // orange and cyan exist elsewhere only
	};
	yield* ask({
		method,
		repeatable: true, // the same again changes nothing
		request: (shop, now) => shopRequest(shop, method, mark, now),
		read: (answer) => void acceptedAnswer(method, answer),
	});
}
