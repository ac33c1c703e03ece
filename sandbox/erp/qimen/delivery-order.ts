import { lineTotalFen } from "../../money.ts";
import type { DocumentLine, NewDocument } from "../document.ts";
import { amountOf, checkTime, FieldProblem, needed, piecesOf, wrong } from "./fields.ts";
import { type Element, listAt, textAt } from "./xml.ts";

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
	for (const name of timeFields) checkTime(order, name, "deliveryOrder");
	for (const name of amountFields) amountOf(order, name, "deliveryOrder");
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
		freightFen: amountOf(order, "freight", "deliveryOrder"),
		wishedCarrier: carrier === "OTHER" ? "" : carrier,
	};
}

function readLine(line: Element, at: number): DocumentLine {
	const where = `orderLines.orderLine[${at}]`;
	for (const name of neededLineFields) needed(line, `${where}.${name}`, [name]);
	const quantity = piecesOf(line, where);
	const totalFen = lineTotalFen(textAt(line, "actualPrice"), quantity);
	if (totalFen === null) throw wrong(`${where}.actualPrice`);
	return { sku: textAt(line, "itemCode"), quantity, totalFen };
}
