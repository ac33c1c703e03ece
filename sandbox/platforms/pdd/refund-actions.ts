import type { Aftersale, MarketOrder } from "../market-order.ts";
import { agreeRefund, agreeReturn, shipExchange, shipResend } from "../seller-actions.ts";
import { type Apis, aftersaleOf, type ShopCall } from "./call.ts";
import type { PddObject } from "./envelope.ts";
import { invalid, ruleBroken } from "./errors.ts";
import { parcelOf } from "./shipping.ts";

interface Asked {
	request: Record<string, unknown>;
	order: MarketOrder;
	aftersale: Aftersale;
}

/** `request`: JSON text with both numbers, the after-sale's own as a number. */
function asked(call: ShopCall): Asked {
	const request = call.args.object("request");
	const { order_sn, after_sales_id } = request;
	if (typeof order_sn !== "string") throw invalid("order_sn", "不能为空");
	if (!Number.isSafeInteger(after_sales_id)) throw invalid("after_sales_id", "不是数字");
	return { request, ...aftersaleOf(call, order_sn, String(after_sales_id)) };
}

/** What the marketplace forbids is answered inside a success. */
function answered(act: () => void): PddObject {
	const problem = ruleBroken(act);
	return problem === null
		? { success: true, error_code: 0, error_msg: "" }
		: { success: false, error_code: 50001, error_msg: problem };
}

/** Money back. What waits for goods that the buyer has not sent yet cannot be agreed to so. */
function agree(call: ShopCall): PddObject {
	const { request, order, aftersale } = asked(call);
	mustDescribe(request);
	if (["EXCHANGE", "RESEND", "REPAIR"].includes(aftersale.type)) throw invalid("after_sales_id", "不是退款");
	return answered(() => agreeRefund(call.market, order, aftersale));
}

/** The goods may be sent back, to one of the seller's addresses. */
function agreeGoods(call: ShopCall): PddObject {
	const { request, order, aftersale } = asked(call);
	mustDescribe(request);
	if (!addresses.some(({ refund_address_id }) => refund_address_id === String(request.return_address_id))) {
		throw invalid("return_address_id", "不存在");
	}
	return answered(() => agreeReturn(call.market, order, aftersale));
}

function mustDescribe({ operate_desc }: Record<string, unknown>): void {
	if (typeof operate_desc !== "string" || operate_desc === "") throw invalid("operate_desc", "不能为空");
}

/** What replaces the goods, or was missing, is on its way. Answers under other names than the rest. */
function shipReplacement(call: ShopCall): PddObject {
	const { request, order, aftersale } = asked(call);
	if (typeof request.shipping_name !== "string") throw invalid("shipping_name", "不能为空");
	const parcel = parcelOf(request.shipping_id, request.tracking_number);
	const act = aftersale.type === "RESEND" ? shipResend : shipExchange;
	const problem = ruleBroken(() => act(call.market, order, aftersale, parcel));
	const numbers = { after_sales_id: Number(request.after_sales_id), order_sn: order.platformOrderId };
	return { result: { ...numbers, succ: problem === null, message: problem ?? "" } };
}

const place = { province_name: "浙江省", city_name: "杭州市", district_name: "余杭区" };
const addresses = [
	{
		refund_address_id: "500001",
		refund_name: "退货组",
		refund_phone: "13900000001",
		refund_tel: "",
		...place,
		refund_address: "仓前街道示例路1号",
		is_default: "N",
	},
	{
		refund_address_id: "500002",
		refund_name: "售后仓",
		refund_phone: "",
		refund_tel: "0571-88000000",
		...place,
		refund_address: "仓前街道示例路2号",
		is_default: "Y",
	},
];

export const refundActionApis: Apis = {
	"pdd.refund.agree": { root: "response", needs: "token", run: agree },
	"pdd.refund.returngoods.agree": { root: "response", needs: "token", run: agreeGoods },
	"pdd.refund.exchange.shipping": { root: "response", needs: "token", run: shipReplacement },
	"pdd.refund.address.list.get": {
		root: "refund_address_list_get_response",
		needs: "token",
		run: () => ({ refund_address_list: addresses }),
	},
};
