import type { Market } from "./market.ts";
import { type Aftersale, isOpen, type MarketLine, type MarketOrder, type Parcel, RuleBroken } from "./market-order.ts";

/** What a seller's system does through a platform's API. Each checks the marketplace's rules first, then changes all at once. */

/**
 * Ships lines of a paid order; null: all that is left. Throws RuleBroken, and then nothing has changed.
 * Closed lines are left out of "all that is left", and refused when named.
 */
export function ship(
	market: Market,
	order: MarketOrder,
	lineIds: string[] | null,
	parcel: { carrier: string; trackingNo: string },
): Parcel {
	const lines = lineIds?.map((lineId) => lineOf(order, lineId)) ?? order.lines.filter((line) => !line.closed);
	if (order.status === "WAIT_PAY") throw new RuleBroken("NOT_PAID", "the buyer has not paid");
	if (order.status === "CLOSED" || lines.some((line) => line.closed)) {
		throw new RuleBroken("ORDER_CLOSED", "the order or one of its lines is closed");
	}
	const toShip = lineIds ? lines : lines.filter((line) => !line.shipped);
	if (toShip.length === 0 || toShip.some((line) => line.shipped)) {
		throw new RuleBroken("ALREADY_SHIPPED", "already shipped");
	}
	if (toShip.some((line) => hasOpenRefund(market, order, line))) {
		throw new RuleBroken("REFUND_IN_PROGRESS", "the buyer has asked for a refund");
	}
	for (const line of toShip) line.shipped = true;
	const shippedMs = market.now(order.platform);
	const shipped: Parcel = { ...parcel, lineIds: toShip.map((line) => line.lineId), shippedMs };
	order.parcels.push(shipped);
	settle(order, shippedMs);
	market.changed(order);
	return shipped;
}

/** Corrects carrier and tracking number of parcels on their way; null: of all of them. */
export function changeParcels(
	market: Market,
	order: MarketOrder,
	lineIds: string[] | null,
	{ carrier, trackingNo }: { carrier: string; trackingNo: string },
): void {
	if (order.status === "COMPLETED" || order.status === "CLOSED") {
		throw new RuleBroken("WRONG_STATUS", "the order has ended");
	}
	const wanted = lineIds?.map((lineId) => lineOf(order, lineId).lineId);
	const parcels = order.parcels.filter((parcel) => !wanted || parcel.lineIds.some((id) => wanted.includes(id)));
	if (parcels.length === 0) throw new RuleBroken("NOTHING_SHIPPED", "there is no parcel to correct");
	for (const parcel of parcels) Object.assign(parcel, { carrier, trackingNo });
	market.changed(order);
}

export function writeMemo(market: Market, order: MarketOrder, memo: { seller: string; flag: number }): void {
	order.memo = { ...order.memo, ...memo };
	market.changed(order);
}

/** Money back: the after-sale is done; a line refunded in full is closed. */
export function agreeRefund(market: Market, order: MarketOrder, aftersale: Aftersale): void {
	mustBe(aftersale, ["APPLIED", "WAIT_SELLER_RECEIVE"]);
	aftersale.status = "DONE";
	const line = lineOf(order, aftersale.lineId);
	if (aftersale.refundFen >= line.paidFen) line.closed = true;
	settle(order, market.now(order.platform));
	market.aftersaleChanged(order, aftersale);
}

/** The buyer may send the goods back. */
export function agreeReturn(market: Market, order: MarketOrder, aftersale: Aftersale): void {
	mustBe(aftersale, ["APPLIED"]);
	if (aftersale.type !== "RETURN_REFUND" && aftersale.type !== "EXCHANGE" && aftersale.type !== "REPAIR") {
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

/** The order's status follows from its lines; `nowMs` becomes the time of the step taken. */
export function settle(order: MarketOrder, nowMs: number): void {
	const open = order.lines.filter((line) => !line.closed);
	if (open.length === 0) {
		order.status = "CLOSED";
		order.endedMs ??= nowMs;
	} else if (open.every((line) => line.shipped)) {
		if (order.status === "WAIT_SHIP" || order.status === "PART_SHIPPED") order.status = "SHIPPED";
	} else if (open.some((line) => line.shipped)) {
		order.status = "PART_SHIPPED";
	}
	if (order.parcels.length > 0) order.shippedMs ??= nowMs;
}

export function lineOf(order: MarketOrder, lineId: string): MarketLine {
	const line = order.lines.find((each) => each.lineId === lineId);
	if (!line) throw new RuleBroken("NO_SUCH_LINE", `no line ${lineId} in order ${order.platformOrderId}`);
	return line;
}

/** A refund the seller has not answered stops the shipment; one that was refused does not. */
function hasOpenRefund(market: Market, order: MarketOrder, line: MarketLine): boolean {
	const aftersale = line.aftersaleId === null ? undefined : market.aftersale(order.platform, line.aftersaleId);
	return aftersale !== undefined && isOpen(aftersale) && aftersale.status !== "REFUSED";
}

function mustBe(aftersale: Aftersale, statuses: Aftersale["status"][]): void {
	if (!statuses.includes(aftersale.status)) {
		throw new RuleBroken("WRONG_STATUS", `the after-sale is ${aftersale.status}`);
	}
}
