import type { OrderStatus } from "../../order/order.ts";
import { lookUp } from "../table.ts";

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

export const orderStatus = (code: string): OrderStatus => lookUp(orderStatuses, "status", code);
export const isBalanceOwed = (code: string): boolean =>
	code === "" ? false : lookUp(balanceOwed, "step_trade_status", code);
