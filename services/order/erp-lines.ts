/** The lines of an order as the ERP gets them: a combo as its parts, the money split to the fen. */
import { share } from "../platform/money.ts";
import type { MatchedPart } from "../sku/sku-link.ts";
import type { ErpLine, LinePart, Order, OrderLine, StoredLine } from "./order.ts";

/**
 * The parts of a line. What was paid, and what the goods cost, is shared by the number of pieces, what rounding leaves
 * by largest remainder: the parts' `paidFen` add up to the line's. A price is in whole fen, so it is the next above
 * where a share does not divide by its pieces, and `discountFen` makes up for it:
 * paidFen = priceFen * quantity - discountFen holds for each part as it does for each line.
 */
export function splitLine(line: OrderLine, pieces: readonly MatchedPart[]): LinePart[] {
	const weights = pieces.map(({ quantity }) => quantity);
	const goods = share(line.priceFen * line.quantity, weights);
	const paid = share(line.paidFen, weights);
	return pieces.map(({ erpSku, erpUnit, quantity: each }, at) => {
		const quantity = each * line.quantity;
		const paidFen = paid[at] ?? 0;
		const priceFen = Math.ceil(Math.max(goods[at] ?? 0, paidFen) / quantity);
		return { erpSku, erpUnit, quantity, priceFen, discountFen: priceFen * quantity - paidFen, paidFen };
	});
}

/** The order as flows get it: mappings read `order.erpLines`. Derived, never stored. */
export const withErpLines = <T extends Pick<Order, "lines">>(order: T): T & { erpLines: ErpLine[] } => ({
	...order,
	erpLines: erpLines(order),
});

/** Every line of the order, those of several parts expanded. Pure. */
export const erpLines = ({ lines }: Pick<Order, "lines">): ErpLine[] => lines.flatMap(erpLinesOf);

function erpLinesOf({ parts, ...line }: StoredLine): ErpLine[] {
	if (!parts.length) return [{ ...line, lineNo: line.lineId, comboOf: "" }];
	const comboOf = line.outerSku || line.platformSkuId;
	return parts.map((part, at) => ({ ...line, ...part, lineNo: `${line.lineId}-${at + 1}`, comboOf }));
}
