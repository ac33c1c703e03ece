import { carrierProblem } from "../carriers.ts";
import { byTheRules, type LineQuantity, type MarketOrder } from "../market-order.ts";
import { addParcel, leftOf, ship } from "../seller-actions.ts";
import type { Arguments } from "./arguments.ts";
import { done, lineOfOne, type Method, orderOf, post, type SellerCall } from "./call.ts";
import { carriers } from "./carriers.ts";
import type { Payload } from "./envelope.ts";
import { invalid, shippingRefused } from "./errors.ts";

interface ParcelWish {
	carrier: string; // the platform's code
	trackingNo: string;
}

/** All of an order of which nothing is shipped yet. Source: open.seller.order.goods.deliver. */
function deliver(call: SellerCall): Payload {
	const order = orderOf(call, "orderId");
	const parcel = parcelOf(call.args);
	if (lineOfOne(order).shippedQty > 0) throw shippingRefused("ALREADY_SHIPPED");
	byTheRules(() => ship(call.market, order, null, parcel), shippingRefused);
	return done;
}

/** Pieces of an order, in one parcel or several: all of them or none. Source: open.order.goods.split.deliver. */
function splitDeliver(call: SellerCall): Payload {
	const order = orderOf(call, "mainOrderId");
	const parcels = call.args.list("deliveryItemInfoList", 10).map((item) => ({
		parcel: parcelOf(item),
		pieces: item.list("deliveryGoodsInfoList", 50).map((goods) => pieceOf(order, goods)),
	}));
	const wanted = parcels.flatMap(({ pieces }) => pieces).reduce((sum, { quantity }) => sum + quantity, 0);
	if (wanted > leftOf(lineOfOne(order)) && order.status !== "WAIT_PAY") throw shippingRefused("ALREADY_SHIPPED");
	byTheRules(() => {
		for (const { parcel, pieces } of parcels) ship(call.market, order, pieces, parcel);
	}, shippingRefused);
	return done;
}

function pieceOf({ platformOrderId }: MarketOrder, goods: Arguments): LineQuantity {
	const lineId = goods.id("oid");
	if (lineId !== platformOrderId) throw shippingRefused("NO_SUCH_LINE");
	return { lineId, quantity: goods.int("deliveryNum", 1, 100_000) };
}

/** One more parcel of an order that is shipped. Source: open.seller.order.goods.logistics.append. */
function append(call: SellerCall): Payload {
	const order = orderOf(call, "oid");
	const parcel = parcelOf(call.args);
	if (order.parcels.length >= 10) throw invalid("expressNo", "包裹数已达上限");
	if (leftOf(lineOfOne(order)) > 0) throw shippingRefused("NOTHING_SHIPPED");
	byTheRules(() => addParcel(call.market, order, parcel), shippingRefused);
	return done;
}

/** The company is a whole number here, a text in electronic waybills. */
export function parcelOf(args: Arguments): ParcelWish {
	const code = args.int("expressCode", 0, 100_000);
	const trackingNo = args.words("expressNo");
	const problem = carrierProblem(carriers.find((each) => each.code === code)?.ebill, trackingNo);
	if (problem) throw shippingRefused(problem);
	return { carrier: String(code), trackingNo };
}

export const shippingMethods: Readonly<Record<string, Method>> = {
	"open.seller.order.goods.deliver": post(deliver),
	"open.order.goods.split.deliver": post(splitDeliver),
	"open.seller.order.goods.logistics.append": post(append),
};
