import { describe, expect, it } from "vitest";
import type { Order } from "../order/order.ts";
import { carrierOf, readParcel } from "./parcel.ts";

const line = (lineId: string, quantity: number, more: object = {}) => ({
	lineId,
	quantity,
	status: "WAIT_SHIP",
	refund: "NONE",
	...more,
});
const order = { lines: [line("1", 2), line("2", 1), line("3", 1, { refund: "DONE" })] } as unknown as Order;
const parcel = (more: object) => readParcel({ carrier: "SF", trackingNo: "SF1234567890123", ...more }, order);

describe("carrierOf", () => {
	it.each([
		["SF", "SF"],
		[" zto ", "ZTO"],
		["圆通速递", "YTO"],
		["china post parcel", "POSTB"],
	])("knows %j as %s", (given, code) => {
		expect(carrierOf(given)).toBe(code);
	});

	it.each(["", "DRONE", "constructor"])("refuses %j by its name", (given) => {
		expect(() => carrierOf(given)).toThrow(expect.objectContaining({ type: "CARRIER_UNKNOWN" }));
	});
});

describe("readParcel", () => {
	it.each([
		["no lines", undefined],
		["an empty list", []],
		[
			"every line that is to be delivered",
			[
				{ lineId: "2", quantity: 1 },
				{ lineId: "1", quantity: 2 },
			],
		],
		[
			"a line in two rows",
			[
				{ lineId: "1", quantity: 1 },
				{ lineId: "1", quantity: 1 },
				{ lineId: "2", quantity: 1 },
			],
		],
	])("takes %s for the whole order", (_name, lines) => {
		expect(parcel({ lines }).lines).toEqual([]);
	});

	it("keeps the lines of a part of the order", () => {
		expect(parcel({ lines: [{ lineId: "1", quantity: 1 }] }).lines).toEqual([{ lineId: "1", quantity: 1 }]);
	});

	it.each([
		[{ lines: [{ lineId: "9", quantity: 1 }] }, "no line 9"],
		[{ lines: [{ lineId: "2", quantity: 2 }] }, "line 2 has 1 pieces, not 2"],
		[{ trackingNo: "" }, "trackingNo"],
		[{ trackingNo: "顺丰 123456" }, "trackingNo"],
		[{ carrier: "NONE" }, "trackingNo must be empty"],
	])("refuses %j", (given, words) => {
		expect(() => parcel(given)).toThrow(
			expect.objectContaining({ type: "INVALID", message: expect.stringContaining(words) }),
		);
	});

	it("needs no tracking number where nothing is carried", () => {
		expect(parcel({ carrier: "NONE", trackingNo: "" })).toEqual({ carrier: "NONE", trackingNo: "", lines: [] });
	});
});
