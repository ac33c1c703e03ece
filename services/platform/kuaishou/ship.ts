import type { ShipCall, ShippedLine, Shipping } from "../adapter.ts";
import { idNumber, type JsonObject } from "../json-text.ts";
import { optionalInteger, part, quantity, type RawRecord, requiredText, rows, text } from "../record.ts";
import { ask, type Steps } from "../steps.ts";
import { ourCarrier, platformCarrier } from "../table.ts";
import { writes } from "./api.ts";
import { carriers } from "./carriers.ts";
import { getOrder, orderNo } from "./orders.ts";

const wholeMethod = "open.seller.order.goods.deliver";
const splitMethod = "open.order.goods.split.deliver";
const appendMethod = "open.seller.order.goods.logistics.append";

export const shipping: Shipping = { parts: "quantities", manyParcels: true, carriers, ship, shippedLines };

interface Piece {
	oid: string; // of the order, or of a gift in it
	left: number; // pieces not shipped yet
	quantity: number;
}

/**
 * Tells the platform what was sent. Which of its APIs takes it follows from what the order has left: one that goes
 * whole, pieces of it (gifts must be named, too), or one more parcel of an order that is shipped already.
 */
function* ship(call: ShipCall): Steps<void> {
	const parcel = { expressCode: Number(platformCarrier(carriers, call.carrier)), expressNo: call.trackingNo };
	const pieces = piecesOf(yield* getOrder(call.orderNo));
	const left = pieces.filter((piece) => piece.left > 0);
	if (left.length === 0 && call.further) {
		return yield* send(appendMethod, { oid: idNumber("oid", call.orderNo), ...parcel });
	}
	const untouched = pieces.length === 1 && pieces.every((piece) => piece.left === piece.quantity);
	if (call.lines.length === 0 && (untouched || left.length === 0)) {
		return yield* send(wholeMethod, { orderId: idNumber("orderId", call.orderNo), ...parcel }); // or is refused, in its own words
	}
	const sent = call.lines.length
		? call.lines.map(({ lineId, quantity }) => ({ oid: lineId, deliveryNum: quantity }))
		: left.map(({ oid, left }) => ({ oid, deliveryNum: left }));
	const deliveryGoodsInfoList = sent.map(({ oid, deliveryNum }) => ({ oid: idNumber("oid", oid), deliveryNum }));
	return yield* send(splitMethod, {
		mainOrderId: idNumber("mainOrderId", call.orderNo),
		deliveryItemInfoList: [{ ...parcel, deliveryGoodsInfoList }],
	});
}

function* send(method: string, param: JsonObject): Steps<void> {
	yield* ask(writes({ method, verb: "POST" }, param));
}

function piecesOf(order: RawRecord): Piece[] {
	const piece = (oid: string, item: RawRecord, delivery: RawRecord): Piece => {
		const count = quantity(item, "num");
		return { oid, quantity: count, left: count - (optionalInteger(delivery, "deliveryNum") ?? 0) };
	};
	const gifts = rows(order, "subOrderInfo").map((gift) =>
		piece(giftId(gift), part(gift, "subOrderItemInfo"), part(gift, "subOrderDeliveryInfo")),
	);
	return [piece(orderNo(order), part(order, "orderItemInfo"), part(order, "orderDeliveryInfo")), ...gifts];
}

/** Every parcel of the order and of its gifts. How many pieces are in which is not told. */
function shippedLines(order: RawRecord): ShippedLine[] {
	const gifts = rows(order, "subOrderInfo").flatMap((gift) => parcelsOf(gift, "subOrderLogisticsInfo", giftId(gift)));
	return [...parcelsOf(order, "orderLogisticsInfo", orderNo(order)), ...gifts];
}

const parcelsOf = (record: RawRecord, field: string, lineId: string): ShippedLine[] =>
	rows(record, field)
		.filter((row) => text(row, "expressNo") !== "")
		.map((row) => ({
			carrier: ourCarrier(carriers, text(row, "expressCode")),
			trackingNo: text(row, "expressNo"),
			lineId,
		}));

const giftId = (gift: RawRecord): string => requiredText(part(gift, "subOrderBaseInfo"), "oid");
