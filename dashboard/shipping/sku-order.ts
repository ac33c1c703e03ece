/** Rows in the order in which a picker walks along the shelves. Pure. */
import type { OrderLineRow, OrderRow } from "../orders/order.ts";

const skusOf = ({ erpSku, outerSku, parts }: OrderLineRow): string[] =>
	parts.length ? parts.map((part) => part.erpSku) : [erpSku || outerSku];

/** The SKUs that an order is picked by, the first first. */
export const pickKey = ({ lines }: Pick<OrderRow, "lines">): string => lines.flatMap(skusOf).sort().join("\n");

/** Same goods stand together; what has the same goods stays in its order. `orderOf` null: it is not read yet, and stands last. */
export function bySku<Row>(rows: readonly Row[], orderOf: (row: Row) => Pick<OrderRow, "lines"> | null): Row[] {
	const keyed = rows.map((row) => {
		const order = orderOf(row);
		return { row, key: order && pickKey(order) };
	});
	keyed.sort((a, b) => {
		if (a.key === b.key) return 0;
		if (a.key === null || b.key === null) return a.key === null ? 1 : -1;
		return a.key < b.key ? -1 : 1;
	});
	return keyed.map(({ row }) => row);
}
