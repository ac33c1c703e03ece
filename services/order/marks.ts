/** What operators filter orders by that stands in no field of its own: worked out whenever an order is stored. */
import type { Order } from "./order.ts";

export const marks = ["SELLER_MEMO", "BUYER_MEMO", "SEVERAL_GOODS", "REFUND_APPLIED", "REFUND_DONE"] as const;
export type Mark = (typeof marks)[number];

/** REFUND_… of any of its lines. */
export function marksOf({ memo, lines }: Pick<Order, "memo" | "lines">): Mark[] {
	const has: Readonly<Record<Mark, boolean>> = {
		SELLER_MEMO: memo.seller.trim() !== "",
		BUYER_MEMO: memo.buyer.trim() !== "",
		SEVERAL_GOODS: lines.length > 1 || lines.some(({ quantity }) => quantity > 1),
		REFUND_APPLIED: lines.some(({ refund }) => refund === "APPLIED"),
		REFUND_DONE: lines.some(({ refund }) => refund === "DONE"),
	};
	return marks.filter((mark) => has[mark]);
}
