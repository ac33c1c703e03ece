import type { OrderStatus } from "./order.ts";

/** Which state may follow which. A platform may skip states between two pulls, never go back. */
const next: Readonly<Record<OrderStatus, readonly OrderStatus[]>> = {
	WAIT_PAY: ["WAIT_SHIP", "PART_SHIPPED", "SHIPPED", "COMPLETED", "CLOSED"],
	WAIT_SHIP: ["PART_SHIPPED", "SHIPPED", "COMPLETED", "CLOSED"],
	PART_SHIPPED: ["SHIPPED", "COMPLETED", "CLOSED"],
	SHIPPED: ["COMPLETED", "CLOSED"],
	COMPLETED: ["CLOSED"], // refunded after the sale was complete
	CLOSED: [],
};

export const mayMove = (from: OrderStatus, to: OrderStatus): boolean => from === to || next[from].includes(to);

/** States in which something can still be stopped from leaving the warehouse. */
export const notShipped = (status: OrderStatus): boolean =>
	status === "WAIT_PAY" || status === "WAIT_SHIP" || status === "PART_SHIPPED";
