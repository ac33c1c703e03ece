import { late, shiftAftersales } from "../list-faults.ts";
import { type Aftersale, isOpen, type MarketOrder } from "../market-order.ts";
import { lineOf } from "../seller-actions.ts";
import { aftersaleOf, type SellerMethod } from "./call.ts";
import { carriers } from "./carriers.ts";
import { page } from "./cursor.ts";
import type { WxObject } from "./envelope.ts";
import { aftersale as errors, WxError } from "./errors.ts";
import { address, seconds } from "./order.ts";
import { aftersaleStatus, typeOf } from "./statuses.ts";

const dayMs = 24 * 3_600_000;
/** The platform chooses the size of a page and does not tell it. */
const pageSize = 50;
/** How long the one whose turn it is has to act. */
const answerMs = 2 * dayMs;

/** What the buyer says, as the platform's own word for it. */
const reasons: Readonly<Record<string, string>> = {
	"多拍/拍错/不想要": "NO_LONGER_WANT",
	地址填错: "INCORRECT_SELECTION",
	七天无理由退换货: "NO_LONGER_WANT",
	质量问题: "QUALITY_ISSUE",
	与描述不符: "NOT_MATCH_PRODUCT_DESC",
	发错颜色: "SEND_WRONG_GOODS",
	未收到货: "NOT_DELIVERED_TOO_LONG",
};

/** Numbers of after-sales by the time they changed, oldest first. Source: getaftersalelist. */
const list: SellerMethod = (call) => {
	const { body, market, shop } = call;
	const byChange = body.has("begin_update_time");
	const fromMs = body.seconds(byChange ? "begin_update_time" : "begin_create_time");
	const toMs = body.seconds(byChange ? "end_update_time" : "end_create_time");
	if (fromMs > toMs || toMs - fromMs > dayMs) throw errors.badArgument("time range is more than 24 hours");
	const window = byChange
		? market.aftersalesBetween(shop.platform, shop.shopId, fromMs, toMs)
		: market
				.aftersalesBetween(shop.platform, shop.shopId, fromMs, Number.MAX_SAFE_INTEGER)
				.filter(({ createdMs }) => createdMs >= fromMs && createdMs <= toMs)
				.sort((a, b) => b.createdMs - a.createdMs || b.sequence - a.sequence);
	const listed = late(call, window);
	const { rows, next, more } = page<Aftersale>(call, {
		rows: listed.reverse(),
		place: ({ modifiedMs, createdMs, sequence }) => ({ ms: byChange ? modifiedMs : createdMs, sequence }),
		size: pageSize,
		query: `aftersales:${byChange}:${fromMs}:${toMs}`,
		mismatch: new WxError(606006, "next_key not match"),
	});
	shiftAftersales(call, listed);
	return { after_sale_order_id_list: rows.map((each) => each.platformAftersaleId), next_key: next, has_more: more };
};

/** Source: getaftersaleorder. */
const get: SellerMethod = (call) => {
	const { order, aftersale } = aftersaleOf(call);
	return { after_sale_order: document(order, aftersale, call.nowMs) };
};

function document(order: MarketOrder, aftersale: Aftersale, nowMs: number): WxObject {
	const line = lineOf(order, aftersale.lineId);
	const { returnParcel, sentParcel } = aftersale;
	const leftMs = isOpen(aftersale) ? Math.max(0, aftersale.modifiedMs + answerMs - nowMs) : 0;
	return {
		after_sale_order_id: aftersale.platformAftersaleId,
		order_id: order.platformOrderId,
		type: typeOf(aftersale),
		sub_type: "DEFAULT",
		status: aftersaleStatus(aftersale),
		reason: reasons[aftersale.reason] ?? "OTHERS",
		openid: order.buyer.openId,
		unionid: "",
		create_time: seconds(aftersale.createdMs),
		update_time: seconds(aftersale.modifiedMs),
		complete_time: isOpen(aftersale) ? 0 : seconds(aftersale.modifiedMs),
		deadline: seconds(leftMs), // how long, not until when
		product_info: {
			product_id: line.productId,
			sku_id: line.platformSkuId,
			sku_code: line.sku,
			count: aftersale.quantity,
			fast_refund: false,
		},
		details: {
			desc: aftersale.reason,
			receive_product: line.shipped,
			cancel_time: 0,
			media_id_list: [],
			tel_number: order.receiver.mobile, // in plain: this call knows no mask
		},
		refund_info: { amount: aftersale.refundFen, refund_reason: 0, platform_discount_return_amount: 0 },
		return_info: parcel(returnParcel),
		merchant_upload_info: { reject_reason: aftersale.refusal, refund_certificates: [] },
		...(typeOf(aftersale) === "EXCHANGE" && {
			exchange_product_info: {
				product_id: line.productId,
				old_sku_id: line.platformSkuId,
				new_sku_id: line.platformSkuId,
				product_cnt: String(aftersale.quantity),
			},
			exchange_delivery_info: { ...parcel(sentParcel), address_info: address(order.receiver, false) },
		}),
	};
}

function parcel(sent: Aftersale["returnParcel"]): WxObject {
	const carrier = carriers.find(({ id }) => id === sent?.carrier);
	return { waybill_id: sent?.trackingNo ?? "", delivery_id: sent?.carrier ?? "", delivery_name: carrier?.name ?? "" };
}

export const aftersaleMethods: Readonly<Record<string, SellerMethod>> = {
	"/channels/ec/aftersale/getaftersalelist": list,
	"/channels/ec/aftersale/getaftersaleorder": get,
};
