import { describe, expect, it } from "vitest";
import { readParcels } from "./parcels.ts";

const known = new Set(["1001", "1002", "1003"]);
const read = (text: string, usual = "") => readParcels(text, usual, known);

describe("pasted parcels", () => {
	it("come from a table, with the carrier by its code or its name", () => {
		const text = "1001\tSF\tSF100\n1002,中通快递,ZT200\n1003 SF Express SF300\n\n";
		expect(read(text)).toEqual({
			parcels: [
				{ orderNo: "1001", carrier: "SF", trackingNo: "SF100" },
				{ orderNo: "1002", carrier: "ZTO", trackingNo: "ZT200" },
				{ orderNo: "1003", carrier: "SF", trackingNo: "SF300" },
			],
			wrong: [],
		});
	});

	it("go by the carrier chosen for all where a line names none", () => {
		expect(read("1001 SF100", "SF").parcels).toEqual([{ orderNo: "1001", carrier: "SF", trackingNo: "SF100" }]);
	});

	it.each([
		["1001", "fields"],
		["9999 SF SF100", "order"],
		["1001 Pigeon P100", "carrier"],
		["1001 SF100", "carrier"],
	])("say what is wrong with %j", (text, why) => {
		expect(read(text)).toEqual({ parcels: [], wrong: [{ line: 1, text, why }] });
	});

	it("have one line an order", () => {
		expect(read("1001 SF SF100\n1001 SF SF101").wrong).toEqual([{ line: 2, text: "1001 SF SF101", why: "twice" }]);
	});
});
