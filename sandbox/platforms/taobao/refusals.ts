import type { Aftersale } from "../market-order.ts";
import { exchangeOf, refundOf, type SellerCall, type SellerMethod } from "./call.ts";
import { list, type TopObject, type TopValue } from "./envelope.ts";
import { invalid, TopError } from "./errors.ts";
import { fieldsOf, pick } from "./fields.ts";

type Reason = TopObject & { reason_id: number };

const beforeReturn: readonly Reason[] = [
	{ reason_id: 101, reason_text: "商品已发出", reason_tips: "请填写运单号" },
	{ reason_id: 102, reason_text: "与买家协商一致不退款", reason_tips: "请上传聊天凭证" },
	{ reason_id: 103, reason_text: "买家申请的金额有误", reason_tips: "" },
];
const afterReturn: readonly Reason[] = [
	{ reason_id: 201, reason_text: "退回的商品影响二次销售", reason_tips: "请上传商品照片等凭证" },
	{ reason_id: 202, reason_text: "未收到退货", reason_tips: "" },
];

/** Which reasons there are depends on whether the goods have come back. */
function reasonsFor({ status }: Aftersale): readonly Reason[] {
	return status === "WAIT_SELLER_RECEIVE" ? afterReturn : beforeReturn;
}

/** Source: taobao.refund.refusereason.get. */
const refundReasons: SellerMethod = (call) => {
	call.args.needed("refund_phase");
	const { aftersale } = refundOf(call, call.args.id("refund_id"));
	return { reasons: list("reason", picked(call, aftersale)) };
};

/** Source: tmall.exchange.refusereason.get. */
const exchangeReasons: SellerMethod = (call) => {
	const reasons = picked(call, exchangeOf(call).aftersale);
	return { result: { results: list("reason", reasons), total_results: reasons.length } };
};

function picked({ args }: SellerCall, aftersale: Aftersale): TopValue[] {
	const fields = fieldsOf(args, new Set(["reason_id", "reason_text", "reason_tips"]));
	return reasonsFor(aftersale).map((reason) => pick(reason, fields.own));
}

/** A reason may be left out where the message tells it, but not made up. */
export function mustBeReason(aftersale: Aftersale, reasonId: string | null): void {
	if (reasonId === null) return;
	if (!/^\d{1,9}$/.test(reasonId)) throw invalid("refuse_reason_id", "不是数字");
	if (!reasonsFor(aftersale).some(({ reason_id }) => String(reason_id) === reasonId)) {
		throw new TopError(15, "isv.refuse-reason-error", "拒绝原因不适用于该售后");
	}
}

export const refusalMethods: Readonly<Record<string, SellerMethod>> = {
	"taobao.refund.refusereason.get": refundReasons,
	"tmall.exchange.refusereason.get": exchangeReasons,
};
