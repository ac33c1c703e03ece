import { split } from "../money.ts";
import { type Random, seeded } from "../random.ts";
import type { Market } from "./market.ts";
import {
	type Aftersale,
	type AftersaleType,
	isOpen,
	type MarketLine,
	type MarketOrder,
	type MarketStatus,
	RuleBroken,
} from "./market-order.ts";
import { anyReceiver, type Receiver } from "./people.ts";
import { settle } from "./seller-actions.ts";

/** What buyers (and the platform's customer care) do to an order. Each throws RuleBroken where the platform would not allow it. */

export function pay(market: Market, order: MarketOrder): void {
	mustBe(order, ["WAIT_PAY"]);
	order.status = "WAIT_SHIP";
	order.paidMs = market.now(order.platform);
	market.changed(order, "paid");
}

/** Before payment the order just ends. A paid one that is not shipped is refunded and ends. */
export function close(market: Market, order: MarketOrder): void {
	mustBe(order, ["WAIT_PAY", "WAIT_SHIP"]);
	if (order.status === "WAIT_SHIP") {
		for (const aftersale of market.aftersalesOf(order).filter(isOpen)) {
			aftersale.status = "DONE";
			market.aftersaleChanged(order, aftersale);
		}
	}
	for (const line of order.lines) line.closed = true;
	settle(order, market.now(order.platform));
	market.changed(order, "closed");
}

/** Moves the parcel's goal; what is not given is drawn by chance, the same for the same order and version. */
export function changeAddress(market: Market, order: MarketOrder, wished: Partial<Receiver>): void {
	mustBe(order, ["WAIT_PAY", "WAIT_SHIP"]);
	order.receiverVersion += 1;
	order.receiver = { ...anyReceiver(randomOf(order, order.receiverVersion)), ...wished };
	market.changed(order, "address");
}

/** The buyer's message, or the seller's note and flag written on the platform's own pages. */
export function changeMemo(market: Market, order: MarketOrder, memo: Partial<MarketOrder["memo"]>): void {
	order.memo = { ...order.memo, ...memo };
	market.changed(order, "memo");
}

/** Nothing that can be seen changes, but the order counts as modified. */
export function modify(market: Market, order: MarketOrder): void {
	market.changed(order, "touched");
}

/**
 * One after-sale for each line named; null: each line that has none open.
 * `amountFen` is the sum over all of them; null: everything paid, the freight included while nothing is shipped.
 */
export function requestRefund(
	market: Market,
	order: MarketOrder,
	wish: { type: AftersaleType; lines: { line: MarketLine; quantity: number }[] | null; amountFen: number | null },
): Aftersale[] {
	const beforeShip: MarketStatus[] = ["WAIT_SHIP", "PART_SHIPPED"];
	const afterShip: MarketStatus[] = ["PART_SHIPPED", "SHIPPED", "COMPLETED"];
	mustBe(order, wish.type === "REFUND_BEFORE_SHIP" ? beforeShip : afterShip);
	const lines = wish.lines ?? refundable(market, order).map((line) => ({ line, quantity: line.quantity }));
	if (lines.length === 0 || lines.some(({ line }) => !refundable(market, order).includes(line))) {
		throw new RuleBroken("WRONG_STATUS", "no such line is free for another after-sale");
	}
	const mostFen = lines.map(({ line, quantity }) => Math.floor((line.paidFen * quantity) / line.quantity));
	const wholeOrder = order.parcels.length === 0 && lines.length === order.lines.length;
	if (wholeOrder) mostFen[0] = (mostFen[0] ?? 0) + order.freightFen;
	const sumFen = mostFen.reduce((sum, fen) => sum + fen, 0);
	if (wish.amountFen !== null && wish.amountFen > sumFen) {
		throw new RuleBroken("WRONG_STATUS", `at most ${sumFen} fen can be refunded`);
	}
	const refunds = wish.amountFen === null ? mostFen : split(wish.amountFen, mostFen);
	return lines.map(({ line, quantity }, at) =>
		market.openAftersale(order, line, {
			type: wish.type,
			quantity,
			refundFen: wish.type === "EXCHANGE" || wish.type === "RESEND" || wish.type === "REPAIR" ? 0 : (refunds[at] ?? 0),
			reason: randomOf(order, line.lineId).pick(reasons[wish.type]),
		}),
	);
}

/** Takes back every open after-sale of the order, except those whose replacement is on its way. */
export function cancelRefund(market: Market, order: MarketOrder): Aftersale[] {
	const open = market.aftersalesOf(order).filter((each) => isOpen(each) && each.status !== "WAIT_BUYER_CONFIRM");
	if (open.length === 0) throw new RuleBroken("WRONG_STATUS", "the order has no open after-sale");
	for (const aftersale of open) {
		aftersale.status = "CLOSED";
		market.aftersaleChanged(order, aftersale);
	}
	return open;
}

/** Sends back the goods of every after-sale the seller has agreed to. */
export function returnGoods(
	market: Market,
	order: MarketOrder,
	parcel: { carrier: string | null; trackingNo: string | null },
): Aftersale[] {
	const agreed = market.aftersalesOf(order).filter((aftersale) => aftersale.status === "WAIT_BUYER_RETURN");
	if (agreed.length === 0) throw new RuleBroken("WRONG_STATUS", "the seller has agreed to no return");
	for (const aftersale of agreed) {
		const trackingNo = parcel.trackingNo ?? `SF${randomOf(order, aftersale.sequence).int(10 ** 12, 10 ** 13 - 1)}`;
		aftersale.returnParcel = { carrier: parcel.carrier ?? "SF", trackingNo };
		aftersale.status = "WAIT_SELLER_RECEIVE";
		market.aftersaleChanged(order, aftersale);
	}
	return agreed;
}

/** The buyer has the goods. */
export function confirm(market: Market, order: MarketOrder): void {
	mustBe(order, ["SHIPPED"]);
	order.status = "COMPLETED";
	order.endedMs = market.now(order.platform);
	market.changed(order, "completed");
}

/** The buyer has the replacement of every exchange, resend or repair on its way. */
export function confirmExchange(market: Market, order: MarketOrder): Aftersale[] {
	const sent = market.aftersalesOf(order).filter((aftersale) => aftersale.status === "WAIT_BUYER_CONFIRM");
	if (sent.length === 0) throw new RuleBroken("WRONG_STATUS", "no replacement is on its way");
	for (const aftersale of sent) {
		aftersale.status = "DONE";
		market.aftersaleChanged(order, aftersale);
	}
	return sent;
}

function refundable(market: Market, order: MarketOrder): MarketLine[] {
	return order.lines.filter((line) => {
		const latest = line.aftersaleId === null ? undefined : market.aftersale(order.platform, line.aftersaleId);
		return !line.closed && (latest === undefined || !isOpen(latest) || latest.status === "REFUSED");
	});
}

function mustBe(order: MarketOrder, statuses: MarketStatus[]): void {
	if (!statuses.includes(order.status)) throw new RuleBroken("WRONG_STATUS", `the order is ${order.status}`);
}

function randomOf(order: MarketOrder, salt: string | number): Random {
	return seeded(`${order.platformOrderId}:${salt}`);
}

const reasons: Record<AftersaleType, string[]> = {
	REFUND_BEFORE_SHIP: ["多拍/拍错/不想要", "未按约定时间发货", "地址填错"],
	REFUND_ONLY: ["未收到货", "少件/漏发", "商品破损"],
	RETURN_REFUND: ["七天无理由退换货", "质量问题", "与描述不符"],
	EXCHANGE: ["尺码不合适", "发错颜色"],
	RESEND: ["少件/漏发"],
	REPAIR: ["功能故障"],
};
