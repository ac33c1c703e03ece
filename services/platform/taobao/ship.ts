import { hubError } from "../../../config/errors.ts";
import type { HttpAnswer, HttpRequest, ShipCall, ShippedLine, ShopAccess } from "../adapter.ts";
import { isRecord, type RawRecord, requiredText, text, wrappedList } from "../record.ts";
import { payloadOf } from "./answer.ts";
import { carriers, ourCarrier } from "./carriers.ts";
import { topRequest } from "./request.ts";

const parcelMethod = "taobao.logistics.offline.send";
const dummyMethod = "taobao.logistics.dummy.send";

/**
 * Tells the platform what was sent. Part of an order goes by its lines (`is_split`); the trade is then
 * SELLER_CONSIGNED_PART until the last line went. Part of a line's quantity cannot be told by this API.
 */
export function shipRequest(shop: ShopAccess, call: ShipCall, now: Date): HttpRequest {
	const { orderNo, carrier, trackingNo, lineIds } = call;
	if (carrier === "NONE") return topRequest(shop, dummyMethod, { tid: orderNo }, now);
	const companyCode = Object.hasOwn(carriers, carrier) ? carriers[carrier] : undefined;
	if (!companyCode) throw hubError("CARRIER_UNKNOWN", carrier, { carrier });
	const parts = { is_split: lineIds.length ? "1" : "0", sub_tid: lineIds.join(",") };
	return topRequest(
		shop,
		parcelMethod,
		{ tid: orderNo, company_code: companyCode, out_sid: trackingNo, ...parts },
		now,
	);
}

export function readShip(answer: HttpAnswer, { carrier }: ShipCall): void {
	const method = carrier === "NONE" ? dummyMethod : parcelMethod;
	const { shipping } = payloadOf(method, answer);
	if (!isRecord(shipping)) throw hubError("PLATFORM_BAD_RESPONSE", `${method}: no shipping`);
	if (shipping.is_success !== true) throw hubError("PLATFORM_REFUSED", `${method}: is_success is not true`);
}

/** Every line that carries a tracking number. */
export function shippedLines(trade: RawRecord): ShippedLine[] {
	return wrappedList(trade, "orders", "order")
		.filter((row) => text(row, "invoice_no") !== "")
		.map((row) => ({
			carrier: ourCarrier(text(row, "logistics_company")),
			trackingNo: text(row, "invoice_no"),
			lineId: text(row, "oid_str") || requiredText(row, "oid"),
		}));
}
