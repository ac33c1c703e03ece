import { hubError } from "../../../config/errors.ts";
import type { MemoFlag } from "../../order/order.ts";
import type { Remark } from "../adapter.ts";
import { ask, type Steps } from "../steps.ts";
import { writes } from "./request.ts";

/** Our flags -> `seller_flag`. The platform has no "none": every trade starts grey. Source: taobao.trade.memo.update. */
const flags: Readonly<Partial<Record<MemoFlag, string>>> = {
	"": "0",
	grey: "0",
	red: "1",
	yellow: "2",
	green: "3",
	blue: "4",
	purple: "5",
};

/** A colour added since is no reason to keep the order from anyone. */
export const memoFlag = (sellerFlag: string): MemoFlag =>
	(Object.keys(flags) as MemoFlag[]).find((flag) => flags[flag] === sellerFlag) ?? "";

/**
 * Note and flag together: without a flag it would fall back to grey. An empty memo leaves the note as it was, unless
 * it is reset. The same again does no harm.
 */
export function* remark({ orderNo, text, flag }: Remark): Steps<void> {
	const sent = flags[flag];
	if (sent === undefined) throw hubError("PLATFORM_UNSUPPORTED", `a flag in ${flag}`);
	const params = { tid: orderNo, memo: text, flag: sent, reset: text === "" ? "true" : "" };
	yield* ask({ ...writes("taobao.trade.memo.update", params, () => undefined), repeatable: true });
}
