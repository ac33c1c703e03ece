import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { ErpLine, Order } from "../order/order.ts";
import type { PushKind } from "./driver.ts";
import { judge } from "./judge.ts";

interface Case {
	name: string;
	input: { order: Order & { erpLines?: ErpLine[] }; cfg?: Record<string, string> };
	output: Record<string, unknown>;
}

const mappings = path.resolve(import.meta.dirname, "../../config/mappings/erp");
const golden = globSync("*/*.cases.json", { cwd: mappings }).map((file) => {
	const [dialect = "", kind = ""] = file.replace(".cases.json", "").split(path.sep);
	return {
		dialect,
		kind: kind as PushKind,
		cases: JSON.parse(readFileSync(path.join(mappings, file), "utf8")) as Case[],
	};
});

function openLines({ erpLines, lines }: Case["input"]["order"]): Pick<ErpLine, "erpSku" | "quantity" | "paidFen">[] {
	return (erpLines ?? lines).filter(({ status, refund }) => status !== "CLOSED" && refund !== "DONE");
}

describe.each(golden)("the documents of the golden cases of $dialect/$kind", ({ dialect, kind, cases }) => {
	it.each(cases)("$name", ({ input, output }) => {
		const { problems } = judge({ dialect, kind, settings: input.cfg ?? {}, document: output });
		expect(problems.filter(({ rule }) => rule !== "REQUIRED")).toEqual([]);
	});

	const [first] = cases;
	it("lack nothing in the first case", () => {
		const { input, output } = first as Case;
		expect(judge({ dialect, kind, settings: input.cfg ?? {}, document: output }).problems).toEqual([]);
	});
});

const delivered = golden.filter(({ kind }) => kind === "order" || kind === "change");
describe.each(delivered)("the golden cases of $dialect/$kind", ({ dialect, kind, cases }) => {
	const matched = cases
		.map((each) => ({ ...each, open: openLines(each.input.order) }))
		.filter(({ open }) => open.length && open.every(({ erpSku }) => erpSku));

	it.each(matched)("are booked as what was ordered: $name", ({ input, output, open }) => {
		const { order, cfg = {} } = input;
		const { booking } = judge({ dialect, kind, settings: cfg, document: output });
		const lines = open.map(({ erpSku: sku, quantity, paidFen: fen }) => ({ sku, quantity, fen }));
		expect(booking).toMatchObject({ lines, freightFen: order.money.freightFen ?? null });
		const dueFen = open.reduce((sum, { paidFen }) => sum + paidFen, order.money.freightFen);
		const due = booking?.totals.filter(({ is }) => is === "due").map(({ fen }) => fen);
		expect(new Set(due)).toEqual(new Set(due?.length ? [dueFen] : []));
	});
});

describe("what an ERP cannot take", () => {
	const document = golden.find(({ dialect, kind }) => dialect === "qimen" && kind === "order")?.cases[0]?.output;
	const change = (field: string, value: unknown): Record<string, unknown> => {
		const copy = structuredClone(document) as Record<string, unknown>;
		const parts = field.replaceAll("[]", ".0").split(".");
		const parent = parts.slice(0, -1).reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], copy);
		(parent as Record<string, unknown>)[parts.at(-1) ?? ""] = value;
		return copy;
	};

	it.each([
		["deliveryOrder.totalAmount", "25.905", "FORMAT", "two decimals"],
		["deliveryOrder.totalAmount", 3.3000000000000003, "FORMAT", "$yuan"],
		["deliveryOrder.orderType", "SALE", "FORMAT", "JYCK"],
		["deliveryOrder.placeOrderTime", "2026-01-02T03:04:05Z", "FORMAT", "$time"],
		["deliveryOrder.placeOrderTime", "2026-02-30 03:04:05", "FORMAT", "$time"],
		["deliveryOrder.deliveryOrderCode", 4187263549012346000, "FORMAT", "text"],
		["deliveryOrder.deliveryOrderCode", "", "REQUIRED", "empty"],
		["deliveryOrder.buyerMessage", "长".repeat(501), "FORMAT", "text of 501 characters"],
		["orderLines.orderLine[].planQty", 1.5, "FORMAT", "whole number"],
		["orderLines.orderLine[].planQty", 0, "FORMAT", "above zero"],
		["orderLines.orderLine[].itemCode", null, "REQUIRED", "empty"],
		["orderLines.orderLine", { itemCode: "A" }, "LIST", "must be a list"],
		["orderLines.orderLine", [], "REQUIRED", "empty"],
		["deliveryOrder.buyerMesage", "快点", "UNKNOWN_FIELD", "buyerMessage"],
	])("%s = %j is told as %s with %j", (field, value, rule, words) => {
		const given = change(field, value);
		if (field.endsWith("Mesage")) delete (given.deliveryOrder as Record<string, unknown>).buyerMessage;
		const { problems } = judge({ dialect: "qimen", kind: "order", settings: {}, document: given });
		expect(problems).toEqual([
			{ field, rule, words: { zh: expect.stringContaining(field), en: expect.stringContaining(words) } },
		]);
	});

	it("is never shown: it may be a person's", () => {
		const given = change("deliveryOrder.receiverInfo.mobile", 13900001111);
		const told = JSON.stringify(judge({ dialect: "qimen", kind: "order", settings: {}, document: given }));
		expect(told).toContain("receiverInfo.mobile");
		expect(told.slice(0, told.indexOf('"booking"'))).not.toContain("13900001111");
	});

	it("is a kind of document that it cannot be told", () => {
		expect(() => judge({ dialect: "qimen", kind: "change", settings: {}, document: {} })).toThrow(
			expect.objectContaining({ type: "INVALID" }),
		);
	});
});
