import { carrierProblem } from "../carriers.ts";
import { byTheRules } from "../market-order.ts";
import { ship } from "../seller-actions.ts";
import type { Body } from "./body.ts";
import { orderOf, type SellerMethod } from "./call.ts";
import { carriers } from "./carriers.ts";
import { shippingRefused } from "./errors.ts";

/** `deliver_type`: what the shop sends by its own contract with a carrier, by one of the platform's, or without any. */
const withoutCarrier = 3;

/**
 * Parcels with what is in them, by the piece; each element is one. Those before one that is refused stay as sent.
 * Source: order/delivery/send.
 */
const send: SellerMethod = (call) => {
	const order = orderOf(call);
	const parcels = call.body
		.objects("delivery_list")
		.map((each) => ({ waybill: waybillOf(each), pieces: piecesOf(each) }));
	for (const { waybill, pieces } of parcels) {
		byTheRules(() => ship(call.market, order, pieces, waybill), shippingRefused);
	}
	return {};
};

function waybillOf(parcel: Body): { carrier: string; trackingNo: string } {
	const type = parcel.int("deliver_type", 1, 4);
	return type === withoutCarrier ? { carrier: "", trackingNo: "" } : parcelOf(parcel);
}

/** Carrier and number as they must be. */
export function parcelOf(body: Body): { carrier: string; trackingNo: string } {
	const parcel = { carrier: body.needed("delivery_id"), trackingNo: body.needed("waybill_id") };
	const problem = carrierProblem(carriers.find(({ id }) => id === parcel.carrier)?.id, parcel.trackingNo);
	if (problem) throw shippingRefused(problem);
	return parcel;
}

const piecesOf = (parcel: Body): { lineId: string; quantity: number }[] =>
	parcel.objects("product_infos").map((row) => ({
		lineId: `${row.id("product_id")}:${row.id("sku_id")}`,
		quantity: row.int("product_cnt", 1, 100_000),
	}));

/** Source: order/deliverycompanylist/get. */
const companies: SellerMethod = () => ({
	company_list: carriers.map(({ id, name }) => ({ delivery_id: id, delivery_name: name })),
});

export const shippingMethods: Readonly<Record<string, SellerMethod>> = {
	"/channels/ec/order/delivery/send": send,
	"/channels/ec/order/deliverycompanylist/get": companies,
};
