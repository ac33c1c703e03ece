import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type OpenMarket, openMarket } from "../testing/market.ts";
import { cancelRefund, confirm, confirmExchange, requestRefund, returnGoods } from "./buyer-actions.ts";
import type { Aftersale, AftersaleType, MarketOrder } from "./market-order.ts";
import {
	addParcel,
	agreeRefund,
	agreeReturn,
	agreeToSend,
	changeParcels,
	ship,
	shipExchange,
	shipResend,
} from "./seller-actions.ts";

let open: OpenMarket;
beforeEach(() => {
	open = openMarket();
});
afterEach(() => open.end());

const parcel = { carrier: "SF", trackingNo: "SF1" };
const twoLines = [
	{ sku: "CUP-BK-500", quantity: 3, priceFen: null },
	{ sku: "LID-STD", quantity: 1, priceFen: null },
];

/** The ids of both lines. */
function placed(): { order: MarketOrder; cups: string; lid: string } {
	const order = open.placeOne({ lines: twoLines });
	const [cups = "", lid = ""] = order.lines.map(({ lineId }) => lineId);
	return { order, cups, lid };
}

const rule = (name: string) => expect.objectContaining({ rule: name });

describe("shipping pieces of a line", () => {
	it("is done with the last piece, and the order with the last line", () => {
		const { market } = open;
		const { order, cups, lid } = placed();
		ship(market, order, [{ lineId: cups, quantity: 2 }], parcel);
		expect(order).toMatchObject({ status: "PART_SHIPPED", lines: [{ shippedQty: 2, shipped: false }, {}] });
		ship(market, order, [{ lineId: cups, quantity: 1 }], parcel);
		expect(order).toMatchObject({ status: "PART_SHIPPED", lines: [{ shippedQty: 3, shipped: true }, {}] });
		ship(market, order, [{ lineId: lid, quantity: 1 }], parcel);
		expect(order.status).toBe("SHIPPED");
		expect(order.parcels.map(({ lines }) => lines)).toEqual([
			[{ lineId: cups, quantity: 2 }],
			[{ lineId: cups, quantity: 1 }],
			[{ lineId: lid, quantity: 1 }],
		]);
	});

	it("takes all that is left when no line is named", () => {
		const { order, cups, lid } = placed();
		ship(open.market, order, [{ lineId: cups, quantity: 1 }], parcel);
		expect(ship(open.market, order, null, parcel).lines).toEqual([
			{ lineId: cups, quantity: 2 },
			{ lineId: lid, quantity: 1 },
		]);
	});

	it.each([
		["more than was bought", [4]],
		["more than was bought, named twice", [2, 2]],
		["none", [0]],
	])("refuses %s, and changes nothing", (_, quantities) => {
		const { order, cups } = placed();
		const lines = quantities.map((quantity) => ({ lineId: cups, quantity }));
		const before = structuredClone(order);
		expect(() => ship(open.market, order, lines, parcel)).toThrow(rule("ALREADY_SHIPPED"));
		expect(order).toEqual(before);
	});

	it("refuses to ship what is being refunded", () => {
		const { order } = placed();
		requestRefund(open.market, order, { type: "REFUND_BEFORE_SHIP", lines: null, amountFen: null });
		expect(() => ship(open.market, order, null, parcel)).toThrow(rule("REFUND_IN_PROGRESS"));
	});
});

describe("one more parcel", () => {
	it("joins those of an order that is shipped, for all that was shipped, in no pieces of its own", () => {
		const { order, cups } = placed();
		expect(() => addParcel(open.market, order, parcel)).toThrow(rule("NOTHING_SHIPPED"));
		ship(open.market, order, [{ lineId: cups, quantity: 3 }], parcel);
		addParcel(open.market, order, { ...parcel, trackingNo: "SF2" });
		expect(order.parcels[1]).toMatchObject({ trackingNo: "SF2", lineIds: [cups], lines: [] });
		expect(order.lines[0]?.shippedQty).toBe(3);
	});

	it("comes too late when the order has ended, as a correction does", () => {
		const { market } = open;
		const { order } = placed();
		ship(market, order, null, parcel);
		confirm(market, order);
		expect(() => addParcel(market, order, parcel)).toThrow(rule("WRONG_STATUS"));
		expect(() => changeParcels(market, order, null, parcel)).toThrow(rule("WRONG_STATUS"));
	});
});

/** An after-sale on the first line of a shipped order. */
function applied(type: AftersaleType): { order: MarketOrder; aftersale: Aftersale } {
	const { order } = placed();
	ship(open.market, order, null, parcel);
	const [line] = order.lines;
	const lines = line ? [{ line, quantity: 1 }] : [];
	const [aftersale] = requestRefund(open.market, order, { type, lines, amountFen: null });
	if (!aftersale) throw new Error("no after-sale");
	return { order, aftersale };
}

describe("replacements", () => {
	it.each<[AftersaleType, boolean]>([
		["EXCHANGE", false],
		["EXCHANGE", true],
		["REPAIR", true],
	])("of a %s go out once the goods are back (announced before: %s)", (type, announced) => {
		const { market } = open;
		const { order, aftersale } = applied(type);
		expect(() => shipExchange(market, order, aftersale, parcel)).toThrow(rule("WRONG_STATUS"));
		agreeReturn(market, order, aftersale);
		returnGoods(market, order, { carrier: null, trackingNo: null });
		if (announced) {
			agreeToSend(market, order, aftersale);
			expect(aftersale.status).toBe("WAIT_SELLER_SHIP");
		}
		shipExchange(market, order, aftersale, parcel);
		expect(aftersale).toMatchObject({ status: "WAIT_BUYER_CONFIRM", sentParcel: parcel });
		expect(() => cancelRefund(market, order)).toThrow(rule("WRONG_STATUS"));
		confirmExchange(market, order);
		expect(aftersale.status).toBe("DONE");
	});

	it.each([false, true])("of a resend go out without anything coming back (announced before: %s)", (announced) => {
		const { market } = open;
		const { order, aftersale } = applied("RESEND");
		expect(() => agreeReturn(market, order, aftersale)).toThrow(rule("WRONG_STATUS"));
		if (announced) agreeToSend(market, order, aftersale);
		shipResend(market, order, aftersale, parcel);
		expect(aftersale).toMatchObject({ status: "WAIT_BUYER_CONFIRM", sentParcel: parcel });
	});

	it("are none for a refund", () => {
		const { market } = open;
		const { order, aftersale } = applied("RETURN_REFUND");
		for (const send of [shipExchange, shipResend]) {
			expect(() => send(market, order, aftersale, parcel)).toThrow(rule("WRONG_STATUS"));
		}
		expect(() => agreeToSend(market, order, aftersale)).toThrow(rule("WRONG_STATUS"));
		expect(() => confirmExchange(market, order)).toThrow(rule("WRONG_STATUS"));
	});
});

it("closes a line with its money, not the order while another line is open", () => {
	const { order, aftersale } = applied("REFUND_ONLY");
	const [line] = order.lines;
	aftersale.refundFen = line?.paidFen ?? 0;
	agreeRefund(open.market, order, aftersale);
	expect(line?.closed).toBe(true);
	expect(order.status).toBe("SHIPPED");
});
