import { describe, expect, it } from "vitest";
import type { LinePart } from "../order/order.ts";
import { parcelLines } from "./parcel-lines.ts";

const none = new Map<string, number>();
const part = (erpSku: string, quantity: number): LinePart => ({
	erpSku,
	erpUnit: "件",
	quantity,
	priceFen: 0,
	discountFen: 0,
	paidFen: 0,
});
const lines = [
	{ lineId: "1", quantity: 2, erpSku: "CUP", parts: [] },
	{ lineId: "2", quantity: 1, erpSku: "CUP", parts: [] },
	{ lineId: "3", quantity: 2, erpSku: "", parts: [part("PEN", 6), part("INK", 2)] }, // three pens and an ink each
];

describe("parcelLines", () => {
	it("a parcel without lines is the whole order", () => {
		expect(parcelLines(lines, [], none)).toEqual([]);
	});

	it("a parcel without lines after others is what is left, and the whole where nothing is", () => {
		const left = [
			{ lineId: "2", quantity: 1 },
			{ lineId: "3", quantity: 2 },
		];
		expect(parcelLines(lines, [], new Map([["1", 2]]))).toEqual(left);
		const all = new Map(lines.map(({ lineId, quantity }) => [lineId, quantity]));
		expect(parcelLines(lines, [], all)).toEqual([]);
	});

	it("fills the lines of one SKU in their order, after what earlier parcels have", () => {
		const cups = [{ sku: "CUP", quantity: 2 }];
		expect(parcelLines(lines, cups, none)).toEqual([{ lineId: "1", quantity: 2 }]);
		expect(parcelLines(lines, cups, new Map([["1", 1]]))).toEqual([
			{ lineId: "1", quantity: 1 },
			{ lineId: "2", quantity: 1 },
		]);
	});

	it("sends a combo with its first part, as many as that makes", () => {
		expect(parcelLines(lines, [{ sku: "PEN", quantity: 5 }], none)).toEqual([{ lineId: "3", quantity: 1 }]);
		const both = [
			{ sku: "INK", quantity: 2 },
			{ sku: "PEN", quantity: 3 },
			{ sku: "PEN", quantity: 3 },
		];
		expect(parcelLines(lines, both, none)).toEqual([{ lineId: "3", quantity: 2 }]);
	});

	it("does not count what the ERP added", () => {
		const withGift = [
			{ sku: "STICKER", quantity: 1 },
			{ sku: "CUP", quantity: 1 },
		];
		expect(parcelLines(lines, withGift, none)).toEqual([{ lineId: "1", quantity: 1 }]);
	});

	it.each([
		["nothing of the order", [{ sku: "STICKER", quantity: 1 }], none],
		["the rest of a combo that has left", [{ sku: "INK", quantity: 2 }], none],
		["what has left already", [{ sku: "PEN", quantity: 6 }], new Map([["3", 2]])],
	])("says that there is no line for %s", (_what, inParcel, gone) => {
		expect(() => parcelLines(lines, inParcel, gone)).toThrow(expect.objectContaining({ type: "INVALID" }));
	});
});
