import { describe, expect, it } from "vitest";
import { walkWith } from "./canned.ts";
import { parcels } from "./parcels.ts";

type Row = Record<string, unknown>;
const since = new Date("2026-01-02T03:00:00Z"); // 11:00 in Beijing

const note = (name: string, modified: string, more: Row = {}): Row => ({
	name,
	modified,
	lr_no: `SF-${name}`,
	transporter_name: "SF",
	...more,
});

describe("parcels", () => {
	it("are those of each order in a Delivery Note, the rows of one SKU added up", () => {
		const { result } = walkWith(parcels(since), ({ path: doctype }) => {
			if (doctype === "Delivery Note") return [note("DN-1", "2026-01-02 11:00:05.123456")];
			if (doctype === "Delivery Note Item") {
				return [
					{ parent: "DN-1", against_sales_order: "SO-1", item_code: "CUP", qty: 2 },
					{ parent: "DN-1", against_sales_order: "SO-1", item_code: "CUP", qty: 1 },
					{ parent: "DN-1", against_sales_order: "SO-2-1", item_code: "LID", qty: 1.0 },
					{ parent: "DN-1", against_sales_order: "SO-9", item_code: "BOX", qty: 1 },
				];
			}
			return [
				{ name: "SO-1", po_no: "A1" },
				{ name: "SO-2-1", po_no: "A2-2" },
				{ name: "SO-9", po_no: null },
			];
		});
		expect(result.parcels).toEqual([
			{ number: "A1", carrier: "SF", trackingNo: "SF-DN-1", lines: [{ sku: "CUP", quantity: 3 }] },
			{ number: "A2-2", carrier: "SF", trackingNo: "SF-DN-1", lines: [{ sku: "LID", quantity: 1 }] },
		]);
		expect(result.until).toEqual(new Date("2026-01-02T03:00:05Z"));
	});

	it("are asked for from a little before, in the fields that the connection names", () => {
		const settings = { trackingField: "custom_waybill", carrierField: "custom_carrier" };
		const { asked, result } = walkWith(parcels(since), () => [], settings);
		const query = asked[0]?.query;
		expect(JSON.parse(query?.get("filters") ?? "")).toEqual([
			["docstatus", "=", 1],
			["is_return", "=", 0],
			["custom_waybill", "is", "set"],
			["modified", ">=", "2026-01-02 10:55:00"],
		]);
		expect(JSON.parse(query?.get("fields") ?? "")).toEqual(["name", "modified", "custom_waybill", "custom_carrier"]);
		expect(asked).toHaveLength(1);
		expect(result).toEqual({ parcels: [], until: since });
	});

	it("go on from the last stamp, and within one stamp by counting", () => {
		const same = "2026-01-02 11:30:00.000000";
		const pages = [
			Array.from({ length: 100 }, (_, at) => note(`A${at}`, at < 99 ? "2026-01-02 11:20:00.000000" : same)),
			Array.from({ length: 100 }, (_, at) => note(`B${at}`, same)),
			[note("C", "2026-01-02 11:40:00.000000")],
		];
		const { asked, result } = walkWith(parcels(since), ({ path: doctype }) =>
			doctype === "Delivery Note" ? (pages.shift() ?? []) : [],
		);
		const questions = asked
			.filter(({ path }) => path === "Delivery Note")
			.map(({ query }) => [
				JSON.parse(query.get("filters") ?? "")
					.at(-1)
					.at(-1),
				query.get("limit_start"),
			]);
		expect(questions).toEqual([
			["2026-01-02 10:55:00", null],
			[same, null],
			[same, "100"],
		]);
		expect(result.until).toEqual(new Date("2026-01-02T03:40:00Z"));
	});

	it("of more notes than are read in one go leave the rest for the next time", () => {
		let page = 0;
		const { result } = walkWith(parcels(since), ({ path: doctype }) => {
			if (doctype !== "Delivery Note") return [];
			page += 1;
			return Array.from({ length: 100 }, (_, at) =>
				note(`${page}-${at}`, `2026-01-02 1${page}:00:00.0000${String(at).padStart(2, "0")}`),
			);
		});
		expect(page).toBe(4);
		expect(result.until).toEqual(new Date("2026-01-02T06:00:00Z"));
	});
});
