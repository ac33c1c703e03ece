/** Which of an order's lines are in a parcel that an ERP tells by its own SKUs. Pure. */
import { hubError } from "../../config/errors.ts";
import type { StoredLine } from "../order/order.ts";
import type { ErpParcel } from "./driver.ts";

export interface PlatformLine {
	lineId: string; // the platform's
	quantity: number;
}

/**
 * `gone`: what earlier parcels have of each line. A combo goes with the parcel that carries its first part, for a platform
 * knows of no parts. SKUs that the order does not have (what the ERP adds: a gift, a box) do not count.
 * @returns an empty list for the whole order; a parcel that names no lines is the whole order, or what is left of it
 * @throws INVALID when nothing in the parcel is a line of the order that is still to be sent
 */
export function parcelLines(
	lines: readonly Pick<StoredLine, "lineId" | "quantity" | "erpSku" | "parts">[],
	inParcel: ErpParcel["lines"],
	gone: ReadonlyMap<string, number>,
): PlatformLine[] {
	if (!inParcel.length) return rest(lines, gone);
	const left = new Map(inParcel.map(({ sku }) => [sku, 0]));
	for (const { sku, quantity } of inParcel) left.set(sku, (left.get(sku) ?? 0) + quantity);

	const found: PlatformLine[] = [];
	for (const { lineId, quantity: sold, erpSku, parts } of lines) {
		const [first] = parts;
		const sku = first?.erpSku ?? erpSku;
		const each = first ? first.quantity / sold : 1;
		const inThis = left.get(sku) ?? 0;
		const quantity = Math.min(sold - (gone.get(lineId) ?? 0), Math.floor(inThis / each));
		if (quantity < 1) continue;
		left.set(sku, inThis - quantity * each);
		found.push({ lineId, quantity });
	}
	if (found.length) return found;
	const skus = inParcel.map(({ sku }) => sku).join(", ");
	throw hubError("INVALID", `no line of the order is left for ${skus}`.slice(0, 300), { field: "lines" });
}

/** Nothing left: then the order went in several parcels, each told as the whole. */
function rest(
	lines: readonly Pick<StoredLine, "lineId" | "quantity">[],
	gone: ReadonlyMap<string, number>,
): PlatformLine[] {
	if (!gone.size) return [];
	return lines
		.map(({ lineId, quantity }) => ({ lineId, quantity: quantity - (gone.get(lineId) ?? 0) }))
		.filter(({ quantity }) => quantity > 0);
}
