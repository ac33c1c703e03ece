import type { Market } from "../market.ts";
import {
	type Aftersale,
	type AftersaleStatus,
	type AftersaleType,
	byTheRules,
	type MarketOrder,
} from "../market-order.ts";
import { agreeRefund, agreeReturn, agreeToSend, refuse, shipExchange, shipResend } from "../seller-actions.ts";
import { addressIds } from "./addresses.ts";
import { aftersaleOf, type SellerCall, type SellerMethod, seconds } from "./call.ts";
import type { DoudianObject } from "./envelope.ts";
import { aftersaleChanged, businessFailed, invalidParam, missingParam } from "./errors.ts";
import type { Params } from "./params.ts";
import { parcelOf } from "./shipping.ts";

type Does = "agree-return" | "agree-refund" | "refuse" | "ship-exchange" | "agree-resend";

/** Each `type` of an operation: of which after-sales, in which state, and what it does. */
const operations: Readonly<Record<number, [of: AftersaleType, is: AftersaleStatus[], does: Does]>> = {
	101: ["RETURN_REFUND", ["APPLIED"], "agree-return"],
	102: ["RETURN_REFUND", ["APPLIED"], "refuse"],
	111: ["RETURN_REFUND", ["WAIT_SELLER_RECEIVE"], "agree-refund"],
	112: ["RETURN_REFUND", ["WAIT_SELLER_RECEIVE"], "refuse"],
	201: ["REFUND_ONLY", ["APPLIED"], "agree-refund"],
	202: ["REFUND_ONLY", ["APPLIED"], "refuse"],
	203: ["REFUND_BEFORE_SHIP", ["APPLIED"], "agree-refund"],
	204: ["REFUND_BEFORE_SHIP", ["APPLIED"], "refuse"],
	301: ["EXCHANGE", ["APPLIED"], "agree-return"],
	302: ["EXCHANGE", ["APPLIED"], "refuse"],
	311: ["EXCHANGE", ["WAIT_SELLER_RECEIVE", "WAIT_SELLER_SHIP"], "ship-exchange"],
	312: ["EXCHANGE", ["WAIT_SELLER_RECEIVE"], "refuse"],
	501: ["RESEND", ["APPLIED"], "agree-resend"],
	502: ["RESEND", ["APPLIED"], "refuse"],
};

/** Why a seller may refuse. */
const reasons: readonly { code: number; text: string; proof: boolean }[] = [
	{ code: 1, text: "商品已发出,请收到后再申请", proof: false },
	{ code: 2, text: "与买家协商一致,不退款", proof: false },
	{ code: 3, text: "商品影响二次销售", proof: true },
	{ code: 4, text: "未收到退货", proof: false },
];

const mostAtOnce = 20;

/** What the seller answers. All items are checked before the first is done: one that fails, fails all. Source: afterSale.operate. */
const operate: SellerMethod = (call) => {
	const type = call.params.int("type", null, 1, 999);
	const operation = operations[type];
	if (!operation) throw invalidParam("type", "不支持的操作类型");
	const works = call.params.objects("items", mostAtOnce).map((item) => prepared(call, item, operation));
	for (const { work } of works) byTheRules(work, aftersaleChanged);
	const items = works.map(({ id }): DoudianObject => ({ aftersale_id: id, status_code: 0, status_msg: "success" }));
	return { items };
};

function prepared(
	call: SellerCall,
	item: Params,
	[of, is, does]: (typeof operations)[number],
): { id: string; work: () => void } {
	const { order, aftersale } = aftersaleOf(call, item.neededText("aftersale_id"));
	if (item.has("update_time") && item.int("update_time", null, 0, 9_999_999_999) !== seconds(aftersale.modifiedMs)) {
		throw aftersaleChanged();
	}
	if (aftersale.type !== of || !is.includes(aftersale.status)) throw aftersaleChanged();
	return { id: aftersale.platformAftersaleId, work: workOf(call.market, order, aftersale, item, does) };
}

function workOf(market: Market, order: MarketOrder, aftersale: Aftersale, item: Params, does: Does): () => void {
	switch (does) {
		case "agree-return":
			if (!addressIds.includes(item.object("logistics").id("receiver_address_id"))) {
				throw invalidParam("receiver_address_id", "地址不存在");
			}
			return () => agreeReturn(market, order, aftersale);
		case "agree-refund":
			return () => agreeRefund(market, order, aftersale);
		case "refuse": {
			const refusal = refusalOf(item);
			return () => refuse(market, order, aftersale, refusal);
		}
		case "ship-exchange": {
			const parcel = parcelOf(item.object("logistics"), "logistics_code");
			return () => shipExchange(market, order, aftersale, parcel);
		}
		case "agree-resend":
			return () => agreeToSend(market, order, aftersale);
	}
}

/** The seller's words; without any, the reason's own. */
function refusalOf(item: Params): string {
	if (!item.has("reject_reason_code")) throw missingParam("reject_reason_code");
	const reason = reasons.find(({ code }) => String(code) === item.id("reject_reason_code"));
	if (!reason) throw invalidParam("reject_reason_code", "拒绝原因不存在");
	if (reason.proof && !item.has("evidence")) throw businessFailed(11005, "该拒绝原因需要上传凭证");
	return item.text("remark") ?? reason.text;
}

/** Source: afterSale.rejectReasonCodeList. */
const rejectReasons: SellerMethod = (call) => {
	aftersaleOf(call, call.params.id("aftersale_id"));
	const items = reasons.map(
		({ code, text, proof }): DoudianObject => ({
			reject_reason_code: code,
			reason: text,
			evidence_description: proof ? "请上传商品照片" : "",
			evidence_need: proof ? "Y" : "N",
			image: "",
			order_type: 1,
			pkg: 1,
		}),
	);
	return { items };
};

/** What is sent to the buyer, once that is agreed: 1 a resend, 4 a repaired thing. Source: afterSale.fillLogistics. */
const fillLogistics: SellerMethod = (call) => {
	const { params, market } = call;
	const { order, aftersale } = aftersaleOf(call, params.id("aftersale_id"));
	const sendType = params.int("send_type", null, 1, 4);
	const parcel = parcelOf(params, "tracking_no");
	if (aftersale.status !== "WAIT_SELLER_SHIP") throw aftersaleChanged();
	byTheRules(() => {
		if (sendType === 1) shipResend(market, order, aftersale, parcel);
		else if (sendType === 4) shipExchange(market, order, aftersale, parcel);
		else throw invalidParam("send_type", "不支持的发货类型");
	}, aftersaleChanged);
	return {};
};

export const operationMethods: Readonly<Record<string, SellerMethod>> = {
	"afterSale.operate": operate,
	"afterSale.rejectReasonCodeList": rejectReasons,
	"afterSale.fillLogistics": fillLogistics,
};
