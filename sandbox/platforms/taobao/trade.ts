import { createHash } from "node:crypto";
import { beijing } from "../../beijing.ts";
import { yuan } from "../../money.ts";
import { pictureOf } from "../../picture.ts";
import type { Market } from "../market.ts";
import type { MarketLine, MarketOrder } from "../market-order.ts";
import type { DemoShop } from "../shops.ts";
import { carrierName } from "./carriers.ts";
import { list, type TopObject } from "./envelope.ts";
import { type Fields, pick } from "./fields.ts";
import { disputeId } from "./numbering.ts";
import { lineRefundStatus, lineStatus, tradeStatus } from "./statuses.ts";

/** What list calls know of a trade; `orders` comes on top. Receiver and memo bodies need `trade.fullinfo.get`. */
export const listFields: ReadonlySet<string> = new Set(
	`tid tid_str type status title seller_nick buyer_nick buyer_open_uid created pay_time modified consign_time end_time
	payment total_fee discount_fee adjust_fee post_fee received_payment shipping_type seller_flag is_part_consign
	has_buyer_message num num_iid price`.split(/\s+/),
);

/** What `trade.get` adds. */
export const detailFields: ReadonlySet<string> = new Set([
	...listFields,
	..."buyer_message seller_memo promotion_details".split(" "),
]);

/** What `trade.fullinfo.get` adds. */
export const fullFields: ReadonlySet<string> = new Set([
	...detailFields,
	...`receiver_name receiver_mobile receiver_phone receiver_state receiver_city receiver_district receiver_town
	receiver_address receiver_zip receiver_country oaid est_con_time`.split(/\s+/),
]);

/** The OAID is only told to callers that ask for what it stands for. */
const neededForOaid = ["receiver_name", "receiver_address", "created", "receiver_mobile", "receiver_phone"];

/** A trade with the fields asked for. `includeOaid` is the parameter `include_oaid`. */
export function trade(
	market: Market,
	shop: DemoShop,
	order: MarketOrder,
	fields: Fields,
	includeOaid = false,
): TopObject {
	const mayHaveOaid = neededForOaid.every((name) => fields.own.has(name));
	const own = new Set([...fields.own].filter((name) => name !== "oaid"));
	const answer = pick(tradeRecord(shop, order), own);
	if (mayHaveOaid && (includeOaid || fields.own.has("oaid"))) answer.oaid = oaidOf(order);
	const { lines } = fields;
	if (lines) {
		const records = order.lines.map((line) => lineRecord(market, order, line));
		answer.orders = list("order", lines === "all" ? records : records.map((record) => pick(record, lines)));
	}
	return answer;
}

/** Stands for one receiver of one trade; another address is another OAID. */
export function oaidOf(order: MarketOrder): string {
	const source = `${order.platformOrderId}:${order.receiverVersion}`;
	return `1${createHash("sha256").update(source).digest("base64").slice(0, 40)}`;
}

function tradeRecord(shop: DemoShop, order: MarketOrder): TopObject {
	const totalFen = sum(order.lines, (line) => line.priceFen * line.quantity);
	const orderDiscountFen = sum(order.lines, (line) => line.orderDiscountFen);
	const { receiver, memo } = order;
	const [first] = order.lines;
	return {
		tid: BigInt(order.platformOrderId),
		tid_str: order.platformOrderId,
		type: "fixed",
		status: tradeStatus(order),
		title: shop.name,
		seller_nick: shop.name,
		buyer_nick: order.buyer.nick,
		buyer_open_uid: order.buyer.openId,
		created: beijing(order.placedMs),
		pay_time: time(order.paidMs),
		modified: beijing(order.modifiedMs),
		consign_time: time(order.shippedMs),
		end_time: time(order.endedMs),
		est_con_time: order.paidMs === null ? undefined : beijing(order.paidMs + 48 * 3_600_000),
		payment: yuan(order.paidFen),
		total_fee: yuan(totalFen),
		discount_fee: yuan(orderDiscountFen),
		adjust_fee: "0.00",
		post_fee: yuan(order.freightFen),
		received_payment: order.status === "COMPLETED" ? yuan(order.paidFen) : "0.00",
		shipping_type: order.freightFen > 0 ? "express" : "free",
		num: sum(order.lines, (line) => line.quantity),
		num_iid: BigInt(first?.productId ?? 0),
		price: yuan(first?.priceFen ?? 0),
		seller_flag: memo.flag,
		seller_memo: memo.seller || undefined,
		buyer_message: memo.buyer || undefined,
		has_buyer_message: memo.buyer !== "",
		is_part_consign: order.parcels.length > 1 || order.status === "PART_SHIPPED",
		receiver_name: `${receiver.name.slice(0, 1)}**`,
		receiver_mobile: `*******${receiver.mobile.slice(-4)}`,
		receiver_state: receiver.province,
		receiver_city: receiver.city,
		receiver_district: receiver.district,
		receiver_town: receiver.town,
		receiver_address: "****",
		receiver_zip: "000000",
		receiver_country: "中国",
		promotion_details: list("promotion_detail", promotions(order, orderDiscountFen)),
	};
}

function lineRecord(market: Market, order: MarketOrder, line: MarketLine): TopObject {
	const totalFen = line.priceFen * line.quantity;
	const aftersale = line.aftersaleId === null ? undefined : market.aftersale(order.platform, line.aftersaleId);
	const parcel = order.parcels.findLast(({ lineIds }) => lineIds.includes(line.lineId));
	// The platform's own irregularity: only where a trade has one line does its payment hold the postage (and the trade's discount).
	const paymentFen = order.lines.length === 1 ? order.paidFen : totalFen - line.discountFen;
	return {
		oid: BigInt(line.lineId),
		oid_str: line.lineId,
		num_iid: BigInt(line.productId),
		sku_id: line.platformSkuId,
		outer_iid: line.productCode,
		outer_sku_id: line.sku,
		title: line.title,
		sku_properties_name: line.spec,
		num: line.quantity,
		price: yuan(line.priceFen),
		total_fee: yuan(totalFen - line.discountFen),
		discount_fee: yuan(line.discountFen),
		adjust_fee: "0.00",
		payment: yuan(paymentFen),
		divide_order_fee: yuan(line.paidFen),
		part_mjz_discount: yuan(line.orderDiscountFen),
		status: lineStatus(order, line),
		refund_status: lineRefundStatus(aftersale),
		refund_id: aftersale && disputeId(aftersale.platformAftersaleId),
		consign_time: time(parcel?.shippedMs ?? null),
		logistics_company: parcel && carrierName(parcel.carrier),
		invoice_no: parcel?.trackingNo,
		pic_path: pictureOf(line.productId),
		cid: BigInt(line.categoryId),
		seller_type: "B",
		store_code: "",
		is_oversold: false,
	};
}

function promotions(order: MarketOrder, orderDiscountFen: number): TopObject[] {
	const whole = orderDiscountFen ? [promotion(order.platformOrderId, "满减", "Tmall$mj-1", orderDiscountFen)] : [];
	const single = order.lines.filter((line) => line.discountFen > 0);
	return [...whole, ...single.map((line) => promotion(line.lineId, "单品优惠", "Tmall$dp-1", line.discountFen))];
}

function promotion(id: string, name: string, promotionId: string, fen: number): TopObject {
	return { id: BigInt(id), promotion_name: name, promotion_id: promotionId, discount_fee: yuan(fen) };
}

function time(ms: number | null): string | undefined {
	return ms === null ? undefined : beijing(ms);
}

function sum<T>(items: T[], amount: (item: T) => number): number {
	return items.reduce((total, item) => total + amount(item), 0);
}
