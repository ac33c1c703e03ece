import { hubError } from "../../../config/errors.ts";
import type { ShipCall, Shipping } from "../adapter.ts";
import type { JsonObject } from "../json-text.ts";
import type { Steps } from "../steps.ts";
import { ourCarrier, platformCarrier } from "../table.ts";
import { carriers } from "./carriers.ts";
import { goodsOf, leftToShip, sentGoods } from "./lines.ts";
import { getOrder } from "./orders.ts";
import { writes } from "./request.ts";

const sendPath = "/channels/ec/order/delivery/send";
/** `deliver_type` */
const ownExpress = 1;
const nothingToCarry = 3;

/**
 * A parcel is told with all that is in it, by the piece; the next parcel of the order is another call. One piece cannot
 * be in two parcels, so all that is left is looked up first. Source: order/delivery/send.
 */
export const shipping: Shipping = {
	parts: "quantities",
	manyParcels: true,
	carriers,
	*ship(call) {
		const parcel = parcelOf(call); // a carrier the platform does not have is found out before anything is asked
		const lines = call.lines.length > 0 ? call.lines : yield* allLeft(call.orderNo);
		const goods = lines.map((line): JsonObject => ({ ...goodsOf(line.lineId), product_cnt: line.quantity }));
		yield* writes(sendPath, { order_id: call.orderNo, delivery_list: [{ ...parcel, product_infos: goods }] });
	},
	shippedLines: (raw) =>
		sentGoods(raw).map(({ deliveryId, trackingNo, lineId }) => ({
			carrier: ourCarrier(carriers, deliveryId),
			trackingNo,
			lineId,
		})),
};

function parcelOf({ carrier, trackingNo }: ShipCall): JsonObject {
	if (carrier === "NONE") return { deliver_type: nothingToCarry };
	return { deliver_type: ownExpress, delivery_id: platformCarrier(carriers, carrier), waybill_id: trackingNo };
}

function* allLeft(orderNo: string): Steps<ShipCall["lines"]> {
	const left = leftToShip(yield* getOrder(orderNo));
	if (left.length === 0) throw hubError("PLATFORM_REFUSED", "nothing of the order is left to ship", { orderNo });
	return left;
}
