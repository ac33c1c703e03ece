import { hubError } from "../../../config/errors.ts";
import type { ShipCall, ShippedLine, Shipping } from "../adapter.ts";
import { isRecord, type RawRecord, text, wrappedList } from "../record.ts";
import { ask, type Steps } from "../steps.ts";
import { platformCarrier } from "../table.ts";
import { mustBeDone } from "./answer.ts";
import { carrierNamed, carriers } from "./carriers.ts";
import { lineId } from "./order-reader.ts";
import { type Params, writes } from "./request.ts";

/**
 * Tells the platform what was sent. Part of an order goes by its lines (`is_split`); the trade is then
 * SELLER_CONSIGNED_PART until the last line went. Part of a line's quantity cannot be told by this API.
 * Source: taobao.logistics.offline.send, and dummy.send for what needs no parcel.
 */
function* ship({ orderNo, carrier, trackingNo, lines }: ShipCall): Steps<void> {
	if (carrier === "NONE") return yield* ask(sending("taobao.logistics.dummy.send", { tid: orderNo }));
	const parcel = { tid: orderNo, company_code: platformCarrier(carriers, carrier), out_sid: trackingNo };
	const parts = { is_split: lines.length ? "1" : "0", sub_tid: lines.map((line) => line.lineId).join(",") };
	yield* ask(sending("taobao.logistics.offline.send", { ...parcel, ...parts }));
}

const sending = (method: string, params: Params) =>
	writes(method, params, ({ shipping }) => {
		if (!isRecord(shipping)) throw hubError("PLATFORM_BAD_RESPONSE", `${method}: no shipping`);
		mustBeDone(method, shipping.is_success);
	});

/** Every line that carries a tracking number. */
const shippedLines = (trade: RawRecord): ShippedLine[] =>
	wrappedList(trade, "orders", "order")
		.filter((row) => text(row, "invoice_no") !== "")
		.map((row) => ({
			carrier: carrierNamed(text(row, "logistics_company")),
			trackingNo: text(row, "invoice_no"),
			lineId: lineId(row),
		}));

export const shipping: Shipping = { parts: "lines", manyParcels: true, carriers, ship, shippedLines };
