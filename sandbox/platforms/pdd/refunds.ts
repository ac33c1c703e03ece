import { beijing } from "../../beijing.ts";
import { yuan } from "../../money.ts";
import { pictureOf } from "../../picture.ts";
import { late, shiftAftersales } from "../list-faults.ts";
import { type Aftersale, isOpen, type MarketOrder } from "../market-order.ts";
import { lineOf } from "../seller-actions.ts";
import { type Apis, aftersaleOf, orderOf, type ShopCall } from "./call.ts";
import { companies, nameOf } from "./carriers.ts";
import type { PddObject } from "./envelope.ts";
import { invalid } from "./errors.ts";
import { ownNumber } from "./numbering.ts";
import { aftersaleCode, aftersaleCodes, typeCodes } from "./statuses.ts";

/** How long the seller has to answer. */
const answerMs = 48 * 3_600_000;

/** After-sales by the time they changed, or those of one order. Source: pdd.refund.list.increment.get. */
function list(call: ShopCall): PddObject {
	const { args, market, shop, nowMs, repeated } = call;
	const type = args.oneOf("after_sales_type", [1, 2, 3, 4, 5]);
	const status = args.oneOf("after_sales_status", aftersaleCodes);
	const { fromMs, toMs } = args.window(nowMs);
	const { page, size } = args.page();
	const orderSn = args.text("order_sn");
	const found = orderSn
		? market.aftersalesOf(orderOf(call, orderSn))
		: market.aftersalesBetween(shop.platform, shop.shopId, fromMs, toMs).filter((each) => fits(each, type, status));
	const aftersales = late(call, found);
	const query = `refunds:${fromMs}:${toMs}:${size}:${orderSn}`;
	const pageNo = repeated.page(call, page, query);
	const rows = aftersales
		.slice((pageNo - 1) * size, pageNo * size)
		.map((each) => rowOf(call.market.orderOf(each), each));
	const total_count = aftersales.length;
	shiftAftersales(call, aftersales);
	return { total_count, refund_list: rows };
}

/** The filter's types are one higher than the rows'; 1 is all of them, as 0 and 1 are of states. */
function fits(aftersale: Aftersale, type: number, status: number): boolean {
	return (type === 1 || typeCodes[aftersale.type] === type - 1) && (status <= 1 || aftersaleCode(aftersale) === status);
}

/** Amounts are yuan here, as text; numbers of SKUs and pieces are text as well. */
function rowOf(order: MarketOrder, aftersale: Aftersale): PddObject {
	const line = lineOf(order, aftersale.lineId);
	return {
		id: Number(ownNumber(aftersale.platformAftersaleId)),
		order_sn: order.platformOrderId,
		goods_id: BigInt(line.productId),
		sku_id: line.platformSkuId,
		goods_name: line.title,
		goods_number: String(aftersale.quantity),
		goods_price: yuan(line.priceFen),
		good_image: pictureOf(line.productId),
		outer_id: line.sku,
		outer_goods_id: line.productCode,
		after_sales_type: typeCodes[aftersale.type],
		after_sales_status: aftersaleCode(aftersale),
		after_sale_reason: aftersale.reason,
		order_amount: yuan(order.paidFen),
		discount_amount: yuan(line.discountFen + line.orderDiscountFen),
		refund_amount: yuan(aftersale.refundFen),
		created_time: beijing(aftersale.createdMs),
		confirm_time: beijing(order.paidMs ?? order.placedMs),
		updated_time: beijing(aftersale.modifiedMs),
		tracking_number: aftersale.returnParcel?.trackingNo ?? "",
		shipping_name: aftersale.returnParcel ? nameOf(aftersale.returnParcel.carrier) : "",
		speed_refund_flag: 0,
		user_shipping_status: aftersale.type === "REFUND_ONLY" ? "1" : "2",
		dispute_refund_status: 0,
	};
}

/** Amounts are whole fen here. Nothing of the goods but the SKU. Source: pdd.refund.information.get. */
function information(call: ShopCall): PddObject {
	const { order, aftersale } = aftersaleOf(call, call.args.needed("order_sn"), call.args.id("after_sales_id"));
	const line = lineOf(order, aftersale.lineId);
	const waitsForSeller = aftersale.status === "APPLIED" || aftersale.status === "WAIT_SELLER_RECEIVE";
	return {
		id: Number(ownNumber(aftersale.platformAftersaleId)),
		order_sn: order.platformOrderId,
		sku_id: line.platformSkuId,
		after_sales_type: typeCodes[aftersale.type],
		after_sales_status: aftersaleCode(aftersale),
		after_sales_reason: aftersale.reason,
		remark: aftersale.reason,
		images: [],
		goods_number: aftersale.quantity,
		goods_price: line.priceFen,
		order_amount: order.paidFen,
		discount_amount: line.discountFen + line.orderDiscountFen,
		refund_amount: aftersale.refundFen,
		express_no: aftersale.returnParcel?.trackingNo ?? "",
		shipping_name: aftersale.returnParcel ? nameOf(aftersale.returnParcel.carrier) : "",
		shipping_status: aftersale.type === "REFUND_BEFORE_SHIP" ? 0 : 1,
		recreated_at: aftersale.createdMs,
		updated_time: beijing(aftersale.modifiedMs),
		expire_time: waitsForSeller ? aftersale.createdMs + answerMs : null,
		join_or_not: "0",
		speed_refund_flag: 0,
		exchange_shipping_detail: aftersale.type === "EXCHANGE" ? exchangeDetail(aftersale) : undefined,
	};
}

function exchangeDetail({ returnParcel, sentParcel, quantity }: Aftersale): PddObject {
	const back = companies.find(({ carrier }) => carrier === returnParcel?.carrier);
	return {
		customer_send_back_ship_id: back?.id ?? 0,
		customer_send_back_trunk_number: returnParcel?.trackingNo ?? "",
		exchange_goods_number: quantity,
		merchant_exchange_ship_id: Number(sentParcel?.carrier ?? 0),
		merchant_exchange_trunk_number: sentParcel?.trackingNo ?? "",
	};
}

/** Which of these orders must not be shipped, for a refund that runs. Source: pdd.refund.status.check. */
function check(call: ShopCall): PddObject {
	const numbers = call.args.needed("order_sns").split(",");
	if (numbers.length > 100) throw invalid("order_sns", "最多100个");
	const running = numbers.map((number) => orderOf(call, number)).filter((order) => hasRunning(call, order));
	return { order_sns_exists_refund: running.map((order) => ({ order_sn: order.platformOrderId })) };
}

/** One that the seller refused does not stop the shipment. */
function hasRunning({ market }: ShopCall, order: MarketOrder): boolean {
	return market.aftersalesOf(order).some((aftersale) => isOpen(aftersale) && aftersale.status !== "REFUSED");
}

export const refundApis: Apis = {
	"pdd.refund.list.increment.get": { root: "refund_increment_get_response", needs: "token", run: list },
	"pdd.refund.information.get": { root: "refund_information_get_response", needs: "token", run: information },
	"pdd.refund.status.check": { root: "refund_status_check_response", needs: "token", run: check },
};
