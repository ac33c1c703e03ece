import { type HoldReason, holdReasons, type PlatformOrder } from "../order/order.ts";

/**
 * The holds that follow from the platform's own state. Nothing holds an order that is over; everywhere an open refund of
 * a line does. `told`: what else the platform tells, REFUND_APPLIED where it tells of a refund elsewhere than in a line.
 */
export function platformHolds(
	{ status, lines }: Pick<PlatformOrder, "status" | "lines">,
	told: Readonly<Partial<Record<HoldReason, boolean>>>,
): HoldReason[] {
	if (status === "CLOSED" || status === "COMPLETED") return [];
	const refundApplied = told.REFUND_APPLIED || lines.some(({ refund }) => refund === "APPLIED");
	const held = { ...told, REFUND_APPLIED: refundApplied };
	return holdReasons.filter((reason) => held[reason]);
}
