import type { ShipCall, ShippedLine, Shipping } from "../adapter.ts";
import { refusedBy } from "../answer.ts";
import { idNumber, jsonText } from "../json-text.ts";
import { type RawRecord, rows, text } from "../record.ts";
import type { Steps } from "../steps.ts";
import { ourCarrier, platformCarrier } from "../table.ts";
import { mustBeTrue } from "./answer.ts";
import { reads, writes } from "./call.ts";
import { logisticsIds } from "./carriers.ts";
import { lineIdOf } from "./order-reader.ts";

const refundMethod = "pdd.refund.status.check";
const sendMethod = "pdd.logistics.online.send";
const extraMethod = "pdd.order.upload.extra.logistics";

/** The first parcel ships the order, whatever is in it, so `lines` are not told; the others are added to a shipped order. */
export const shipping: Shipping = {
	parts: "none",
	manyParcels: true,
	carriers: logisticsIds,
	*ship(call) {
		const logisticsId = platformCarrier(logisticsIds, call.carrier); // before anything is sent
		yield* mustHaveNoRefund(call.orderNo);
		yield* call.further ? addParcel(call, logisticsId) : shipOrder(call, logisticsId);
	},
	shippedLines,
};

/** The platform punishes what is shipped after the buyer asked for the money. Not among its own checks of every call. */
const mustHaveNoRefund = (orderNo: string): Steps<void> =>
	reads({
		method: refundMethod,
		params: { order_sns: orderNo },
		read(payload) {
			const running = rows(payload, "order_sns_exists_refund").some((row) => text(row, "order_sn") === orderNo);
			if (running) throw refusedBy(refundMethod, "an after-sale of the order is open");
		},
	});

const shipOrder = ({ orderNo, trackingNo }: ShipCall, logisticsId: string): Steps<void> =>
	writes({
		method: sendMethod,
		params: { order_sn: orderNo, logistics_id: logisticsId, tracking_number: trackingNo },
		read: (payload) => mustBeTrue(sendMethod, payload, "is_success"),
	});

const addParcel = ({ orderNo, trackingNo }: ShipCall, logisticsId: string): Steps<void> =>
	writes({
		method: extraMethod,
		params: {
			order_sn: orderNo,
			extra_track_list: jsonText([{ shipping_id: idNumber("shipping_id", logisticsId), tracking_number: trackingNo }]),
			extra_track_type: "1", // a part of what was bought, neither a resend nor a gift
		},
		read: (payload) => mustBeTrue(extraMethod, payload, "success"),
	});

/** Every parcel may hold any of the lines: the platform does not tell what is in which. */
function shippedLines(raw: RawRecord): ShippedLine[] {
	const lineIds = rows(raw, "item_list").map(lineIdOf);
	return [raw, ...rows(raw, "extra_delivery_list")]
		.filter((parcel) => text(parcel, "tracking_number") !== "")
		.flatMap((parcel) =>
			lineIds.map((lineId) => ({
				carrier: ourCarrier(logisticsIds, text(parcel, "logistics_id")),
				trackingNo: text(parcel, "tracking_number"),
				lineId,
			})),
		);
}
