import { late, shiftAftersales } from "../list-faults.ts";
import { type Aftersale, isOpen } from "../market-order.ts";
import { dayMs } from "./arguments.ts";
import { get, type Method, refundOf, type SellerCall } from "./call.ts";
import { cursorPage } from "./cursor.ts";
import type { Payload } from "./envelope.ts";
import { refundError } from "./errors.ts";
import { refundRecord, refundRow } from "./refund-record.ts";

const longestWindowMs = dayMs;
const historyMs = 90 * dayMs;
/** Types of list: what waits to be settled, or all. */
const waiting = 8;

/** After-sales of a window. Source: open.seller.order.refund.pcursor.list. */
function list(call: SellerCall): Payload {
	const { args, market, shop, nowMs, repeated } = call;
	const type = args.int("type", waiting, 9);
	const size = args.int("pageSize", 1, 100);
	const currentPage = args.int("currentPage", 1, 100_000);
	const ascending = args.optionalInt("sort", 1, 1, 2) === 2;
	const byUpdate = args.int("queryType", 1, 2) === 2;
	const needExchange = args.part("option").flag("needExchange");
	const { fromMs, toMs } = args.window();
	if (toMs <= fromMs) throw refundError(300003);
	if (toMs - fromMs > longestWindowMs) throw refundError(300019);
	if (fromMs < nowMs - historyMs) throw refundError(300005);
	const ms = (aftersale: Aftersale): number => (byUpdate ? aftersale.modifiedMs : aftersale.createdMs);
	const found = market
		.aftersalesBetween(shop.platform, shop.shopId, fromMs, byUpdate ? toMs : nowMs)
		.filter((aftersale) => ms(aftersale) <= toMs && ms(aftersale) >= fromMs)
		.filter((aftersale) => type !== waiting || isOpen(aftersale))
		.filter((aftersale) => needExchange || aftersale.type !== "EXCHANGE")
		.sort((a, b) => ms(a) - ms(b) || a.sequence - b.sequence);
	const known = late(call, found);
	const query = `refunds:${fromMs}:${toMs}:${type}:${size}:${ascending}:${byUpdate}:${needExchange}`;
	const { rows, cursor } = cursorPage<Aftersale>({
		rows: ascending ? known : known.toReversed(),
		ms,
		ascending,
		size,
		cursor: args.text("pcursor"),
		choose: (asked, before) => repeated.cursor(call, asked, before, query),
	});
	const refundOrderInfoList = rows.map((aftersale) => refundRow(market.orderOf(aftersale), aftersale));
	shiftAftersales(call, known);
	const totals = { totalPage: Math.ceil(known.length / size), totalSize: known.length };
	const told = { currentPage, pageSize: size, ...totals, beginTime: fromMs, endTime: toMs, pcursor: cursor };
	return { data: { ...told, refundOrderInfoList } };
}

export const refundMethods: Readonly<Record<string, Method>> = {
	"open.seller.order.refund.pcursor.list": get(list),
	"open.seller.order.refund.detail": get((call) => {
		const { order, aftersale } = refundOf(call);
		return { data: refundRecord(call, order, aftersale) };
	}),
};
