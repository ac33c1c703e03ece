import type { Remark } from "../adapter.ts";
import { text } from "../record.ts";
import type { Steps } from "../steps.ts";
import { done, sets } from "./call.ts";
import { getDetail } from "./orders.ts";
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
	yield* sets(method, mark, done(method));
}
