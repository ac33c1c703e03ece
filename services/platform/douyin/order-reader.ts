import type { OrderLine, PlatformOrder, Receiver } from "../../order/order.ts";
import { flagsOf, type OrderFlag } from "../flags.ts";
import { platformHolds } from "../holds.ts";
import { maskedReceiver } from "../masked.ts";
import { checkMoney, moneyOf, share, sum } from "../money.ts";
import {
	epochSec,
	fail,
	optionalEpochSec,
	optionalWholeFen,
	part,
	quantity,
	type RawRecord,
	requiredText,
	rows,
	text,
	wholeFen,
} from "../record.ts";
import { balanceOwed, lineRefund, memoFlag, statusOf, underCheck } from "./statuses.ts";

/**
 * An order as `order.orderDetail` and `order.searchList` tell it, in our words.
 * @throws PLATFORM_UNKNOWN_STATUS for a code no table has; PLATFORM_BAD_RECORD for a field that cannot be right and
 *   for money that does not add up
 */
export function readOrder(shopId: string, raw: RawRecord): PlatformOrder {
	const rawStatus = requiredText(raw, "order_status");
	const status = statusOf(rawStatus, text(raw, "main_status"));
	const lines = readLines(raw);
	const flags = readFlags(raw, status);
	const order: PlatformOrder = {
		platform: "douyin",
		shopId,
		orderNo: requiredText(raw, "order_id"),
		status,
		rawStatus: text(raw, "main_status") === "" ? rawStatus : `${rawStatus}/${text(raw, "main_status")}`,
		flags,
		placedAt: epochSec(raw, "create_time"),
		paidAt: optionalEpochSec(raw, "pay_time"),
		modifiedAt: epochSec(raw, "update_time"),
		shipDeadline: optionalEpochSec(raw, "exp_ship_time"),
		buyer: { nick: "", openId: text(raw, "doudian_open_id") || text(raw, "open_id") },
		receiver: readReceiver(raw),
		memo: {
			buyer: text(raw, "buyer_words"),
			seller: text(raw, "seller_words"),
			flag: memoFlag(text(raw, "seller_remark_stars")),
		},
		money: readMoney(raw, lines),
		lines,
		platformHolds: platformHolds(
			{ status, lines },
			{ PRESALE_BALANCE: balanceOwed(text(raw, "main_status")), RISK: flags.includes("risk-check") },
		),
	};
	checkMoney(order);
	return order;
}

function readLines(raw: RawRecord): OrderLine[] {
	const subOrders = rows(raw, "sku_order_list");
	if (subOrders.length === 0) fail("sku_order_list", "is empty");
	const paid = paidWithoutFreight(raw, subOrders);
	return subOrders.map((subOrder, at) => readLine(subOrder, paid[at] ?? 0));
}

/**
 * What was paid for each line. `pay_amount` of a line holds its part of the freight, which stands in its `post_amount`
 * (or, where the platform did not share it, in the order's alone); where the lines make up the order's payment only
 * together with the freight, they hold none.
 */
function paidWithoutFreight(raw: RawRecord, subOrders: RawRecord[]): number[] {
	const freightFen = optionalWholeFen(raw, "post_amount") ?? 0;
	const paid = subOrders.map((subOrder) => wholeFen(subOrder, "pay_amount"));
	if (freightFen === 0 || sum(paid) + freightFen === wholeFen(raw, "pay_amount")) return paid;
	const told = subOrders.map((subOrder) => optionalWholeFen(subOrder, "post_amount") ?? 0);
	const freight = sum(told) === freightFen ? told : share(freightFen, paid);
	return paid.map((fen, at) => fen - (freight[at] ?? 0));
}

function readLine(subOrder: RawRecord, paidFen: number): OrderLine {
	const gift = text(subOrder, "given_product_type") === "FREE";
	const count = quantity(subOrder, "item_num");
	const priceFen = gift && paidFen === 0 ? 0 : wholeFen(subOrder, "origin_amount");
	const aftersale = part(subOrder, "after_sale_info");
	return {
		lineId: requiredText(subOrder, "order_id"),
		platformSkuId: text(subOrder, "sku_id"),
		outerSku: text(subOrder, "code") || merchantNumber(text(subOrder, "out_sku_id")),
		title: text(subOrder, "product_name"),
		spec: rows(subOrder, "spec")
			.map((spec) => `${text(spec, "name")}:${text(spec, "value")}`)
			.join(";"),
		imageUrl: text(subOrder, "product_pic"),
		quantity: count,
		priceFen,
		discountFen: priceFen * count - paidFen, // below 0 where the seller raised the price by hand
		paidFen,
		gift,
		status: statusOf(requiredText(subOrder, "order_status"), text(subOrder, "main_status")),
		refund: lineRefund(
			text(aftersale, "after_sale_status"),
			text(aftersale, "after_sale_type"),
			text(aftersale, "refund_status"),
		),
	};
}

/** 0 stands for a number that the seller did not give. */
const merchantNumber = (number: string): string => (number === "0" ? "" : number);

/** Regions are the same in both addresses; `town` is the district, `street` the town. */
function readReceiver(raw: RawRecord): Receiver {
	const plain = part(raw, "post_addr");
	const masked = part(raw, "mask_post_addr");
	const region = (level: string): string => text(part(masked, level), "name") || text(part(plain, level), "name");
	return maskedReceiver({
		name: text(raw, "mask_post_receiver") || text(raw, "post_receiver"),
		phone: text(raw, "mask_post_tel") || text(raw, "post_tel"),
		address: text(masked, "detail") || text(plain, "detail"),
		province: region("province"),
		city: region("city"),
		district: region("town"),
		town: region("street"),
		cipher: cipherOf(raw),
		platformKey: "", // 抖店 gives ciphertext only
	});
}

/** The three ciphertexts of a receiver. "" each where the platform blanked them. */
export const ciphersOf = (raw: RawRecord): { name: string; phone: string; address: string } => ({
	name: text(raw, "encrypt_post_receiver"),
	phone: text(raw, "encrypt_post_tel"),
	address: text(part(raw, "post_addr"), "encrypt_detail"),
});

function cipherOf(raw: RawRecord): string {
	const ciphers = ciphersOf(raw);
	return Object.values(ciphers).some(Boolean) ? JSON.stringify(ciphers) : "";
}

const virtualTypes: ReadonlySet<string> = new Set(["2", "4", "5"]); // virtual goods, e-coupons, redeemed elsewhere

function readFlags(raw: RawRecord, status: PlatformOrder["status"]): OrderFlag[] {
	const presale = rows(raw, "sku_order_list").some((line) => !["", "0"].includes(text(line, "pre_sale_type")));
	return flagsOf({
		presale: presale || rows(raw, "order_phase_list").length > 0,
		cod: text(raw, "pay_type") === "0" && status !== "WAIT_PAY", // 0, too, of an order nobody paid yet
		virtual: virtualTypes.has(text(raw, "order_type")),
		"risk-check": underCheck(text(raw, "order_status")),
	});
}

/**
 * What platform and authors (达人) bear is paid to the seller. Where the bearers are not told, discounts count as borne
 * by those who gave them.
 */
function readMoney(raw: RawRecord, lines: OrderLine[]): PlatformOrder["money"] {
	const freightFen = optionalWholeFen(raw, "post_amount") ?? 0;
	const given = ["promotion_platform_amount", "promotion_talent_amount"];
	const discountPlatformFen =
		optionalWholeFen(raw, "platform_cost_amount") ?? sum(given.map((field) => optionalWholeFen(raw, field) ?? 0));
	return moneyOf(lines, { freightFen, paidFen: wholeFen(raw, "pay_amount"), discountPlatformFen });
}
