/** Which goods of an order are where: by product and SKU, since 微信 has no numbers for the lines of an order. */
import { hubError } from "../../../config/errors.ts";
import { optionalInteger, part, quantity, type RawRecord, requiredText, rows, text } from "../record.ts";
import { isAnswered } from "./statuses.ts";

/** A line's number: what identifies its goods to the platform. */
export const lineIdOf = (row: RawRecord): string => `${requiredText(row, "product_id")}:${requiredText(row, "sku_id")}`;

/** The other way round. A second line of the same goods carries a counter behind, see `order-reader.ts`. */
export function goodsOf(lineId: string): { product_id: string; sku_id: string } {
	const [product_id, sku_id] = lineId.split(":");
	if (!product_id || !sku_id) throw hubError("INVALID", "a line is not of this platform", { field: "lines" });
	return { product_id, sku_id };
}

interface SentGoods {
	deliveryId: string;
	trackingNo: string;
	lineId: string;
	quantity: number;
	at: number; // Unix seconds; 0 where it is not told
}

export const productRows = (order: RawRecord): RawRecord[] => rows(part(order, "order_detail"), "product_infos");

/** What is in the parcels the platform knows. */
export function sentGoods(order: RawRecord): SentGoods[] {
	const parcels = rows(part(part(order, "order_detail"), "delivery_info"), "delivery_product_info");
	return parcels.flatMap((parcel) =>
		rows(parcel, "product_infos").map((row) => ({
			deliveryId: text(parcel, "delivery_id"),
			trackingNo: text(parcel, "waybill_id"),
			lineId: lineIdOf(row),
			quantity: quantity(row, "product_cnt"),
			at: optionalInteger(parcel, "delivery_time") ?? 0,
		})),
	);
}

/**
 * How many of each line's goods may still be sent: neither sent, nor refunded, nor asked back. An after-sale that the seller
 * has refused counts as running until the buyer gives it up, but stops nothing.
 */
export function leftToShip(order: RawRecord): { lineId: string; quantity: number }[] {
	const aftersales = rows(part(order, "aftersale_detail"), "aftersale_order_list");
	const waits = aftersales.length === 0 || aftersales.some((each) => !isAnswered(text(each, "status")));
	const left = new Map<string, number>();
	const add = (lineId: string, pieces: number): void => {
		left.set(lineId, (left.get(lineId) ?? 0) + pieces);
	};
	for (const row of productRows(order)) {
		const asked = waits ? (optionalInteger(row, "on_aftersale_sku_cnt") ?? 0) : 0;
		const refunded = optionalInteger(row, "finish_aftersale_sku_cnt") ?? 0;
		add(lineIdOf(row), quantity(row, "sku_cnt") - asked - refunded);
	}
	for (const { lineId, quantity } of sentGoods(order)) add(lineId, -quantity);
	return [...left].filter(([, pieces]) => pieces > 0).map(([lineId, pieces]) => ({ lineId, quantity: pieces }));
}

/** "颜色:蓝色;尺码:XL" */
export const specOf = (row: RawRecord): string =>
	rows(row, "sku_attrs")
		.map((attr) => `${text(attr, "attr_key")}:${text(attr, "attr_value")}`)
		.join(";");
