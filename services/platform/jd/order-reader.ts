import type { OrderLine, PlatformOrder, Receiver } from "../../order/order.ts";
import { flagsOf, type OrderFlag } from "../flags.ts";
import { platformHolds } from "../holds.ts";
import { maskedReceiver } from "../masked.ts";
import { checkMoney, goodsFenOf, moneyOf, share, sum } from "../money.ts";
import { fail, fen, optionalFen, part, quantity, type RawRecord, requiredText, rows, text } from "../record.ts";
import { moment, optionalMoment } from "./fields.ts";
import { memoFlag, orderState, refundStatus } from "./statuses.ts";

/** Orders that are not paid for may have no time of a change. */
export const modifiedAt = (raw: RawRecord): Date => optionalMoment(raw, "modified") ?? moment(raw, "orderStartTime");

/**
 * An order as `jingdong.pop.order.enGet` tells it, in our words. `remarkFlag`, the colour of the remark, and `refunds`,
 * applications about an order still to be shipped, come of APIs of their own.
 * @throws PLATFORM_UNKNOWN_STATUS for a state no table has; PLATFORM_BAD_RECORD for a field that cannot be right
 */
export function readOrder(shopId: string, raw: RawRecord): PlatformOrder {
	const rawStatus = requiredText(raw, "orderState");
	const { status, flag } = orderState(rawStatus);
	const flags = readFlags(raw, flag);
	const paidFen = fen(raw, "orderPayment") + (optionalFen(raw, "balanceUsed") ?? 0);
	const freightFen = optionalFen(raw, "freightPrice") ?? 0;
	const lines = readLines(raw, paidFen - freightFen);
	const order: PlatformOrder = {
		platform: "jd",
		shopId,
		orderNo: requiredText(raw, "orderId"),
		status,
		rawStatus,
		flags,
		placedAt: moment(raw, "orderStartTime"),
		paidAt: optionalMoment(raw, "paymentConfirmTime"),
		modifiedAt: modifiedAt(raw),
		shipDeadline: null, // 京东 promises days by shop and region, and does not write them into the order
		buyer: { nick: text(raw, "pin"), openId: text(raw, "open_id_buyer") || text(raw, "xid_buyer") },
		receiver: readReceiver(part(raw, "consigneeInfo")),
		memo: {
			buyer: text(raw, "orderRemark"),
			seller: text(raw, "venderRemark"),
			flag: text(raw, "remarkFlag") === "" ? "" : memoFlag(text(raw, "remarkFlag")),
		},
		money: readMoney(raw, lines, freightFen, paidFen),
		lines,
		platformHolds: platformHolds(
			{ status, lines },
			{
				REFUND_APPLIED: flags.includes("locked"),
				RISK: status === "WAIT_SHIP" && notToShip.some((each) => flags.includes(each)),
			},
		),
	};
	checkMoney(order);
	return order;
}

/**
 * 京东 tells a line's price and its own discounts, but not what is paid for it: what remains of the order's discounts is
 * shared over the lines. It has no number of a line either; the SKU's stands for it, with a count where one SKU comes
 * twice (bought, and given as a gift).
 */
function readLines(raw: RawRecord, paidForGoodsFen: number): OrderLine[] {
	const items = rows(raw, "itemInfoList").map((item) => readItem(item));
	if (!items.length) fail("itemInfoList", "is empty");
	const coupons = rows(raw, "couponDetailList");
	const twins = items.map(({ skuId }, at) => items.slice(0, at).filter((other) => other.skuId === skuId).length);
	const nets = items.map(({ skuId, grossFen }, at) =>
		twins[at] ? grossFen : Math.max(0, grossFen - couponsOf(coupons, skuId)),
	);
	const shared = share(sum(nets) - paidForGoodsFen, nets);
	const { status } = orderState(requiredText(raw, "orderState"));
	return items.map(({ skuId, grossFen, ...item }, at) => {
		const paidFen = (nets[at] ?? 0) - (shared[at] ?? 0);
		if (paidFen < 0) fail("orderPayment", "is less than its lines and freight can be");
		const lineId = twins[at] ? `${skuId}:${twins[at] + 1}` : skuId;
		const discountFen = grossFen - paidFen;
		return { ...item, lineId, platformSkuId: skuId, discountFen, paidFen, status, refund: refundOf(raw, skuId) };
	});
}

type Item = Pick<OrderLine, "outerSku" | "title" | "spec" | "imageUrl" | "quantity" | "priceFen" | "gift">;

/** What a line says of itself. */
function readItem(item: RawRecord): Item & { skuId: string; grossFen: number } {
	const priceFen = fen(item, "jdPrice");
	const count = quantity(item, "itemTotal");
	return {
		skuId: requiredText(item, "skuId"),
		grossFen: priceFen * count,
		outerSku: text(item, "outerSkuId"),
		title: text(item, "skuName"), // name and attributes in one text
		spec: "",
		imageUrl: "",
		quantity: count,
		priceFen,
		gift: priceFen === 0,
	};
}

/**
 * Whether money of a line goes back. Applications about it tell; without them a locked order is asked to be paid back as
 * a whole, and a cancelled one that was paid has been.
 */
function refundOf(raw: RawRecord, skuId: string): OrderLine["refund"] {
	const { status, flag } = orderState(requiredText(raw, "orderState"));
	const refunds = rows(raw, "refunds");
	if (status === "CLOSED") return optionalMoment(raw, "paymentConfirmTime") ? "DONE" : "NONE";
	if (flag === "locked" && refunds.length === 0) return "APPLIED";
	const states = refunds
		.filter((refund) => isAbout(refund, skuId))
		.map((refund) => refundStatus(text(refund, "status")));
	if (states.includes("APPLIED") || states.includes("PLATFORM_HANDLING")) return "APPLIED";
	return states.includes("DONE") ? "DONE" : "NONE";
}

/** An application that names no SKU is about all of the order. */
function isAbout(refund: RawRecord, skuId: string): boolean {
	const skus = rows(refund, "skuVoList");
	return skus.length === 0 || skus.some((sku) => text(sku, "skuId") === skuId);
}

/** Discounts of one SKU. Those without a SKU are the order's. */
const couponsOf = (coupons: RawRecord[], skuId: string): number =>
	sum(coupons.filter((coupon) => text(coupon, "skuId") === skuId).map((coupon) => fen(coupon, "couponPrice")));

function readReceiver(consignee: RawRecord): Receiver {
	return maskedReceiver({
		name: text(consignee, "fullname"),
		phone: text(consignee, "mobile") || text(consignee, "telephone"),
		address: text(consignee, "fullAddress"),
		province: text(consignee, "province"),
		city: text(consignee, "city"),
		district: text(consignee, "county"),
		town: text(consignee, "town"),
		cipher: "",
		platformKey: text(consignee, "oaid"),
	});
}

/** What is sent from 京东's own warehouses, or used in a shop, must not be sent by the seller once more. */
const notToShip: readonly OrderFlag[] = ["locked", "forbid-consign", "virtual", "read-only"];

/** `flag`: that of the order's state. */
function readFlags(raw: RawRecord, flag: OrderFlag | undefined): OrderFlag[] {
	const isReplacement = !["", "0"].includes(text(raw, "returnOrder")); // sent again after a repair or an exchange
	return flagsOf({
		...(flag && { [flag]: true }),
		cod: /^1\b/.test(text(raw, "payType")),
		exchange: isReplacement,
		"read-only": text(raw, "orderType") === "75" || text(raw, "storeOrder").includes("京仓"),
	});
}

/** `sellerDiscount` is what the seller bears; the rest of all that was taken off, 京东 pays. */
function readMoney(raw: RawRecord, lines: OrderLine[], freightFen: number, paidFen: number): PlatformOrder["money"] {
	const offFen = goodsFenOf(lines) + freightFen - paidFen;
	const discountPlatformFen = Math.max(0, offFen - (optionalFen(raw, "sellerDiscount") ?? 0));
	return moneyOf(lines, { freightFen, paidFen, discountPlatformFen });
}
