import type { OrderLine, PlatformOrder, Receiver } from "../../order/order.ts";
import { flagsOf, type OrderFlag } from "../flags.ts";
import { platformHolds } from "../holds.ts";
import { maskedReceiver } from "../masked.ts";
import { checkMoney, moneyOf, share, sum } from "../money.ts";
import {
	fail,
	fen,
	optionalFen,
	optionalTime,
	part,
	quantity,
	type RawRecord,
	requiredText,
	rows,
	text,
	time,
} from "../record.ts";
import { ciphersOf, shownOf } from "./ciphers.ts";
import { lineRefund, memoFlag, type OrderState, orderState } from "./statuses.ts";

/**
 * An order as lists and pdd.order.information.get tell it alike, in our words. Amounts are yuan.
 * @throws PLATFORM_UNKNOWN_STATUS for a code no table has; PLATFORM_BAD_RECORD for a field that cannot be right and
 *   for money that does not add up
 */
export function readOrder(shopId: string, raw: RawRecord): PlatformOrder {
	const codes = {
		order: text(raw, "order_status"),
		confirm: requiredText(raw, "confirm_status"),
		group: text(raw, "group_status"),
		refund: requiredText(raw, "refund_status"),
		risk: text(raw, "risk_control_status"),
		tradeType: text(raw, "trade_type"),
		step: text(part(raw, "step_order_info"), "step_trade_status"),
	};
	const state = orderState(codes);
	const refund = lineRefund(codes.refund, text(raw, "after_sales_status"));
	const freightFen = (optionalFen(raw, "postage") ?? 0) + servicesFen(raw);
	const lines = readLines(raw, freightFen, state.status, refund);
	const order: PlatformOrder = {
		platform: "pdd",
		shopId,
		orderNo: requiredText(raw, "order_sn"),
		status: state.status,
		rawStatus: [codes.confirm, codes.group, codes.order, codes.refund].join("/"),
		flags: readFlags(raw, state),
		placedAt: time(raw, "created_time"),
		paidAt: optionalTime(raw, "pay_time"),
		modifiedAt: time(raw, "updated_at"),
		shipDeadline: optionalTime(raw, "last_ship_time"),
		buyer: { nick: "", openId: "" }, // the platform does not say who buys
		receiver: readReceiver(raw),
		memo: {
			buyer: text(raw, "buyer_memo"),
			seller: text(raw, "remark"),
			flag: memoFlag(text(raw, "remark_tag")),
		},
		money: moneyOf(lines, {
			freightFen,
			paidFen: fen(raw, "pay_amount"),
			discountPlatformFen: optionalFen(raw, "platform_discount") ?? 0,
		}),
		lines,
		platformHolds: platformHolds(
			{ status: state.status, lines },
			{ PRESALE_BALANCE: state.balanceOwed, RISK: state.inGroup || state.atRisk },
		),
	};
	checkMoney(order);
	return order;
}

/** What is known by the goods and their SKU: an order's lines have no numbers of their own. */
export const lineIdOf = (item: RawRecord): string => `${requiredText(item, "goods_id")}:${text(item, "sku_id") || "0"}`;

/** Normally one line, and gifts that come with it. */
function readLines(
	raw: RawRecord,
	freightFen: number,
	status: PlatformOrder["status"],
	refund: OrderLine["refund"],
): OrderLine[] {
	const items = rows(raw, "item_list");
	if (!items.length) fail("item_list", "is empty");
	const goodsFen = items.map((item) => fen(item, "goods_price") * quantity(item, "goods_count"));
	// `goods_amount` is after a change of price by the seller, the prices of the items are before it.
	const totalFen = (optionalFen(raw, "goods_amount") ?? sum(goodsFen)) - discountFen(raw, freightFen);
	const paid = share(totalFen, goodsFen);
	const bought = items.map((item, at) => readLine(item, paid[at] ?? 0, status, refund));
	const ids = new Set(bought.map(({ lineId }) => lineId));
	const gifts = rows(raw, "gift_list").map((gift) => {
		const line = readLine({ ...gift, goods_price: "0" }, 0, status, refund);
		return { ...line, gift: true, lineId: ids.has(line.lineId) ? `${line.lineId}:gift` : line.lineId };
	});
	return [...bought, ...gifts];
}

function readLine(
	item: RawRecord,
	paidFen: number,
	status: PlatformOrder["status"],
	refund: OrderLine["refund"],
): OrderLine {
	const priceFen = fen(item, "goods_price");
	const count = quantity(item, "goods_count");
	return {
		lineId: lineIdOf(item),
		platformSkuId: text(item, "sku_id"),
		outerSku: text(item, "outer_id") || text(item, "outer_goods_id"),
		title: text(item, "goods_name"),
		spec: text(item, "goods_spec"),
		imageUrl: text(item, "goods_img"),
		quantity: count,
		priceFen,
		discountFen: priceFen * count - paidFen,
		paidFen,
		gift: false,
		status,
		refund,
	};
}

/**
 * The platform's, the seller's and the group leader's discounts. Whether what deposits and the platform's own way of
 * paying take off is in there is not documented: it is taken off as well where only so the amounts make up what is paid.
 */
function discountFen(raw: RawRecord, freightFen: number): number {
	const listed = optionalFen(raw, "discount_amount") ?? 0;
	const goods = optionalFen(raw, "goods_amount");
	if (goods === null) return listed;
	const missing = goods - listed + freightFen - fen(raw, "pay_amount");
	const further = [
		optionalFen(raw, "duo_duo_pay_reduction") ?? 0,
		optionalFen(part(raw, "step_order_info"), "step_discount_amount") ?? 0,
	];
	return further.includes(missing) ? listed + missing : listed;
}

/** Delivery into the flat, mounting …: the buyer pays for them as for the postage. */
const servicesFen = (raw: RawRecord): number =>
	sum(rows(raw, "service_fee_detail").map((service) => optionalFen(service, "service_fee") ?? 0));

/** All of it is empty before payment, under review and after shipping: what was stored before then stays. */
function readReceiver(raw: RawRecord): Receiver {
	const { name, phone, address } = ciphersOf(raw);
	const shown = shownOf(raw);
	return maskedReceiver({
		name: shown.name,
		phone: shown.phone,
		address: shown.address,
		province: text(raw, "province"),
		city: text(raw, "city"),
		district: text(raw, "town"),
		town: "",
		cipher: name || phone || address ? JSON.stringify({ name, phone, address }) : "",
		platformKey: "",
	});
}

function readFlags(raw: RawRecord, { inGroup, atRisk }: OrderState): OrderFlag[] {
	return flagsOf({
		presale: text(raw, "trade_type") === "1" || text(raw, "is_pre_sale") === "1",
		group: inGroup,
		"risk-check": atRisk,
	});
}
