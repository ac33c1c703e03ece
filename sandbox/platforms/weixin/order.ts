import { createHash } from "node:crypto";
import { pictureOf } from "../../picture.ts";
import type { Market } from "../market.ts";
import { type Aftersale, isOpen, type MarketLine, type MarketOrder, type Parcel } from "../market-order.ts";
import type { Receiver } from "../people.ts";
import type { WxObject } from "./envelope.ts";
import { aftersaleNumber, orderStatus } from "./statuses.ts";

/** How long after payment the seller has to ship. */
const shipWithinMs = 48 * 3_600_000;

/** An order as `order/get` shows it. `masked`: name, phone and address without what tells who it is. */
export function orderDocument(market: Market, order: MarketOrder, masked: boolean): WxObject {
	const aftersales = market.aftersalesOf(order);
	return {
		order_id: order.platformOrderId,
		status: orderStatus(order),
		create_time: seconds(order.placedMs),
		update_time: seconds(order.modifiedMs),
		openid: order.buyer.openId,
		unionid: "",
		is_present: false,
		is_flash_sale_order: false,
		order_detail: {
			product_infos: order.lines.map((line) => product(order, line, aftersales)),
			pay_info: order.paidMs === null ? { prepay_id: "" } : payment(order, order.paidMs),
			price_info: prices(order),
			delivery_info: {
				deliver_method: 0,
				address_info: address(order.receiver, masked),
				delivery_product_info: order.parcels.map((sent) => parcel(order, sent)),
				ship_done_time: order.status === "SHIPPED" && order.shippedMs !== null ? seconds(order.shippedMs) : 0,
				ewaybill_order_code: createHash("sha256").update(order.platformOrderId).digest("base64url").slice(0, 36),
			},
			coupon_info: { user_coupon_id: "" },
			ext_info: {
				customer_notes: order.memo.buyer,
				merchant_notes: order.memo.seller,
				confirm_receipt_time: order.status === "COMPLETED" && order.endedMs !== null ? seconds(order.endedMs) : 0,
				order_scene: 2,
			},
			settle_info: { predict_commission_fee: 0 },
		},
		aftersale_detail: {
			aftersale_order_list: aftersales.map((aftersale) => ({
				aftersale_order_id: aftersale.platformAftersaleId,
				status: aftersaleNumber(aftersale),
			})),
			on_aftersale_order_cnt: aftersales.filter(isOpen).length,
		},
	};
}

function product(order: MarketOrder, line: MarketLine, aftersales: readonly Aftersale[]): WxObject {
	const open = aftersales.filter((each) => each.lineId === line.lineId && isOpen(each));
	return {
		product_id: line.productId,
		sku_id: line.platformSkuId,
		sku_cnt: line.quantity,
		title: line.title,
		thumb_img: pictureOf(line.productId),
		sku_attrs: attributes(line.spec),
		sku_code: line.sku,
		out_product_id: line.productCode,
		out_sku_id: line.sku,
		sale_price: line.priceFen,
		market_price: line.priceFen,
		real_price: line.paidFen,
		estimate_price: line.paidFen,
		is_change_price: false,
		merchant_discounted_price: line.discountFen + line.orderDiscountFen,
		finder_discounted_price: 0,
		on_aftersale_sku_cnt: Math.min(sum(open.map(({ quantity }) => quantity)), line.quantity),
		finish_aftersale_sku_cnt: line.closed && order.paidMs !== null ? line.quantity : 0,
		delivery_deadline: order.paidMs === null ? 0 : seconds(order.paidMs + shipWithinMs),
		sku_deliver_info: { stock_type: 0 },
		extra_service: { seven_day_return: 1, freight_insurance: 0 },
		is_free_gift: false,
	};
}

/** "颜色:黑色;尺码:M" -> one attribute each. */
export function attributes(spec: string): WxObject[] {
	return spec
		.split(";")
		.map((each) => each.split(":"))
		.map(([attr_key = "", attr_value = ""]) => ({ attr_key, attr_value }));
}

const payment = (order: MarketOrder, paidMs: number): WxObject => ({
	prepay_id: `wx${order.sequence}`,
	prepay_time: seconds(order.placedMs),
	transaction_id: `42000020${order.platformOrderId}`,
	pay_time: seconds(paidMs),
	payment_method: 1,
});

function prices(order: MarketOrder): WxObject {
	const goodsFen = sum(order.lines.map((line) => line.priceFen * line.quantity));
	const discountFen = goodsFen + order.freightFen - order.paidFen;
	return {
		product_price: goodsFen,
		order_price: order.paidFen,
		freight: order.freightFen,
		discounted_price: discountFen,
		is_discounted: discountFen > 0,
		original_order_price: goodsFen + order.freightFen,
		estimate_product_price: goodsFen - discountFen,
		change_down_price: 0,
		is_change_freight: false,
		deduction_price: 0,
		merchant_receieve_price: order.paidFen, // the platform's own spelling
		merchant_discounted_price: discountFen,
		finder_discounted_price: 0,
	};
}

/** A carrier's parcel has its number; what needs no carrier has none. */
function parcel(order: MarketOrder, { carrier, trackingNo, lines, shippedMs }: Parcel): WxObject {
	return {
		waybill_id: trackingNo,
		delivery_id: carrier,
		deliver_type: carrier === "" ? 3 : 1,
		delivery_time: seconds(shippedMs),
		product_infos: lines.map(({ lineId, quantity }) => {
			const line = order.lines.find((each) => each.lineId === lineId);
			return { product_id: line?.productId, sku_id: line?.platformSkuId, product_cnt: quantity };
		}),
	};
}

export function address(receiver: Receiver, masked: boolean): WxObject {
	const { name, mobile, province, city, district } = receiver;
	return {
		user_name: masked ? `${name.slice(0, 1)}${"*".repeat(name.length - 1)}` : name,
		postal_code: "",
		province_name: province,
		city_name: city,
		county_name: district,
		detail_info: masked ? "****" : plainAddress(receiver),
		house_number: "",
		tel_number: masked ? `${mobile.slice(0, 3)}****${mobile.slice(-4)}` : mobile,
		hash_code: createHash("md5").update(JSON.stringify(receiver)).digest("hex"),
		use_tel_number: true,
		virtual_order_tel_number: "",
	};
}

/** 微信 keeps the town in the address. */
const plainAddress = ({ town, address }: Receiver): string => `${town}${address}`;

/** The virtual phone number that stands for the buyer's, and how long. */
const virtualMs = 14 * 24 * 3_600_000;

export function plainReceiver(order: MarketOrder, nowMs: number): WxObject {
	const { receiver } = order;
	return {
		address_info: {
			user_name: receiver.name,
			tel_number: "",
			postal_code: "",
			province_name: receiver.province,
			city_name: receiver.city,
			county_name: receiver.district,
			detail_info: plainAddress(receiver),
			house_number: "",
			virtual_order_tel_number: "",
		},
		virtual_number_info: {
			virtual_number: "18477770000",
			extension: receiver.mobile.slice(-4),
			expiration: seconds(nowMs + virtualMs),
		},
	};
}

export const seconds = (ms: number): number => Math.floor(ms / 1000);

const sum = (numbers: number[]): number => numbers.reduce((total, each) => total + each, 0);
