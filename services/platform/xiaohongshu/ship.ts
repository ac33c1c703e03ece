import { hubError } from "../../../config/errors.ts";
import type { ShipCall, ShippedLine, Shipping } from "../adapter.ts";
import { type RawRecord, requiredText, rows, text, texts } from "../record.ts";
import type { Steps } from "../steps.ts";
import { ourCarrier, platformCarrier } from "../table.ts";
import { done, writes } from "./call.ts";
import { carriers } from "./carriers.ts";
import { getDetail } from "./orders.ts";
import { parcelStatus } from "./statuses.ts";

const method = "order.orderDeliver";

/** Stands where a tracking number would, for goods that nobody carries: the platform wants to know what was delivered. */
const nothingCarried = "无需物流";

export const shipping: Shipping = {
	parts: "lines", // all pieces of one SKU travel together
	manyParcels: true,
	carriers,
	ship,
	shippedLines,
};

/**
 * Tells the platform what was sent. Part of an order goes by its SKUs (`unpack`), and so does what is left of an order
 * that was begun.
 */
function* ship(call: ShipCall): Steps<void> {
	const { orderNo, carrier, trackingNo, lines, further } = call;
	const expressCompanyCode = platformCarrier(carriers, carrier);
	const skuIdList = lines.length > 0 ? lines.map(({ lineId }) => lineId) : further ? yield* leftOf(orderNo) : [];
	const parcel = {
		orderId: orderNo,
		expressCompanyCode,
		expressNo: carrier === "NONE" ? nothingCarried : trackingNo,
		unpack: skuIdList.length > 0,
		...(skuIdList.length > 0 && { skuIdList }),
	};
	yield* writes(method, parcel, done(method));
}

/** The SKUs that can still be shipped. @throws PLATFORM_REFUSED when there are none */
function* leftOf(orderNo: string): Steps<string[]> {
	const parcels = rows(yield* getDetail(orderNo), "simpleDeliveryOrderList");
	const left = parcels.filter((parcel) => parcelStatus(requiredText(parcel, "status")) === "WAIT_SHIP");
	const skuIds = left.flatMap((parcel) => texts(parcel, "skuIdList"));
	if (skuIds.length === 0) throw hubError("PLATFORM_REFUSED", "nothing of the order is left to ship", { method });
	return skuIds;
}

/** What the platform's parcels hold that carry a number; of an order it did not divide, everything. */
function shippedLines(raw: RawRecord): ShippedLine[] {
	const parcels = rows(raw, "simpleDeliveryOrderList");
	if (parcels.length === 0) {
		return linesOf(
			raw,
			rows(raw, "skuList").map((row) => requiredText(row, "skuId")),
		);
	}
	return parcels.flatMap((parcel) => linesOf(parcel, texts(parcel, "skuIdList")));
}

function linesOf(parcel: RawRecord, skuIds: readonly string[]): ShippedLine[] {
	const number = text(parcel, "expressTrackingNo");
	if (number === "") return [];
	const carrier = ourCarrier(carriers, text(parcel, "expressCompanyCode"));
	return skuIds.map((lineId) => ({ carrier, trackingNo: carrier === "NONE" ? "" : number, lineId }));
}
