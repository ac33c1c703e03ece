/** What a parcel given by an ERP or a person must be like. Pure. */
import { type CarrierCode, carrierCodes, carriers } from "../../config/carriers.ts";
import { hubError } from "../../config/errors.ts";
import type { Order } from "../order/order.ts";
import type { ParcelLine } from "./shipment.model.ts";

export interface GivenParcel {
	carrier: string; // our code, in any case, or the carrier's name in either language
	trackingNo: string;
	lines?: ParcelLine[]; // left out: the whole order
}

export interface Parcel {
	carrier: CarrierCode;
	trackingNo: string;
	lines: ParcelLine[]; // empty: the whole order
}

const trackingNoRule = /^[A-Za-z0-9-]{4,40}$/;

/** @throws CARRIER_UNKNOWN, INVALID naming what is wrong */
export function readParcel(given: GivenParcel, order: Order): Parcel {
	const carrier = carrierOf(given.carrier);
	const trackingNo = given.trackingNo.trim();
	if (carrier === "NONE" ? trackingNo : !trackingNoRule.test(trackingNo)) {
		const needs = carrier === "NONE" ? "must be empty with carrier NONE" : "must be 4 to 40 letters, digits or hyphens";
		throw hubError("INVALID", `trackingNo ${needs}`, { field: "trackingNo" });
	}
	return { carrier, trackingNo, lines: readLines(given.lines ?? [], order) };
}

/** @throws CARRIER_UNKNOWN naming it */
export function carrierOf(given: string): CarrierCode {
	const wanted = given.trim();
	const found = carrierCodes.find((code) => {
		const { zh, en } = carriers[code];
		return code === wanted.toUpperCase() || zh === wanted || en.toLowerCase() === wanted.toLowerCase();
	});
	if (!found) throw hubError("CARRIER_UNKNOWN", wanted.slice(0, 40), { carrier: wanted.slice(0, 40) });
	return found;
}

/** Lines that make up the whole order are the whole order: platforms tell the two apart. */
function readLines(given: ParcelLine[], order: Order): ParcelLine[] {
	const quantities = new Map<string, number>();
	for (const { lineId, quantity } of given) {
		const line = order.lines.find((each) => each.lineId === lineId);
		const sum = (quantities.get(lineId) ?? 0) + quantity;
		if (!line) throw hubError("INVALID", `the order has no line ${lineId}`, { field: "lines", lineId });
		if (sum > line.quantity) {
			throw hubError("INVALID", `line ${lineId} has ${line.quantity} pieces, not ${sum}`, { field: "lines", lineId });
		}
		quantities.set(lineId, sum);
	}
	const toDeliver = order.lines.filter(({ status, refund }) => status !== "CLOSED" && refund !== "DONE");
	const whole = toDeliver.every(({ lineId, quantity }) => quantities.get(lineId) === quantity);
	return whole ? [] : [...quantities].map(([lineId, quantity]) => ({ lineId, quantity }));
}
