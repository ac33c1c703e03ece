import type { OrderLine, OrderStatus, PlatformOrder, Receiver } from "../../order/order.ts";
import { flagsOf, type OrderFlag } from "../flags.ts";
import { platformHolds } from "../holds.ts";
import { maskedReceiver } from "../masked.ts";
import { checkMoney, goodsFenOf, moneyOf, share, sum } from "../money.ts";
import {
	epochSec,
	fail,
	optionalEpochSec,
	optionalInteger,
	optionalWholeFen,
	part,
	quantity,
	type RawRecord,
	requiredText,
	text,
	wholeFen,
} from "../record.ts";
import { lineIdOf, productRows, sentGoods, specOf } from "./lines.ts";
import { orderStatus } from "./statuses.ts";

/** `status` of an order that waits: for the recipient of a gift, and for the rest of its group. */
const notTaken = "12";
const groupNotFull = "13";

/** `preshipment_change_sku_state`: the buyer wants another SKU and the seller has not answered. */
const skuChangeAsked = "3";

/**
 * An order as `order/get` tells it, in our words.
 * @throws PLATFORM_UNKNOWN_STATUS for a code no table has; PLATFORM_BAD_RECORD for a field that cannot be right and
 *   for money that does not add up.
 */
export function readOrder(shopId: string, raw: RawRecord): PlatformOrder {
	const detail = part(raw, "order_detail");
	const rawStatus = requiredText(raw, "status");
	const products = productRows(raw);
	if (products.length === 0) fail("product_infos", "is empty");
	const delivery = part(detail, "delivery_info");
	const notes = part(detail, "ext_info");
	const prices = part(detail, "price_info");
	const status = statusOf(rawStatus, sentGoods(raw).length > 0);
	const flags = readFlags(raw, rawStatus, delivery, products);
	const lines = readLines(raw, products, prices, status);
	const order: PlatformOrder = {
		platform: "weixin",
		shopId,
		orderNo: requiredText(raw, "order_id"),
		status,
		rawStatus,
		flags,
		placedAt: epochSec(raw, "create_time"),
		paidAt: optionalEpochSec(part(detail, "pay_info"), "pay_time"),
		modifiedAt: epochSec(raw, "update_time"),
		shipDeadline: earliest(products.map((row) => optionalEpochSec(row, "delivery_deadline"))),
		buyer: { nick: "", openId: text(raw, "openid") },
		receiver: readReceiver(part(delivery, "address_info")),
		memo: { buyer: text(notes, "customer_notes"), seller: text(notes, "merchant_notes"), flag: "" },
		money: readMoney(prices, lines),
		lines,
		platformHolds: platformHolds(
			{ status, lines },
			{
				REFUND_APPLIED: (optionalInteger(part(raw, "aftersale_detail"), "on_aftersale_order_cnt") ?? 0) > 0,
				NO_RECEIVER: rawStatus === notTaken,
				RISK: flags.includes("group") || flags.includes("locked"),
			},
		),
	};
	checkMoney(order);
	return order;
}

/** 20 may stand for an order of which a part has left. */
function statusOf(rawStatus: string, anySent: boolean): OrderStatus {
	const status = orderStatus(rawStatus);
	return status === "WAIT_SHIP" && anySent ? "PART_SHIPPED" : status;
}

function readLines(raw: RawRecord, products: RawRecord[], prices: RawRecord, status: OrderStatus): OrderLine[] {
	const paid = paidByLine(products, prices);
	const sent = new Map<string, number>();
	for (const { lineId, quantity } of sentGoods(raw)) sent.set(lineId, (sent.get(lineId) ?? 0) + quantity);
	const seen = new Map<string, number>();
	return products.map((row, at) => {
		const goods = lineIdOf(row);
		const nth = (seen.get(goods) ?? 0) + 1;
		seen.set(goods, nth);
		const count = quantity(row, "sku_cnt");
		const mine = Math.min(sent.get(goods) ?? 0, count);
		sent.set(goods, (sent.get(goods) ?? 0) - mine);
		const gift = row.is_free_gift === true;
		const priceFen = gift ? 0 : wholeFen(row, "sale_price");
		const paidFen = paid[at] ?? 0;
		return {
			lineId: nth === 1 ? goods : `${goods}:${nth}`, // the same goods once bought and once given
			platformSkuId: requiredText(row, "sku_id"),
			outerSku: text(row, "sku_code"),
			title: text(row, "title"),
			spec: specOf(row),
			imageUrl: text(row, "thumb_img"),
			quantity: count,
			priceFen,
			discountFen: priceFen * count - paidFen,
			paidFen,
			gift,
			...afterwards(row, count, mine, status),
		};
	});
}

/** What became of a line. */
function afterwards(
	row: RawRecord,
	count: number,
	sent: number,
	order: OrderStatus,
): Pick<OrderLine, "status" | "refund"> {
	const refunded = optionalInteger(row, "finish_aftersale_sku_cnt") ?? 0;
	const asked = optionalInteger(row, "on_aftersale_sku_cnt") ?? 0;
	const refund = asked > 0 ? "APPLIED" : refunded > 0 ? "DONE" : "NONE";
	if (refunded >= count) return { status: "CLOSED", refund };
	if (order !== "PART_SHIPPED" || sent === 0) return { status: order === "PART_SHIPPED" ? "WAIT_SHIP" : order, refund };
	return { status: sent >= count - refunded ? "SHIPPED" : "PART_SHIPPED", refund };
}

/**
 * `real_price` is what is paid for a whole line, coupons shared. Points that pay a part of the order are in the order's
 * price alone where lines and freight are more than it by just that, and are then shared over the lines.
 */
function paidByLine(products: RawRecord[], prices: RawRecord): number[] {
	const real = products.map((row) => optionalWholeFen(row, "real_price") ?? wholeFen(row, "estimate_price"));
	const points = optionalWholeFen(prices, "deduction_price") ?? 0;
	const over = sum(real) + freightOf(prices) - wholeFen(prices, "order_price");
	if (over === 0 || over !== points) return real;
	const shares = share(points, real);
	return real.map((fen, at) => fen - (shares[at] ?? 0));
}

const freightOf = (prices: RawRecord): number =>
	(prices.is_change_freight === true ? optionalWholeFen(prices, "change_freight") : null) ??
	optionalWholeFen(prices, "freight") ??
	0;

/**
 * `merchant_receieve_price` (spelt so) is the order's price without what the platform, or a talent who sells for the
 * shop, takes off it at own cost.
 */
function readMoney(prices: RawRecord, lines: OrderLine[]): PlatformOrder["money"] {
	const freightFen = freightOf(prices);
	const paidFen = wholeFen(prices, "order_price");
	const discountFen = goodsFenOf(lines) + freightFen - paidFen;
	const others = (optionalWholeFen(prices, "merchant_receieve_price") ?? paidFen) - paidFen;
	const discountPlatformFen = Math.max(0, Math.min(others, discountFen));
	return moneyOf(lines, { freightFen, paidFen, discountPlatformFen });
}

/** `hash_code` is the same for the same address of the same shop. */
function readReceiver(address: RawRecord): Receiver {
	return maskedReceiver({
		name: text(address, "user_name"),
		phone: text(address, "tel_number"),
		address: `${text(address, "detail_info")}${text(address, "house_number")}`,
		province: text(address, "province_name"),
		city: text(address, "city_name"),
		district: text(address, "county_name"),
		town: "",
		cipher: "",
		platformKey: text(address, "hash_code"),
	});
}

function readFlags(raw: RawRecord, rawStatus: string, delivery: RawRecord, products: RawRecord[]): OrderFlag[] {
	return flagsOf({
		presale: products.some((row) => text(part(row, "sku_deliver_info"), "stock_type") === "1"),
		group: rawStatus === groupNotFull,
		virtual: text(delivery, "deliver_method") === "1",
		"gift-to-friend": rawStatus === notTaken || raw.is_present === true,
		locked: isUnderReview(delivery, products),
	});
}

/** The buyer asked for another address or another SKU; the seller answers that on the platform's own pages. */
const isUnderReview = (delivery: RawRecord, products: RawRecord[]): boolean =>
	text(part(delivery, "address_under_review"), "user_name") !== "" ||
	products.some((row) => text(part(row, "change_sku_info"), "preshipment_change_sku_state") === skuChangeAsked);

const earliest = (dates: readonly (Date | null)[]): Date | null =>
	dates.reduce((first, date) => (date && (!first || date < first) ? date : first), null);
