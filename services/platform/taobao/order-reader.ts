import { fromBeijing } from "../../../config/beijing.ts";
import { hubError } from "../../../config/errors.ts";
import type { OrderLine, PlatformOrder, Receiver } from "../../order/order.ts";
import { flagsOf, type OrderFlag } from "../flags.ts";
import { platformHolds } from "../holds.ts";
import { maskedReceiver } from "../masked.ts";
import { checkMoney, moneyOf } from "../money.ts";
import {
	fen,
	optionalFen,
	optionalTime,
	quantity,
	type RawRecord,
	requiredText,
	text,
	time,
	wrappedList,
} from "../record.ts";
import { lineRefund } from "./aftersale-statuses.ts";
import { memoFlag } from "./memo.ts";
import { isBalanceOwed, orderStatus } from "./statuses.ts";

/**
 * A trade as `taobao.trade.fullinfo.get` tells it, in our words.
 * @throws PLATFORM_UNKNOWN_STATUS for a code no table has; PLATFORM_BAD_RECORD for a field that cannot be right and
 *   for money that does not add up.
 */
export function readOrder(shopId: string, trade: RawRecord): PlatformOrder {
	const rawStatus = requiredText(trade, "status");
	const balanceOwed = isBalanceOwed(text(trade, "step_trade_status"));
	const status = balanceOwed && orderStatus(rawStatus) !== "CLOSED" ? "WAIT_PAY" : orderStatus(rawStatus);
	const rows = wrappedList(trade, "orders", "order");
	if (!rows.length) throw hubError("PLATFORM_BAD_RECORD", "orders is empty", { field: "orders" });
	const freightFen = optionalFen(trade, "post_fee") ?? 0;
	const lines = rows.map((row) => readLine(row, rows.length === 1 ? freightFen : null));
	const flags = readFlags(trade, rawStatus);
	const order: PlatformOrder = {
		platform: "taobao",
		shopId,
		orderNo: tradeId(trade),
		status,
		rawStatus,
		flags,
		placedAt: time(trade, "created"),
		paidAt: optionalTime(trade, "pay_time"),
		modifiedAt: time(trade, "modified"),
		shipDeadline: fromBeijing(text(trade, "est_con_time")), // free text ("within 48 hours") where it is no time
		buyer: { nick: text(trade, "buyer_nick"), openId: text(trade, "buyer_open_uid") },
		receiver: readReceiver(trade),
		memo: {
			buyer: text(trade, "buyer_message"),
			seller: text(trade, "seller_memo"),
			flag: memoFlag(text(trade, "seller_flag")),
		},
		// 淘宝 does not say which part of a discount it pays itself, so all of it counts as the seller's.
		money: moneyOf(lines, { freightFen, paidFen: fen(trade, "payment"), discountPlatformFen: 0 }),
		lines,
		platformHolds: platformHolds(
			{ status, lines },
			{ PRESALE_BALANCE: balanceOwed, RISK: flags.includes("forbid-consign") },
		),
	};
	checkMoney(order, unpaidLines(rows));
	return order;
}

/** `tid` is a JSON number of 19 digits; `tid_str` is the same as text. */
export const tradeId = (trade: RawRecord): string => text(trade, "tid_str") || requiredText(trade, "tid");

/** The same of a line. */
export const lineId = (row: RawRecord): string => text(row, "oid_str") || requiredText(row, "oid");

/** Lines closed before payment are no longer in the trade's payment, though they are still listed. */
const unpaidLines = (rows: RawRecord[]): number[] =>
	rows.flatMap((row, at) => (row.status === "TRADE_CLOSED_BY_TAOBAO" ? [at] : []));

/** `singleLineFreightFen`: in trades of one line `payment` holds the postage; null where there are several lines. */
function readLine(row: RawRecord, singleLineFreightFen: number | null): OrderLine {
	const priceFen = fen(row, "price");
	const count = quantity(row, "num");
	const paidFen = optionalFen(row, "divide_order_fee") ?? undividedFen(row, singleLineFreightFen);
	return {
		lineId: lineId(row),
		platformSkuId: text(row, "sku_id"),
		outerSku: text(row, "outer_sku_id") || text(row, "outer_iid"), // goods without SKUs carry the code themselves
		title: text(row, "title"),
		spec: text(row, "sku_properties_name"),
		imageUrl: text(row, "pic_path"),
		quantity: count,
		priceFen,
		discountFen: priceFen * count - paidFen, // below 0 where the seller raised the price by hand
		paidFen,
		gift: priceFen === 0,
		status: orderStatus(requiredText(row, "status")),
		refund: lineRefund(text(row, "refund_status")),
	};
}

/** What a line costs where the platform did not divide: its payment, less postage or its share of order discounts. */
function undividedFen(row: RawRecord, singleLineFreightFen: number | null): number {
	const payment = fen(row, "payment");
	if (singleLineFreightFen !== null) return payment - singleLineFreightFen;
	return payment - (optionalFen(row, "part_mjz_discount") ?? 0);
}

function readReceiver(trade: RawRecord): Receiver {
	return maskedReceiver({
		name: text(trade, "receiver_name"),
		phone: text(trade, "receiver_mobile") || text(trade, "receiver_phone"),
		address: text(trade, "receiver_address"),
		province: text(trade, "receiver_state"),
		city: text(trade, "receiver_city"), // empty for county-level cities, which stand in the district
		district: text(trade, "receiver_district"),
		town: text(trade, "receiver_town"),
		cipher: "", // 淘宝 gives a key only
		platformKey: text(trade, "oaid"),
	});
}

function readFlags(trade: RawRecord, rawStatus: string): OrderFlag[] {
	return flagsOf({
		presale: text(trade, "type") === "step" || text(trade, "step_trade_status") !== "",
		cod: text(trade, "type") === "cod",
		virtual: text(trade, "shipping_type") === "virtual",
		"forbid-consign": rawStatus === "PAID_FORBID_CONSIGN", // a group that is not full yet, or under review
	});
}
