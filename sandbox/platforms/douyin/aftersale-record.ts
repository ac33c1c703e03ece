import { beijing } from "../../beijing.ts";
import { pictureOf } from "../../picture.ts";
import { type Aftersale, isOpen, type MarketOrder } from "../market-order.ts";
import { lineOf } from "../seller-actions.ts";
import { seconds } from "./call.ts";
import { carrierOf, carrierOfBuyer } from "./carriers.ts";
import type { DoudianObject } from "./envelope.ts";
import { aftersaleStatus, aftersaleTypes, lineStatuses, refundStatus } from "./statuses.ts";

/** How long whoever's turn it is has. */
const answerMs = 2 * 24 * 3_600_000;

/** A row of the list: `aftersale_…`, ids as text, and 3 where the detail says 13. */
export function aftersaleRow(order: MarketOrder, aftersale: Aftersale): DoudianObject {
	const line = lineOf(order, aftersale.lineId);
	const [status, words] = aftersaleStatus(aftersale);
	const [type, typeWords] = aftersaleTypes[aftersale.type];
	const { returnParcel } = aftersale;
	return {
		aftersale_info: {
			aftersale_id: aftersale.platformAftersaleId,
			aftersale_order_type: 1,
			aftersale_type: type,
			aftersale_status: status === 13 ? 3 : status,
			related_id: line.lineId,
			apply_time: seconds(aftersale.createdMs),
			create_time: seconds(aftersale.createdMs),
			update_time: seconds(aftersale.modifiedMs),
			status_deadline: deadline(aftersale),
			refund_amount: aftersale.refundFen,
			refund_post_amount: 0,
			aftersale_num: aftersale.quantity,
			part_type: 0,
			refund_type: 0,
			refund_status: refundStatus(aftersale),
			arbitrate_status: 0,
			return_logistics_code: returnParcel?.trackingNo ?? "",
			return_logistics_company_name: returnParcel ? carrierOfBuyer(returnParcel.carrier).name : "",
			got_pkg: order.parcels.length > 0 ? 1 : 0,
			remark: "",
		},
		order_info: {
			shop_order_id: order.platformOrderId,
			order_flag: 0,
			related_order_info: [
				{
					sku_order_id: line.lineId,
					order_status: lineStatuses(order, line).order,
					pay_amount: line.paidFen,
					post_amount: 0,
					item_num: line.quantity,
					product_id: BigInt(line.productId),
					product_name: line.title,
					product_image: pictureOf(line.productId),
					shop_sku_code: line.sku,
					aftersale_pay_amount: aftersale.refundFen,
					aftersale_post_amount: 0,
					aftersale_item_num: aftersale.quantity,
					price: line.priceFen,
				},
			],
		},
		text_part: { aftersale_status_text: words, aftersale_type_text: typeWords, reason_text: aftersale.reason },
		seller_logs: [],
	};
}

/** The detail: `after_sale_…`, ids as JSON numbers. */
export function aftersaleDetail(order: MarketOrder, aftersale: Aftersale, withRecords: boolean): DoudianObject {
	const line = lineOf(order, aftersale.lineId);
	const [status, words] = aftersaleStatus(aftersale);
	const [type, typeWords] = aftersaleTypes[aftersale.type];
	const money = refundStatus(aftersale);
	return {
		process_info: {
			after_sale_info: {
				after_sale_id: BigInt(aftersale.platformAftersaleId),
				after_sale_status: status,
				after_sale_status_desc: words,
				after_sale_type: type,
				after_sale_type_text: typeWords,
				refund_status: money,
				refund_total_amount: aftersale.refundFen,
				refund_post_amount: 0,
				refund_promotion_amount: 0,
				real_refund_amount: money === 3 ? aftersale.refundFen : 0,
				apply_time: seconds(aftersale.createdMs),
				update_time: seconds(aftersale.modifiedMs),
				reason: aftersale.reason,
				reason_code: 1,
				reason_remark: "",
				evidence: [],
				after_sale_apply_count: aftersale.quantity,
				need_return_count: aftersale.quantity,
				got_pkg: order.parcels.length > 0 ? 1 : 0,
				status_deadline: deadline(aftersale),
				part_type: 0,
				after_sale_order_type: 1,
			},
			arbitrate_info: { arbitrate_status: 0 },
			logistics_info: logistics(order, aftersale),
			after_sale_shop_remarks: [],
			record_logs_list: withRecords ? records(aftersale) : [],
		},
		order_info: {
			shop_order_id: BigInt(order.platformOrderId),
			sku_order_infos: [
				{
					sku_order_id: BigInt(line.lineId),
					order_status: lineStatuses(order, line).order,
					pay_amount: line.paidFen,
					post_amount: 0,
					item_quantity: line.quantity,
					sku_id: BigInt(line.platformSkuId),
					product_id: BigInt(line.productId),
					product_name: line.title,
					shop_sku_code: line.sku,
					item_sum_amount: line.priceFen * line.quantity,
					sku_pay_amount: line.paidFen,
					promotion_amount: line.discountFen + line.orderDiscountFen,
					after_sale_item_count: aftersale.quantity,
				},
			],
		},
	};
}

function logistics(order: MarketOrder, { returnParcel, sentParcel, type, modifiedMs }: Aftersale): DoudianObject {
	const sent = sentParcel && parcel(sentParcel, carrierOf(sentParcel.carrier)?.name ?? "", modifiedMs);
	const buyers = returnParcel && carrierOfBuyer(returnParcel.carrier);
	return {
		return:
			returnParcel && buyers ? parcel({ ...returnParcel, carrier: buyers.code }, buyers.name, modifiedMs) : undefined,
		exchange: sent && type !== "RESEND" ? sent : undefined,
		resend: sent && type === "RESEND" ? sent : undefined,
		order: order.parcels.map((each) => parcel(each, carrierOf(each.carrier)?.name ?? "", each.shippedMs)),
	};
}

const parcel = (
	{ carrier, trackingNo }: { carrier: string; trackingNo: string },
	company_name: string,
	ms: number,
): DoudianObject => ({ tracking_no: trackingNo, company_name, company_code: carrier, logistics_time: seconds(ms) });

/** The talk between buyer and seller, newest first. */
function records({ refusal, reason, createdMs, modifiedMs }: Aftersale): DoudianObject[] {
	const asked = { operator: "买家", time: beijing(createdMs), text: reason, images: [], action: "发起申请", role: 1 };
	if (refusal === "") return [asked];
	return [{ operator: "商家", time: beijing(modifiedMs), text: refusal, images: [], action: "拒绝", role: 2 }, asked];
}

const deadline = (aftersale: Aftersale): number => (isOpen(aftersale) ? seconds(aftersale.modifiedMs + answerMs) : 0);
