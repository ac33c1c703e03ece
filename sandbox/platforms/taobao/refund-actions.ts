import { beijing } from "../../beijing.ts";
import type { Aftersale } from "../market-order.ts";
import { agreeRefund, agreeReturn, refuse } from "../seller-actions.ts";
import { mustBeAddress } from "./addresses.ts";
import { refundOf, type SellerCall, type SellerMethod } from "./call.ts";
import { list, type TopObject } from "./envelope.ts";
import { byRefundRules, invalid, TopError } from "./errors.ts";
import { refundPhase, refundVersion } from "./refunds.ts";
import { mustBeReason } from "./refusals.ts";
import { refundStatus } from "./statuses.ts";

const mostAtOnce = 30;

/** Several refunds agreed at once, each answered for itself. Source: taobao.rp.refunds.agree. */
const agree: SellerMethod = (call) => {
	const infos = call.args.needed("refund_infos").split(",");
	if (infos.length > mostAtOnce) throw invalid("refund_infos", `最多${mostAtOnce}笔`);
	const results = infos.map((info) => agreeOne(call, info));
	const agreed = results.filter(({ succ }) => succ).length;
	return {
		succ: agreed === results.length,
		msg_code: agreed === results.length ? "OP_SUCC" : agreed > 0 ? "SOME_OP_SUCC" : "OP_FAILURE_UE",
		results: list("refund_mapping_result", results),
	};
};

/** `refund_id|amount in fen|version|phase`. */
function agreeOne(call: SellerCall, info: string): { refund_id: string; succ: boolean; message?: string } {
	const [refundId = "", amount = "", version = "", phase = ""] = info.split("|");
	try {
		const { order, aftersale } = refundOf(call, refundId);
		mustBeCurrent(aftersale, version);
		if (phase !== refundPhase(order)) throw new TopError(15, "isv.refund-phase-error", "退款阶段不一致");
		if (amount !== String(aftersale.refundFen)) throw new TopError(15, "isv.refund-fee-error", "退款金额不一致");
		byRefundRules(() => agreeRefund(call.market, order, aftersale));
		return { refund_id: refundId, succ: true };
	} catch (err) {
		if (!(err instanceof TopError)) throw err;
		return { refund_id: refundId, succ: false, message: err.subMsg };
	}
}

/** Source: taobao.rp.returngoods.agree; the address the goods go to must be one of the seller's. */
const agreeGoods: SellerMethod = (call) => {
	const { order, aftersale } = refundOf(call, call.args.id("refund_id"));
	mustBeAddress(call.args.needed("seller_address_id"));
	mustBeCurrent(aftersale, call.args.text("refund_version"));
	byRefundRules(() => agreeReturn(call.market, order, aftersale));
	return { is_success: true };
};

/** Source: taobao.refund.refuse, without the picture that Tmall wants. */
const refuseRefund: SellerMethod = (call) => {
	const { order, aftersale } = refundOf(call, call.args.id("refund_id"));
	const message = call.args.needed("refuse_message");
	if (message.length < 2 || message.length > 200) throw invalid("refuse_message", "应为2-200个字");
	mustBeReason(aftersale, call.args.text("refuse_reason_id"));
	mustBeCurrent(aftersale, call.args.text("refund_version"));
	byRefundRules(() => refuse(call.market, order, aftersale, message));
	const refund: TopObject = {
		refund_id: aftersale.platformAftersaleId,
		status: refundStatus(aftersale),
		modified: beijing(aftersale.modifiedMs),
	};
	return { is_success: true, refund };
};

function mustBeCurrent(aftersale: Aftersale, version: string | null): void {
	if (version !== null && version !== String(refundVersion(aftersale))) {
		throw new TopError(15, "isv.refund-version-error", "退款版本已过期,请重新获取");
	}
}

export const refundActionMethods: Readonly<Record<string, SellerMethod>> = {
	"taobao.rp.refunds.agree": agree,
	"taobao.rp.returngoods.agree": agreeGoods,
	"taobao.refund.refuse": refuseRefund,
};
