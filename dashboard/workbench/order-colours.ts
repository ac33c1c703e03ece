/** What the colours of an order's states are. */
import type { ErpState, OrderStatus } from "../../services/order/order.ts";
import type { Colour } from "../colours.ts";

export const statusColours: Readonly<Record<OrderStatus, Colour>> = {
	WAIT_PAY: "grey",
	WAIT_SHIP: "blue",
	PART_SHIPPED: "blue",
	SHIPPED: "green",
	COMPLETED: "green",
	CLOSED: "grey",
};

export const erpColours: Readonly<Record<ErpState, Colour>> = {
	NONE: "grey",
	SENDING: "blue",
	OK: "green",
	REJECTED: "red",
	IN_DOUBT: "purple",
	PARKED: "red",
	CANCELLED: "grey",
};
