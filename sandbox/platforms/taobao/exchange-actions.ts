import { agreeReturn, agreeToSend, refuse, shipExchange } from "../seller-actions.ts";
import { mustBeAddress } from "./addresses.ts";
import { type Dispute, exchangeOf, type SellerCall, type SellerMethod } from "./call.ts";
import { carriers } from "./carriers.ts";
import { byRefundRules, invalid, TopError } from "./errors.ts";
import { exchange } from "./exchanges.ts";
import { mustBeReason } from "./refusals.ts";

/** An answer to an exchange; what comes back is the exchange as it is then. */
function action(act: (call: SellerCall, dispute: Dispute) => void): SellerMethod {
	return (call) => {
		call.args.needed("fields");
		const dispute = exchangeOf(call);
		act(call, dispute);
		return { result: { success: true, msg_code: "SUCCESS", exchange: exchange(call, dispute) } };
	};
}

/** Source: tmall.exchange.agree. */
const agree = action(({ args, market }, { order, aftersale }) => {
	mustBeAddress(args.id("address_id"));
	byRefundRules(() => agreeReturn(market, order, aftersale));
});

/** Sources: tmall.exchange.refuse, of the wish; tmall.exchange.returngoods.refuse, of what came back. */
const refusal = (status: "APPLIED" | "WAIT_SELLER_RECEIVE") =>
	action(({ args, market }, { order, aftersale }) => {
		mustBeReason(aftersale, args.needed("seller_refuse_reason_id"));
		const message = args.needed("leave_message");
		if (aftersale.status !== status) throw new TopError(15, "isv.refund-status-error", "换货状态不允许该操作");
		byRefundRules(() => refuse(market, order, aftersale, message));
	});

/** The goods are back, the replacement is to be sent. Source: tmall.exchange.returngoods.agree. */
const agreeGoods = action(({ market }, { order, aftersale }) => {
	byRefundRules(() => agreeToSend(market, order, aftersale));
});

/** The replacement is on its way: only after the goods were taken back. Source: tmall.exchange.consigngoods. */
const consign = action(({ args, market }, { order, aftersale }) => {
	const parcel = { trackingNo: args.needed("logistics_no"), name: args.needed("logistics_company_name") };
	if (!["100", "200"].includes(args.needed("logistics_type"))) throw invalid("logistics_type", "应为100或200");
	const carrier = carriers.find(({ name }) => name === parcel.name);
	if (!carrier) throw new TopError(15, "isv.logistics-company-not-exist", "物流公司不存在");
	if (aftersale.status !== "WAIT_SELLER_SHIP") throw new TopError(15, "isv.refund-status-error", "请先确认收到退货");
	byRefundRules(() => shipExchange(market, order, aftersale, { trackingNo: parcel.trackingNo, carrier: carrier.code }));
});

export const exchangeActionMethods: Readonly<Record<string, SellerMethod>> = {
	"tmall.exchange.agree": agree,
	"tmall.exchange.refuse": refusal("APPLIED"),
	"tmall.exchange.returngoods.agree": agreeGoods,
	"tmall.exchange.returngoods.refuse": refusal("WAIT_SELLER_RECEIVE"),
	"tmall.exchange.consigngoods": consign,
};
