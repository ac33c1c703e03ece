import type { OrderLine, OrderStatus, PlatformOrder, Receiver } from "../../order/order.ts";
import { flagsOf, type OrderFlag } from "../flags.ts";
import { platformHolds } from "../holds.ts";
import { maskedReceiver } from "../masked.ts";
import { checkMoney, moneyOf } from "../money.ts";
import {
	epochMs,
	optionalEpochMs,
	optionalInteger,
	optionalWholeFen,
	part,
	quantity,
	type RawRecord,
	requiredText,
	rows,
	text,
	texts,
	wholeFen,
} from "../record.ts";
import { orderModifiedAt, orderNo } from "./orders.ts";
import { lineRefund, memoFlag, orderStatus } from "./statuses.ts";

/**
 * An order as `open.order.detail` tells it, in our words. One order is one SKU; gifts that come with it stand in
 * `subOrderInfo`.
 * @throws PLATFORM_UNKNOWN_STATUS for a code no table has; PLATFORM_BAD_RECORD for a field that cannot be right
 */
export function readOrder(shopId: string, raw: RawRecord): PlatformOrder {
	const base = part(raw, "orderBaseInfo");
	const lines = [mainLine(raw, base), ...rows(raw, "subOrderInfo").map(giftLine)];
	const status = statusOf(lines);
	const flags = readFlags(raw, base);
	const order: PlatformOrder = {
		platform: "kuaishou",
		shopId,
		orderNo: orderNo(raw),
		status,
		rawStatus: text(base, "status"),
		flags,
		placedAt: epochMs(base, "createTime"),
		paidAt: optionalEpochMs(base, "payTime"),
		modifiedAt: orderModifiedAt(raw),
		shipDeadline: optionalEpochMs(base, "validPromiseShipmentTimeStamp"),
		buyer: { nick: text(base, "buyerNick"), openId: text(base, "buyerOpenId") },
		receiver: readReceiver(part(raw, "orderAddress")),
		memo: { buyer: text(base, "remark"), ...sellerMemo(part(raw, "orderNote")) },
		money: readMoney(base, lines),
		lines,
		platformHolds: platformHolds(
			{ status, lines },
			{ PRESALE_BALANCE: owesBalance(raw, status), RISK: blocking.some((flag) => flags.includes(flag)) },
		),
	};
	checkMoney(order);
	return order;
}

/** Why the platform does not let an order be shipped yet. */
const blocking: readonly OrderFlag[] = ["group", "risk-check", "forbid-consign"];

/** `totalFee` is what the buyer pays for the goods of this order, all discounts taken off, without the freight. */
function mainLine(raw: RawRecord, base: RawRecord): OrderLine {
	const item = part(raw, "orderItemInfo");
	const count = quantity(item, "num");
	const priceFen = wholeFen(item, "price");
	const paidFen = wholeFen(base, "totalFee");
	return {
		...readItem(item),
		lineId: orderNo(raw),
		quantity: count,
		priceFen,
		discountFen: priceFen * count - paidFen,
		paidFen,
		gift: false,
		status: orderStatus(requiredText(base, "status"), delivered(part(raw, "orderDeliveryInfo")), count),
		refund: readRefund(rows(raw, "orderRefundList")),
	};
}

function giftLine(gift: RawRecord): OrderLine {
	const base = part(gift, "subOrderBaseInfo");
	const item = part(gift, "subOrderItemInfo");
	const count = quantity(item, "num");
	return {
		...readItem(item),
		lineId: requiredText(base, "oid"),
		quantity: count,
		priceFen: 0,
		discountFen: 0,
		paidFen: 0,
		gift: true,
		status: orderStatus(requiredText(base, "status"), delivered(part(gift, "subOrderDeliveryInfo")), count),
		refund: "NONE",
	};
}

const readItem = (item: RawRecord): Pick<OrderLine, "platformSkuId" | "outerSku" | "title" | "spec" | "imageUrl"> => ({
	platformSkuId: text(item, "skuId"),
	outerSku: text(item, "skuNick"),
	title: text(item, "itemTitle"),
	spec: text(item, "skuDesc"),
	imageUrl: text(item, "itemPicUrl"),
});

/** Pieces that are on their way or there. */
const delivered = (info: RawRecord): number => optionalInteger(info, "deliveryNum") ?? 0;

/** The goods' own status, but part of it while a gift is still here. */
function statusOf([main, ...gifts]: OrderLine[]): OrderStatus {
	const status = main?.status ?? "WAIT_SHIP";
	const waiting = gifts.some((gift) => gift.status === "WAIT_SHIP" || gift.status === "PART_SHIPPED");
	const sent = gifts.some((gift) => gift.status === "SHIPPED");
	if (status === "SHIPPED" && waiting) return "PART_SHIPPED";
	return status === "WAIT_SHIP" && sent ? "PART_SHIPPED" : status;
}

/** Newest first; an open one counts, whatever came of the others. */
function readRefund(refunds: RawRecord[]): OrderLine["refund"] {
	const states = refunds.map((refund) => lineRefund(requiredText(refund, "refundStatus")));
	return states.find((state) => state === "APPLIED") ?? states.find((state) => state === "DONE") ?? "NONE";
}

/** Masked texts and ciphertexts; the ciphertexts are empty while the platform forbids to ship. */
function readReceiver(address: RawRecord): Receiver {
	const cipher = {
		name: text(address, "encryptedConsignee"),
		phone: text(address, "encryptedMobile"),
		address: text(address, "encryptedAddress"),
	};
	return maskedReceiver({
		name: text(address, "desensitiseConsignee"),
		phone: text(address, "desensitiseMobile"),
		address: text(address, "desensitiseAddress"),
		province: text(address, "province"),
		city: text(address, "city"),
		district: text(address, "district"),
		town: text(address, "town"),
		cipher: cipher.name && cipher.phone && cipher.address ? JSON.stringify(cipher) : "",
		platformKey: "",
	});
}

/** Notes are a history, the newest first: it is the one in force. */
function sellerMemo(notes: RawRecord): Pick<PlatformOrder["memo"], "seller" | "flag"> {
	const [newest = {}] = rows(notes, "orderNoteInfo");
	return { seller: text(newest, "note"), flag: memoFlag(text(newest, "flagTagCode")) };
}

function readFlags(raw: RawRecord, base: RawRecord): OrderFlag[] {
	const forbidden = texts(base, "disableDeliveryReasonCode");
	return flagsOf({
		presale: isSet(base, "preSale") || isDepositPresale(raw),
		virtual: isSet(base, "coType"), // top-ups, vouchers and the like, by kind
		group: forbidden.includes("1"),
		"risk-check": forbidden.includes("2") || text(base, "riskCode") === "10001",
		"forbid-consign": forbidden.some((code) => code !== "1" && code !== "2"),
	});
}

const isSet = (record: RawRecord, field: string): boolean => !["", "0", "false"].includes(text(record, field));

const isDepositPresale = (raw: RawRecord): boolean => rows(part(raw, "orderStepInfo"), "orderPaymentSteps").length > 0;

/** What its payment steps are is in no documentation; that one is owed is told by the order's own status. */
const owesBalance = (raw: RawRecord, status: OrderStatus): boolean => status === "WAIT_PAY" && isDepositPresale(raw);

/** Which part of a discount the platform bears is not told, so all of it counts as the seller's. */
function readMoney(base: RawRecord, lines: OrderLine[]): PlatformOrder["money"] {
	const freightFen = optionalWholeFen(base, "expressFee") ?? 0;
	const paidFen = wholeFen(base, "totalFee") + freightFen;
	return moneyOf(lines, { freightFen, paidFen, discountPlatformFen: 0 });
}
