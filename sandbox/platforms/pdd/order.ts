import { beijing } from "../../beijing.ts";
import { pictureOf } from "../../picture.ts";
import { hash } from "../../random.ts";
import type { Market } from "../market.ts";
import type { Aftersale, MarketLine, MarketOrder } from "../market-order.ts";
import { type PddObject, yuanNumber } from "./envelope.ts";
import { ciphersOf, isTold } from "./privacy.ts";
import { orderCodes } from "./statuses.ts";

const tagNames = ["", "红色", "黄色", "绿色", "蓝色", "紫色"];

/** The latest after-sale of an order, which has one line only. */
export function aftersaleOn(market: Market, order: MarketOrder): Aftersale | undefined {
	const id = order.lines[0]?.aftersaleId;
	return id ? market.aftersale(order.platform, id) : undefined;
}

/** An order as lists and detail have it alike. Amounts are yuan, as JSON numbers. */
export function orderRecord(market: Market, order: MarketOrder): PddObject {
	const { memo } = order;
	const codes = orderCodes(order, aftersaleOn(market, order));
	return {
		order_sn: order.platformOrderId,
		...codes,
		risk_control_status: 0,
		trade_type: 0,
		is_lucky_flag: 1,
		is_pre_sale: 0,
		is_stock_out: 0,
		stock_out_handle_status: -1,
		shipping_type: 0,
		free_sf: 0,
		invoice_status: 0,
		step_order_info: null,
		created_time: beijing(order.placedMs),
		pay_time: time(order.paidMs),
		confirm_time: time(order.paidMs),
		updated_at: beijing(order.modifiedMs),
		last_ship_time: order.paidMs === null ? "" : beijing(order.paidMs + 48 * 3_600_000),
		shipping_time: time(order.shippedMs),
		receive_time: order.status === "COMPLETED" ? time(order.endedMs) : "",
		...amounts(order),
		pay_type: "WEIXIN",
		pay_no: `XP${hash(order.platformOrderId)}`,
		buyer_memo: memo.buyer,
		remark: memo.seller,
		remark_tag: memo.flag || null,
		remark_tag_name: tagNames[memo.flag] ?? "",
		...receiver(order),
		...parcels(order),
		order_tag_list: [{ name: "no_trace_delivery", value: 0 }],
		gift_list: [],
		service_fee_detail: [],
		item_list: order.lines.map(item),
	};
}

/** Price × quantity − discounts + postage = what is paid. The platform bears what is taken off the order as a whole. */
function amounts({ lines, freightFen, paidFen }: MarketOrder): PddObject {
	const platformFen = sum(lines, (line) => line.orderDiscountFen);
	const sellerFen = sum(lines, (line) => line.discountFen);
	return {
		goods_amount: yuanNumber(sum(lines, (line) => line.priceFen * line.quantity)),
		discount_amount: yuanNumber(platformFen + sellerFen),
		platform_discount: yuanNumber(platformFen),
		seller_discount: yuanNumber(sellerFen),
		capital_free_discount: yuanNumber(0),
		order_change_amount: yuanNumber(0),
		postage: yuanNumber(freightFen),
		pay_amount: yuanNumber(paidFen),
	};
}

/** Before payment and after shipping all of it is empty but the region. */
function receiver(order: MarketOrder): PddObject {
	const { name, mobile, province, city, district, town } = order.receiver;
	const told = (text: string): string => (isTold(order) ? text : "");
	const ciphers = ciphersOf(order);
	return {
		receiver_name: told(ciphers.name),
		receiver_phone: told(ciphers.phone),
		receiver_address: told(ciphers.address),
		receiver_name_mask: told(`${Array.from(name)[0]}**`),
		receiver_phone_mask: told(`${mobile.slice(0, 3)}****${mobile.slice(-4)}`),
		receiver_address_mask: told(`${town}***`),
		address: told(`~${ciphers.address.slice(1, 20)}~2~`),
		address_mask: told(`${province}${city}${district}***`),
		country: "中国",
		province,
		province_id: hash(province) % 40,
		city,
		city_id: hash(city) % 400,
		town: district,
		town_id: hash(district) % 4_000,
	};
}

/** The first parcel stands in the order itself. */
function parcels(order: MarketOrder): PddObject {
	const [first, ...others] = order.parcels.map(({ carrier, trackingNo }) => ({
		logistics_id: Number(carrier),
		tracking_number: trackingNo,
	}));
	return { ...(first ?? { logistics_id: 0, tracking_number: "" }), extra_delivery_list: others };
}

function item(line: MarketLine): PddObject {
	return {
		goods_id: BigInt(line.productId),
		sku_id: BigInt(line.platformSkuId),
		goods_name: line.title,
		goods_spec: specText(line.spec),
		goods_price: yuanNumber(line.priceFen),
		goods_count: line.quantity,
		goods_img: pictureOf(line.productId),
		outer_id: line.sku,
		outer_goods_id: line.productCode,
	};
}

/** "颜色:黑色;容量:500ml" -> "黑色,500ml" */
export function specText(spec: string): string {
	return spec
		.split(";")
		.map((part) => part.slice(part.indexOf(":") + 1))
		.join(",");
}

function time(ms: number | null): string {
	return ms === null ? "" : beijing(ms);
}

function sum<T>(items: readonly T[], amount: (item: T) => number): number {
	return items.reduce((total, item) => total + amount(item), 0);
}
