import type { ShipCall, ShippedLine, Shipping } from "../adapter.ts";
import { idNumber } from "../json-text.ts";
import { type RawRecord, text } from "../record.ts";
import type { Steps } from "../steps.ts";
import { ourCarrier, platformCarrier } from "../table.ts";
import { resultOf } from "./answer.ts";
import { carriers } from "./carriers.ts";
import { readOrder } from "./order-reader.ts";
import { writes } from "./request.ts";

const method = "jingdong.pop.order.shipment";

/**
 * Tells the platform what was sent: always all of the order, and only once; a second call is refused. Where the seller
 * carries the goods itself there is no number. Source: jingdong.pop.order.shipment.
 */
function* ship({ orderNo, carrier, trackingNo }: ShipCall): Steps<void> {
	const params = {
		logiCoprId: platformCarrier(carriers, carrier),
		logiNo: trackingNo,
		orderId: idNumber("orderNo", orderNo),
	};
	yield* writes(
		method,
		{ repeatable: false },
		params,
		(answer) => void resultOf(method, answer, "sopjosshipment_result"),
	);
}

/**
 * Companies are joined by "|", the numbers of one company by ",": "463|467" and "YT1,YT2|SF1". Which line went in which
 * parcel 京东 does not know, so every line stands in each.
 */
function shippedLines(raw: RawRecord): ShippedLine[] {
	const { status, lines } = readOrder("", raw);
	if (status !== "SHIPPED" && status !== "COMPLETED") return [];
	const companies = text(raw, "logisticsId").split("|");
	const numbers = text(raw, "waybill").split("|");
	const parcels = companies.flatMap((company, at) => {
		const carrier = ourCarrier(carriers, company);
		const ofCompany = (numbers[at] ?? "").split(",").map((trackingNo) => ({ carrier, trackingNo }));
		return company === "" ? [] : ofCompany;
	});
	return parcels.flatMap((parcel) => lines.map(({ lineId }) => ({ ...parcel, lineId })));
}

export const shipping: Shipping = { parts: "none", manyParcels: false, carriers, ship, shippedLines };
