import { beijing } from "../../beijing.ts";
import { type Aftersale, RuleBroken } from "../market-order.ts";
import { agreeRefund, agreeReturn, refuse } from "../seller-actions.ts";
import { refundOf, type SellerCall, type SellerMethod } from "./call.ts";
import { list, type TopObject } from "./envelope.ts";
import { invalid, missing, TopError } from "./errors.ts";
import { refundVersion } from "./refunds.ts";
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
	const [refundId = "", amount = "", version = ""] = info.split("|");
	try {
		const { order, aftersale } = refundOf(call, refundId);
		mustBeCurrent(aftersale, version);
		if (amount !== String(aftersale.refundFen)) throw new TopError(15, "isv.refund-fee-error", "退款金额不一致");
		byTheRules(() => agreeRefund(call.market, order, aftersale));
		return { refund_id: refundId, succ: true };
	} catch (err) {
		if (!(err instanceof TopError)) throw err;
		return { refund_id: refundId, succ: false, message: err.subMsg };
	}
}

/** Source: taobao.rp.returngoods.agree; the address the goods go to must be one of the seller's. */
const agreeGoods: SellerMethod = (call) => {
	const { order, aftersale } = refundOf(call, call.args.id("refund_id"));
	if (!call.args.text("seller_address_id")) throw missing("seller_address_id");
	mustBeCurrent(aftersale, call.args.text("refund_version"));
	byTheRules(() => agreeReturn(call.market, order, aftersale));
	return { is_success: true };
};

/** Source: taobao.refund.refuse, without the picture that Tmall wants. */
const refuseRefund: SellerMethod = (call) => {
	const { order, aftersale } = refundOf(call, call.args.id("refund_id"));
	const message = call.args.needed("refuse_message");
	if (message.length < 2 || message.length > 200) throw invalid("refuse_message", "应为2-200个字");
	mustBeCurrent(aftersale, call.args.text("refund_version"));
	byTheRules(() => refuse(call.market, order, aftersale, message));
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

function byTheRules(act: () => void): void {
	try {
		act();
	} catch (err) {
		throw err instanceof RuleBroken ? new TopError(15, "isv.refund-status-error", "退款状态不允许该操作") : err;
	}
}

export const refundActionMethods: Readonly<Record<string, SellerMethod>> = {
	"taobao.rp.refunds.agree": agree,
	"taobao.rp.returngoods.agree": agreeGoods,
	"taobao.refund.refuse": refuseRefund,
};
