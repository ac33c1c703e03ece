import type { Market } from "./market.ts";
import {
	type Aftersale,
	isOpen,
	type LineQuantity,
	type MarketLine,
	type MarketOrder,
	type Parcel,
	RuleBroken,
} from "./market-order.ts";

/** What a seller's system does through a platform's API. Each checks the marketplace's rules first, then changes all at once. */

/** Carrier (the platform's code) and number of a parcel. */
interface Waybill {
	carrier: string;
	trackingNo: string;
}

/**
 * Ships pieces of a paid order; null: all that is left. Throws RuleBroken, and then nothing has changed.
 * Closed lines are left out of "all that is left", and refused when named; so is more than is left of a line.
 */
export function ship(market: Market, order: MarketOrder, lines: LineQuantity[] | null, parcel: Waybill): Parcel {
	const named = lines && sumByLine(order, lines);
	if (order.status === "WAIT_PAY") throw new RuleBroken("NOT_PAID", "the buyer has not paid");
	if (order.status === "CLOSED" || named?.some(({ line }) => line.closed)) {
		throw new RuleBroken("ORDER_CLOSED", "the order or one of its lines is closed");
	}
	const toShip = named ?? allThatIsLeft(order);
	if (toShip.length === 0 || toShip.some(({ line, quantity }) => quantity < 1 || quantity > leftOf(line))) {
		throw new RuleBroken("ALREADY_SHIPPED", "already shipped");
	}
	if (toShip.some(({ line }) => hasOpenRefund(market, order, line))) {
		throw new RuleBroken("REFUND_IN_PROGRESS", "the buyer has asked for a refund");
	}
	for (const { line, quantity } of toShip) {
		line.shippedQty += quantity;
		line.shipped = leftOf(line) === 0;
	}
	const shippedMs = market.now(order.platform);
	const pieces = toShip.map(({ line, quantity }) => ({ lineId: line.lineId, quantity }));
	const shipped: Parcel = { ...parcel, lineIds: pieces.map(({ lineId }) => lineId), lines: pieces, shippedMs };
	order.parcels.push(shipped);
	settle(order, shippedMs);
	market.changed(order, "shipped");
	return shipped;
}

/** One more parcel of an order that is shipped already, wholly or in part: it carries more of what was shipped. */
export function addParcel(market: Market, order: MarketOrder, parcel: Waybill): Parcel {
	const lineIds = order.lines.filter((line) => line.shippedQty > 0).map((line) => line.lineId);
	if (lineIds.length === 0) throw new RuleBroken("NOTHING_SHIPPED", "there is no parcel yet");
	mustRun(order);
	const added: Parcel = { ...parcel, lineIds, lines: [], shippedMs: market.now(order.platform) };
	order.parcels.push(added);
	market.changed(order, "reshipped");
	return added;
}

/** Corrects carrier and tracking number of parcels on their way; null: of all of them. */
export function changeParcels(
	market: Market,
	order: MarketOrder,
	lineIds: string[] | null,
	{ carrier, trackingNo }: Waybill,
): void {
	mustRun(order);
	const wanted = lineIds?.map((lineId) => lineOf(order, lineId).lineId);
	const parcels = order.parcels.filter((parcel) => !wanted || parcel.lineIds.some((id) => wanted.includes(id)));
	if (parcels.length === 0) throw new RuleBroken("NOTHING_SHIPPED", "there is no parcel to correct");
	for (const parcel of parcels) Object.assign(parcel, { carrier, trackingNo });
	market.changed(order, "reshipped");
}

export function writeMemo(market: Market, order: MarketOrder, memo: { seller: string; flag: number }): void {
	order.memo = { ...order.memo, ...memo };
	market.changed(order, "memo");
}

/** Money back: the after-sale is done; a line refunded in full is closed, and with the last line the order. */
export function agreeRefund(market: Market, order: MarketOrder, aftersale: Aftersale): void {
	mustBe(aftersale, ["APPLIED", "WAIT_SELLER_RECEIVE"]);
	const { status } = order;
	aftersale.status = "DONE";
	const line = lineOf(order, aftersale.lineId);
	if (aftersale.refundFen >= line.paidFen) line.closed = true;
	settle(order, market.now(order.platform));
	market.aftersaleChanged(order, aftersale);
	if (order.status === "CLOSED" && status !== "CLOSED") market.changed(order, "closed");
}

/** The buyer may send the goods back. */
export function agreeReturn(market: Market, order: MarketOrder, aftersale: Aftersale): void {
	mustBe(aftersale, ["APPLIED"]);
	if (aftersale.type !== "RETURN_REFUND" && !isReplaced(aftersale)) {
		throw new RuleBroken("WRONG_STATUS", `a ${aftersale.type} has nothing to send back`);
	}
	aftersale.status = "WAIT_BUYER_RETURN";
	market.aftersaleChanged(order, aftersale);
}

export function refuse(market: Market, order: MarketOrder, aftersale: Aftersale, refusal: string): void {
	mustBe(aftersale, ["APPLIED", "WAIT_SELLER_RECEIVE"]);
	aftersale.status = "REFUSED";
	aftersale.refusal = refusal;
	market.aftersaleChanged(order, aftersale);
}

/** The seller will send something, without a parcel yet: a resend is agreed to, or the goods of an exchange or repair are back. */
export function agreeToSend(market: Market, order: MarketOrder, aftersale: Aftersale): void {
	mustBe(aftersale, [aftersale.type === "RESEND" ? "APPLIED" : "WAIT_SELLER_RECEIVE"]);
	if (aftersale.type !== "RESEND" && !isReplaced(aftersale)) nothingToSend(aftersale);
	aftersale.status = "WAIT_SELLER_SHIP";
	market.aftersaleChanged(order, aftersale);
}

/** The goods came back, and what replaces them (or they themselves, repaired) is on its way. */
export function shipExchange(market: Market, order: MarketOrder, aftersale: Aftersale, parcel: Waybill): void {
	if (!isReplaced(aftersale)) nothingToSend(aftersale);
	mustBe(aftersale, ["WAIT_SELLER_RECEIVE", "WAIT_SELLER_SHIP"]);
	send(market, order, aftersale, parcel);
}

/** What was missing is on its way. */
export function shipResend(market: Market, order: MarketOrder, aftersale: Aftersale, parcel: Waybill): void {
	if (aftersale.type !== "RESEND") nothingToSend(aftersale);
	mustBe(aftersale, ["APPLIED", "WAIT_SELLER_SHIP"]);
	send(market, order, aftersale, parcel);
}

function send(market: Market, order: MarketOrder, aftersale: Aftersale, { carrier, trackingNo }: Waybill): void {
	aftersale.sentParcel = { carrier, trackingNo };
	aftersale.status = "WAIT_BUYER_CONFIRM";
	market.aftersaleChanged(order, aftersale);
}

/** The order's status follows from its lines; `nowMs` becomes the time of the step taken. */
export function settle(order: MarketOrder, nowMs: number): void {
	const open = order.lines.filter((line) => !line.closed);
	if (open.length === 0) {
		order.status = "CLOSED";
		order.endedMs ??= nowMs;
	} else if (open.every((line) => line.shipped)) {
		if (order.status === "WAIT_SHIP" || order.status === "PART_SHIPPED") order.status = "SHIPPED";
	} else if (open.some((line) => line.shippedQty > 0)) {
		order.status = "PART_SHIPPED";
	}
	if (order.parcels.length > 0) order.shippedMs ??= nowMs;
}

export function lineOf(order: MarketOrder, lineId: string): MarketLine {
	const line = order.lines.find((each) => each.lineId === lineId);
	if (!line) throw new RuleBroken("NO_SUCH_LINE", `no line ${lineId} in order ${order.platformOrderId}`);
	return line;
}

/** Pieces of a line not shipped yet. */
export function leftOf(line: MarketLine): number {
	return line.quantity - line.shippedQty;
}

type Pieces = { line: MarketLine; quantity: number }[];

/** A line named twice is one wish for the sum. */
function sumByLine(order: MarketOrder, lines: LineQuantity[]): Pieces {
	const sums = new Map<MarketLine, number>();
	for (const { lineId, quantity } of lines) {
		const line = lineOf(order, lineId);
		sums.set(line, (sums.get(line) ?? 0) + quantity);
	}
	return [...sums].map(([line, quantity]) => ({ line, quantity }));
}

function allThatIsLeft(order: MarketOrder): Pieces {
	return order.lines
		.filter((line) => !line.closed && leftOf(line) > 0)
		.map((line) => ({ line, quantity: leftOf(line) }));
}

/** A refund the seller has not answered stops the shipment; one that was refused does not. */
function hasOpenRefund(market: Market, order: MarketOrder, line: MarketLine): boolean {
	const aftersale = line.aftersaleId === null ? undefined : market.aftersale(order.platform, line.aftersaleId);
	return aftersale !== undefined && isOpen(aftersale) && aftersale.status !== "REFUSED";
}

/** Goods come back and something is sent in their place. */
function isReplaced({ type }: Aftersale): boolean {
	return type === "EXCHANGE" || type === "REPAIR";
}

function nothingToSend({ type }: Aftersale): never {
	throw new RuleBroken("WRONG_STATUS", `there is nothing to send so for a ${type}`);
}

function mustRun(order: MarketOrder): void {
	if (order.status === "COMPLETED" || order.status === "CLOSED") {
		throw new RuleBroken("WRONG_STATUS", "the order has ended");
	}
}

function mustBe(aftersale: Aftersale, statuses: Aftersale["status"][]): void {
	if (!statuses.includes(aftersale.status)) {
		throw new RuleBroken("WRONG_STATUS", `the after-sale is ${aftersale.status}`);
	}
}
