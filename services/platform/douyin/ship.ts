import { hubError } from "../../../config/errors.ts";
import type { ShipCall, ShippedLine, Shipping } from "../adapter.ts";
import { quantity, type RawRecord, requiredText, rows, text } from "../record.ts";
import type { Steps } from "../steps.ts";
import { ourCarrier, platformCarrier } from "../table.ts";
import { done, writes } from "./call.ts";
import { carriers } from "./carriers.ts";
import { orders } from "./orders.ts";
import { statusOf } from "./statuses.ts";

const wholeMethod = "order.logisticsAdd";
const packMethod = "order.logisticsAddSinglePack";

type Pieces = ShipCall["lines"];

/**
 * A whole order goes by the plain call, which is refused when it comes twice. A part goes as a pack of pieces, and
 * `request_id` lets the platform know a repetition. An open refund makes both fail: it is not refused along the way.
 */
function* ship(call: ShipCall): Steps<void> {
	const company_code = platformCarrier(carriers, call.carrier);
	const parcel = { company_code, logistics_code: call.trackingNo, is_reject_refund: false };
	if (call.lines.length === 0 && !call.further) {
		return yield* writes(wholeMethod, { order_id: call.orderNo, ...parcel }, false, done(wholeMethod));
	}
	const pieces = call.lines.length > 0 ? call.lines : left(yield* orders.get(call.orderNo));
	if (pieces.length === 0) {
		throw hubError("PLATFORM_REFUSED", "every piece of the order is in a parcel already", { method: packMethod });
	}
	const pack = {
		order_id_list: [call.orderNo],
		shipped_order_info: pieces.map(({ lineId, quantity }) => ({ shipped_order_id: lineId, shipped_num: quantity })),
		request_id: call.requestId,
		...parcel,
	};
	yield* writes(packMethod, pack, true, done(packMethod));
}

/** The pieces that are in no parcel yet and still to be sent. */
function left(raw: RawRecord): Pieces {
	const packed = new Map<string, number>();
	for (const { lineId, quantity } of packs(raw).flatMap(({ pieces }) => pieces)) {
		packed.set(lineId, (packed.get(lineId) ?? 0) + quantity);
	}
	return rows(raw, "sku_order_list")
		.filter((line) => statusOf(requiredText(line, "order_status"), text(line, "main_status")) !== "CLOSED")
		.map((line) => {
			const lineId = requiredText(line, "order_id");
			return { lineId, quantity: quantity(line, "item_num") - (packed.get(lineId) ?? 0) };
		})
		.filter(({ quantity }) => quantity > 0);
}

interface Pack {
	carrier: string; // the platform's code
	trackingNo: string;
	pieces: Pieces;
}

const packs = (raw: RawRecord): Pack[] =>
	rows(raw, "logistics_info").map((pack) => ({
		carrier: text(pack, "company"),
		trackingNo: text(pack, "tracking_no"),
		pieces: rows(pack, "product_info").map((product) => ({
			lineId: requiredText(product, "sku_order_id"),
			quantity: quantity(product, "product_count"),
		})),
	}));

const shippedLines = (raw: RawRecord): ShippedLine[] =>
	packs(raw).flatMap(({ carrier, trackingNo, pieces }) =>
		pieces.map(({ lineId }) => ({ carrier: ourCarrier(carriers, carrier), trackingNo, lineId })),
	);

export const shipping: Shipping = { parts: "quantities", manyParcels: true, carriers, ship, shippedLines };
