import { hubError } from "../../../config/errors.ts";
import type { OrderLine, OrderStatus } from "../../order/order.ts";

/**
 * `status` of trades and of their lines -> ours. Source: taobao.trade.fullinfo.get.
 * A code not listed is an error, never a default.
 */
const orderStatuses: Readonly<Record<string, OrderStatus>> = {
	TRADE_NO_CREATE_PAY: "WAIT_PAY",
	WAIT_BUYER_PAY: "WAIT_PAY",
	PAY_PENDING: "WAIT_PAY",
	WAIT_PRE_AUTH_CONFIRM: "WAIT_PAY",
	WAIT_SELLER_SEND_GOODS: "WAIT_SHIP",
	PAID_FORBID_CONSIGN: "WAIT_SHIP", // paid, but held by the platform: the reader adds the hold
	SELLER_CONSIGNED_PART: "PART_SHIPPED",
	WAIT_BUYER_CONFIRM_GOODS: "SHIPPED",
	TRADE_BUYER_SIGNED: "SHIPPED", // cash on delivery, signed for
	TRADE_FINISHED: "COMPLETED",
	TRADE_CLOSED: "CLOSED", // after payment
	TRADE_CLOSED_BY_TAOBAO: "CLOSED", // before payment
};

/** `step_trade_status` of presale trades: whether the balance is still owed. */
const balanceOwed: Readonly<Record<string, boolean>> = {
	FRONT_NOPAID_FINAL_NOPAID: true,
	FRONT_PAID_FINAL_NOPAID: true, // the deposit is paid
	FRONT_PAID_FINAL_PAID: false,
};

/** A line's `refund_status` -> whether money is, or may yet be, going back. Source: taobao.refund.get, status. */
const lineRefunds: Readonly<Record<string, OrderLine["refund"]>> = {
	"": "NONE",
	NO_REFUND: "NONE",
	WAIT_SELLER_AGREE: "APPLIED",
	SELLER_REFUSE_BUYER: "APPLIED", // refused, but the buyer may change the claim or call the platform in
	WAIT_BUYER_RETURN_GOODS: "APPLIED",
	WAIT_SELLER_CONFIRM_GOODS: "APPLIED",
	WAIT_SELLER_CONSIGN_GOODS: "APPLIED",
	WAIT_BUYER_CONFIRM_EXCHANGE_SELLER_SEND_GOODS: "APPLIED",
	EXCHANGE_TRANSFORM_TO_REFUND: "APPLIED",
	SUCCESS: "DONE",
	CLOSED: "NONE", // withdrawn
};

export const orderStatus = (code: string): OrderStatus => lookUp(orderStatuses, "status", code);
export const isBalanceOwed = (code: string): boolean =>
	code === "" ? false : lookUp(balanceOwed, "step_trade_status", code);
export const lineRefund = (code: string): OrderLine["refund"] => lookUp(lineRefunds, "refund_status", code);

function lookUp<T>(table: Readonly<Record<string, T>>, field: string, code: string): T {
	const known = Object.hasOwn(table, code) ? table[code] : undefined;
	if (known === undefined) throw hubError("PLATFORM_UNKNOWN_STATUS", `${field} ${code.slice(0, 60)}`, { field });
	return known;
}
