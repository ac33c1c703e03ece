import { split } from "../../money.ts";
import { pictureOf } from "../../picture.ts";
import type { Market } from "../market.ts";
import type { MarketLine, MarketOrder, Parcel } from "../market-order.ts";
import type { DemoShop } from "../shops.ts";
import { seconds } from "./call.ts";
import { carrierOf } from "./carriers.ts";
import { cipherOf } from "./ciphers.ts";
import type { DoudianObject } from "./envelope.ts";
import { aftersaleStatus, aftersaleTypes, lineStatuses, refundStatus, statusesOf } from "./statuses.ts";

const shipWithinMs = 48 * 3_600_000;

/** An order as list and detail tell it, whole. */
export function orderRecord(market: Market, shop: DemoShop, order: MarketOrder): DoudianObject {
	const { receiver, memo, lines } = order;
	const statuses = statusesOf(order);
	const discountFen = sum(lines, discountOf);
	const freight = split(
		order.freightFen,
		lines.map((line) => line.paidFen),
	);
	return {
		order_id: order.platformOrderId,
		order_level: 2,
		order_type: 0,
		biz: 2,
		trade_type: 0,
		shop_id: Number(shop.sellerId),
		shop_name: shop.name,
		order_status: statuses.order,
		order_status_desc: statuses.words,
		main_status: statuses.main,
		main_status_desc: statuses.words,
		create_time: seconds(order.placedMs),
		update_time: seconds(order.modifiedMs),
		pay_time: seconds(order.paidMs),
		ship_time: seconds(order.shippedMs),
		finish_time: order.status === "COMPLETED" ? seconds(order.endedMs) : 0,
		exp_ship_time: shipBy(order),
		order_expire_time: 1800,
		appointment_ship_time: 0,
		pay_type: order.paidMs === null ? 0 : 2,
		channel_payment_no: order.paidMs === null ? "" : `2026${order.platformOrderId.slice(-12)}`,
		order_amount: order.paidFen + discountFen,
		pay_amount: order.paidFen,
		post_amount: order.freightFen,
		post_insurance_amount: 0,
		modify_amount: 0,
		modify_post_amount: 0,
		...promotions(discountFen),
		post_receiver: "",
		encrypt_post_receiver: cipherOf(order, "name"),
		mask_post_receiver: `${receiver.name.slice(0, 1)}*`,
		post_tel: "",
		encrypt_post_tel: cipherOf(order, "phone"),
		mask_post_tel: `${receiver.mobile.slice(0, 3)}****${receiver.mobile.slice(-4)}`,
		post_addr: { ...region(order), detail: "", encrypt_detail: cipherOf(order, "address") },
		mask_post_addr: { ...region(order), detail: `${receiver.address.slice(0, 2)}****` },
		buyer_words: memo.buyer,
		seller_words: memo.seller,
		seller_remark_stars: memo.flag,
		cancel_reason: order.status === "CLOSED" ? "订单已关闭" : "",
		doudian_open_id: order.buyer.openId,
		logistics_info: order.parcels.map((parcel, at) => parcelRecord(order, parcel, at)),
		sku_order_list: lines.map((line, at) => lineRecord(market, order, line, freight[at] ?? 0)),
		order_phase_list: [],
		shop_order_tag_ui: [],
		serial_number_list: [],
	};
}

/** Regions have no numbers of their own in the sandbox. */
function region({ receiver }: MarketOrder): DoudianObject {
	const level = (name: string): DoudianObject => ({ name, id: "0" });
	return {
		province: level(receiver.province),
		city: level(receiver.city),
		town: level(receiver.district),
		street: level(receiver.town),
	};
}

function lineRecord(market: Market, order: MarketOrder, line: MarketLine, freightFen: number): DoudianObject {
	const statuses = lineStatuses(order, line);
	const aftersale = line.aftersaleId === null ? undefined : market.aftersale(order.platform, line.aftersaleId);
	const totalFen = line.priceFen * line.quantity;
	return {
		order_id: line.lineId,
		parent_order_id: order.platformOrderId,
		order_level: 3,
		order_status: statuses.order,
		order_status_desc: statuses.words,
		main_status: statuses.main,
		product_id: BigInt(line.productId),
		product_id_str: line.productId,
		sku_id: BigInt(line.platformSkuId),
		product_name: line.title,
		product_pic: pictureOf(line.productId),
		code: line.sku,
		out_sku_id: "0",
		out_product_id: "0",
		spec: specsOf(line.spec),
		item_num: line.quantity,
		goods_type: 0,
		origin_amount: line.priceFen,
		sum_amount: totalFen,
		order_amount: totalFen + freightFen,
		pay_amount: line.paidFen + freightFen,
		post_amount: freightFen,
		...promotions(discountOf(line)),
		create_time: seconds(order.placedMs),
		pay_time: seconds(order.paidMs),
		ship_time: line.shipped ? seconds(order.shippedMs) : 0,
		exp_ship_time: shipBy(order),
		pre_sale_type: 0,
		reduce_stock_type: 2,
		given_product_type: "",
		after_sale_info: aftersale
			? {
					after_sale_status: aftersaleStatus(aftersale)[0],
					after_sale_type: aftersaleTypes[aftersale.type][0],
					refund_status: refundStatus(aftersale),
				}
			: { after_sale_status: 0, after_sale_type: 0, refund_status: 0 },
		inventory_list: [],
	};
}

/** A parcel, which the platform calls a pack, and what is in it. */
function parcelRecord(order: MarketOrder, parcel: Parcel, at: number): DoudianObject {
	return {
		tracking_no: parcel.trackingNo,
		company: parcel.carrier,
		company_name: carrierOf(parcel.carrier)?.name ?? parcel.carrier,
		ship_time: seconds(parcel.shippedMs),
		delivery_id: packId(order, at),
		product_info: parcel.lines.flatMap(({ lineId, quantity }) => {
			const line = order.lines.find((each) => each.lineId === lineId);
			if (!line) return [];
			const record = {
				sku_order_id: lineId,
				sku_id: BigInt(line.platformSkuId),
				product_id: BigInt(line.productId),
				product_id_str: line.productId,
				outer_sku_id: line.sku,
				product_count: quantity,
				price: line.priceFen,
				product_name: line.title,
				sku_specs: specsOf(line.spec),
			};
			return [record];
		}),
	};
}

export const packId = (order: MarketOrder, at: number): string => `${order.platformOrderId}${at + 1}`;

/** The demo seller gives all discounts itself. */
function promotions(discountFen: number): DoudianObject {
	return {
		promotion_amount: discountFen,
		promotion_shop_amount: discountFen,
		promotion_platform_amount: 0,
		promotion_talent_amount: 0,
		promotion_pay_amount: 0,
		shop_cost_amount: discountFen,
		platform_cost_amount: 0,
		only_platform_cost_amount: 0,
		author_cost_amount: 0,
	};
}

/** "颜色:黑色;容量:500ml" -> the platform's list. */
export function specsOf(spec: string): DoudianObject[] {
	return spec
		.split(";")
		.filter(Boolean)
		.map((part) => {
			const [name = "", value = ""] = part.split(":");
			return { name, value };
		});
}

const shipBy = ({ paidMs }: MarketOrder): number => (paidMs === null ? 0 : seconds(paidMs + shipWithinMs));
const discountOf = (line: MarketLine): number => line.discountFen + line.orderDiscountFen;
const sum = (lines: MarketLine[], of: (line: MarketLine) => number): number =>
	lines.reduce((total, line) => total + of(line), 0);
