/** The fields of the generic documents, of those that are as the plain interface has them. */

import { fenIn } from "../amounts.ts";
import type { PushKind } from "../driver.ts";
import type { Form } from "../form.ts";
import { count, type Format, flag, money, oneOf, pieces, text } from "../format.ts";
import type { Booking } from "../judgement.ts";
import { valueAt } from "./interface.ts";

type Document = Readonly<Record<string, unknown>>;

const code = text(100);
const words = text(1_000);
const time: Format = {
	fits: (value) => typeof value === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(value),
	words: {
		zh: "应为带时区的时间，如 2026-01-02T03:04:05+08:00：用 $iso(…At)",
		en: "must be a time with its zone, as in 2026-01-02T03:04:05+08:00: use $iso(…At)",
	},
};

export const orderForm: Form = {
	orderNo: code,
	hubOrderId: text(280),
	version: count,
	type: oneOf("EXCHANGE", "RESEND"),
	presale: flag,
	shopNo: code,
	placedAt: time,
	paidAt: time,
	carrier: code,
	remark: words,
	"receiver.name": words,
	"receiver.mobile": words,
	"receiver.province": words,
	"receiver.city": words,
	"receiver.district": words,
	"receiver.address": words,
	"lines[].lineId": code,
	"lines[].comboOf": code,
	"lines[].sku": code,
	"lines[].name": words,
	"lines[].quantity": pieces,
	"lines[].amount": money,
	"lines[].gift": flag,
	freight: money,
	total: money,
};

export const cancelForm: Form = { orderNo: code, hubOrderId: text(280), reason: words };

export const aftersaleForm: Form = {
	aftersaleNo: code,
	orderNo: code,
	hubOrderId: text(280),
	hubAftersaleId: text(280),
	version: count,
	type: code,
	status: code,
	reason: words,
	appliedAt: time,
	deadline: time,
	returnCarrier: words,
	returnTrackingNo: code,
	refund: money,
	"lines[].lineId": code,
	"lines[].sku": code,
	"lines[].comboOf": code,
	"lines[].quantity": pieces,
	"lines[].refund": money,
};

/** Of a document of another layout only the number is known. */
export function bookingIn(document: Document, kind: PushKind, numberField: string): Booking {
	const number = String(valueAt(document, numberField) ?? "");
	const fields = { number: numberField, lines: "", sku: "", quantity: "", amount: "", freight: "" };
	const none: Booking = { number, order: null, lines: null, freightFen: null, totals: [], fields };
	if (kind === "cancel") return { ...none, lines: [] };
	const isAftersale = kind === "aftersale";
	const order = isAftersale ? { field: "orderNo", number: String(document.orderNo ?? "") } : null;
	const [amount, total, freight] = isAftersale ? ["refund", "refund", ""] : ["amount", "total", "freight"];
	if (!Array.isArray(document.lines)) return { ...none, order };
	const rows = document.lines.map((row) => Object(row) as Document);
	if (!rows.every((row) => "sku" in row && "quantity" in row && amount in row)) return { ...none, order };
	return {
		number,
		order,
		lines: rows.map((row) => ({ sku: String(row.sku), quantity: Number(row.quantity), fen: fenIn(row[amount]) })),
		freightFen: freight ? fenIn(document[freight]) : null,
		totals: [{ field: total, fen: fenIn(document[total]), is: "due" }],
		fields: {
			number: numberField,
			lines: "lines",
			sku: "lines[].sku",
			quantity: "lines[].quantity",
			amount: `lines[].${amount}`,
			freight,
		},
	};
}
