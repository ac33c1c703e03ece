import { byTheRules } from "../market-order.ts";
import { agreeRefund, agreeReturn, refuse, shipExchange } from "../seller-actions.ts";
import { isAddress } from "./addresses.ts";
import { aftersaleOf, type SellerCall, type SellerMethod } from "./call.ts";
import { aftersale as errors, WxError } from "./errors.ts";
import { parcelOf } from "./shipping.ts";
import { aftersaleStatus, typeOf } from "./statuses.ts";

const mayReturn = 1;
const hasReturned = 2;

/** What a refusal may be for. */
const scenes = { REFUND: 1, RETURN: 4, EXCHANGE: 5, replacement: 6 };

const reasons: readonly { type: number; text: string; reason: string; scene: number }[] = [
	{ type: 1, text: "商品已发出", reason: "商品已经发出,请收货后再申请", scene: scenes.REFUND },
	{ type: 2, text: "与买家协商一致", reason: "已与买家协商一致不退款", scene: scenes.REFUND },
	{ type: 11, text: "影响二次销售", reason: "商品影响二次销售", scene: scenes.RETURN },
	{ type: 12, text: "未收到退货", reason: "没有收到退回的商品", scene: scenes.RETURN },
	{ type: 21, text: "没有可换的商品", reason: "没有可以更换的商品", scene: scenes.EXCHANGE },
	{ type: 31, text: "退回的商品有误", reason: "退回的商品与申请不符", scene: scenes.replacement },
];

/** Agrees to whatever the after-sale waits for. Source: acceptapply. */
const accept: SellerMethod = (call) => {
	const { order, aftersale } = aftersaleOf(call);
	const { body, market } = call;
	const accepted = body.optionalInt("accept_type", mayReturn, hasReturned);
	const status = aftersaleStatus(aftersale);
	const type = typeOf(aftersale);
	const isBack = type === "RETURN" && status === "MERCHANT_WAIT_RECEIPT";
	const refunds = type === "REFUND" || isBack;
	if (accepted !== null && accepted !== (refunds ? hasReturned : mayReturn)) throw errors.wrongStatus();
	if (status !== "MERCHANT_PROCESSING" && !isBack) throw errors.wrongStatus();
	if (!refunds) {
		if (!body.has("address_id")) throw errors.addressMissing();
		if (!isAddress(body.anyId("address_id"))) throw new WxError(10021062, "return address_id is wrong");
		byTheRules(() => agreeReturn(market, order, aftersale), errors.wrongStatus);
		return {};
	}
	if (!call.refundPace.take(order.platformOrderId, call.nowMs)) throw errors.tooSoon();
	byTheRules(() => agreeRefund(market, order, aftersale), errors.wrongStatus);
	return {};
};

/** Source: rejectapply. */
const reject: SellerMethod = (call) => {
	const { order, aftersale } = aftersaleOf(call);
	const status = aftersaleStatus(aftersale);
	const type = typeOf(aftersale);
	const words = refusalOf(call, scenes[type]);
	const may = status === "MERCHANT_PROCESSING" || (type === "RETURN" && status === "MERCHANT_WAIT_RECEIPT");
	if (!may) throw errors.wrongStatus();
	byTheRules(() => refuse(call.market, order, aftersale, words), errors.wrongStatus);
	return {};
};

/** The replacement is on its way. Source: acceptexchangereship. */
const sendReplacement: SellerMethod = (call) => {
	const { order, aftersale } = aftersaleOf(call);
	const parcel = parcelOf(call.body);
	mustBeBack(call);
	byTheRules(() => shipExchange(call.market, order, aftersale, parcel), errors.wrongStatus);
	return {};
};

/** What came back is not as it should be. Source: rejectexchangereship. */
const rejectReplacement: SellerMethod = (call) => {
	const { order, aftersale } = aftersaleOf(call);
	const words = refusalOf(call, scenes.replacement);
	mustBeBack(call);
	byTheRules(() => refuse(call.market, order, aftersale, words), errors.wrongStatus);
	return {};
};

function mustBeBack(call: SellerCall): void {
	const { aftersale } = aftersaleOf(call);
	if (typeOf(aftersale) !== "EXCHANGE" || aftersaleStatus(aftersale) !== "MERCHANT_WAIT_RECEIPT") {
		throw errors.wrongStatus();
	}
}

/** The seller's words; a reason of the platform's own for this very case must be named. */
function refusalOf({ body }: SellerCall, scene: number): string {
	const type = body.int("reject_reason_type", 1, 10_000);
	const reason = reasons.find((each) => each.type === type && each.scene === scene);
	if (!reason) throw errors.badArgument("reject_reason_type");
	return body.text("reject_reason") || reason.reason;
}

/** Source: rejectreason/get. */
const rejectReasons: SellerMethod = () => ({
	reason_list: reasons.map(({ type, text, reason, scene }) => ({
		reject_reason_type: type,
		reject_reason_type_text: text,
		reject_reason: reason,
		reject_scene: scene,
	})),
});

export const aftersaleActionMethods: Readonly<Record<string, SellerMethod>> = {
	"/channels/ec/aftersale/acceptapply": accept,
	"/channels/ec/aftersale/rejectapply": reject,
	"/channels/ec/aftersale/acceptexchangereship": sendReplacement,
	"/channels/ec/aftersale/rejectexchangereship": rejectReplacement,
	"/channels/ec/aftersale/rejectreason/get": rejectReasons,
};
