import { beijingMs } from "../../beijing.ts";
import { fenOf, lineTotalFen } from "../../money.ts";
import type { DocumentLine, NewDocument } from "../document.ts";
import { type Element, listAt, textAt } from "./xml.ts";

/** What is wrong with a request: the code of the answer, and a message that names the field. */
export class FieldProblem extends Error {
	readonly code: "MISSING_FIELD" | "INVALID_FIELD";
	constructor(code: "MISSING_FIELD" | "INVALID_FIELD", message: string) {
		super(message);
		this.code = code;
	}
}

/** Fields the standard marks as required. Source: 奇门 deliveryorder.create. */
const neededFields =
	`deliveryOrderCode orderType warehouseCode createTime placeOrderTime operateTime shopNick logisticsCode
	senderInfo.name senderInfo.mobile senderInfo.province senderInfo.city senderInfo.detailAddress
	receiverInfo.name receiverInfo.mobile receiverInfo.province receiverInfo.city receiverInfo.detailAddress`.split(
		/\s+/,
	);
const neededLineFields = ["ownerCode", "itemCode", "planQty", "actualPrice"];
const timeFields = ["createTime", "placeOrderTime", "operateTime", "payTime"];
const amountFields = ["totalAmount", "itemAmount", "discountAmount", "freight", "arAmount", "gotAmount"];
const orderTypes = ["JYCK", "HHCK", "BFCK", "QTCK"];

/**
 * Reads a deliveryorder.create. The hub's order id is `deliveryOrder.extendProps.hubOrderId`; the platform's order number
 * is the first line's `sourceOrderCode`. Line total = half-up(actualPrice × planQty), the price with up to six decimals.
 * Throws FieldProblem.
 */
export function readDeliveryOrder(request: Element): NewDocument {
	const order = (typeof request === "object" && !Array.isArray(request) && request.deliveryOrder) || {};
	for (const path of neededFields) needed(order, `deliveryOrder.${path}`, path.split("."));
	for (const name of timeFields) checkTime(order, name);
	for (const name of amountFields) amountOf(order, name);
	if (!orderTypes.includes(textAt(order, "orderType"))) throw wrong("deliveryOrder.orderType");
	const lines = listAt(request, "orderLines", "orderLine");
	if (lines.length === 0) throw new FieldProblem("MISSING_FIELD", "orderLines.orderLine is required");
	const key = textAt(order, "deliveryOrderCode");
	const carrier = textAt(order, "logisticsCode");
	return {
		key,
		orderNo: textAt(lines[0] ?? "", "sourceOrderCode") || key,
		hubOrderId: textAt(order, "extendProps", "hubOrderId"),
		lines: lines.map(readLine),
		freightFen: amountOf(order, "freight"),
		wishedCarrier: carrier === "OTHER" ? "" : carrier,
	};
}

function readLine(line: Element, at: number): DocumentLine {
	const where = `orderLines.orderLine[${at}]`;
	for (const name of neededLineFields) needed(line, `${where}.${name}`, [name]);
	const quantity = Number(textAt(line, "planQty"));
	if (!Number.isSafeInteger(quantity) || quantity < 1 || quantity > 1_000_000) throw wrong(`${where}.planQty`);
	const totalFen = lineTotalFen(textAt(line, "actualPrice"), quantity);
	if (totalFen === null) throw wrong(`${where}.actualPrice`);
	return { sku: textAt(line, "itemCode"), quantity, totalFen };
}

function needed(element: Element, name: string, path: string[]): void {
	if (textAt(element, ...path) === "") throw new FieldProblem("MISSING_FIELD", `${name} is required`);
}

function checkTime(order: Element, name: string): void {
	const text = textAt(order, name);
	if (text !== "" && beijingMs(text) === null) throw wrong(`deliveryOrder.${name}`);
}

/** Fen of an amount that may be absent. */
function amountOf(order: Element, name: string): number {
	const fen = fenOf(textAt(order, name) || "0");
	if (fen === null) throw wrong(`deliveryOrder.${name}`);
	return fen;
}

function wrong(name: string): FieldProblem {
	return new FieldProblem("INVALID_FIELD", `${name} is invalid`);
}
