import type { NewDocument } from "../document.ts";
import { FieldProblem, needed, piecesOf, wrong } from "./fields.ts";
import { type Element, listAt, textAt } from "./xml.ts";

/** Fields the standard marks as required. Source: 奇门 returnorder.create. */
const neededFields = `returnOrderCode warehouseCode orderType preDeliveryOrderCode logisticsCode
	senderInfo.name senderInfo.mobile senderInfo.province senderInfo.city senderInfo.detailAddress`.split(/\s+/);
const neededLineFields = ["ownerCode", "itemCode", "planQty"];
const orderTypes = ["THRK", "HHRK"];

/**
 * Reads a returnorder.create: goods that a buyer sends back. The document has no money. `orderNo` is the first line's
 * `sourceOrderCode`. Throws FieldProblem.
 */
export function readReturnOrder(request: Element): NewDocument {
	const order = (typeof request === "object" && !Array.isArray(request) && request.returnOrder) || {};
	for (const path of neededFields) needed(order, `returnOrder.${path}`, path.split("."));
	if (!orderTypes.includes(textAt(order, "orderType"))) throw wrong("returnOrder.orderType");
	const lines = listAt(request, "orderLines", "orderLine");
	if (lines.length === 0) throw new FieldProblem("MISSING_FIELD", "orderLines.orderLine is required");
	return {
		kind: "aftersale",
		key: textAt(order, "returnOrderCode"),
		orderNo: textAt(lines[0] ?? "", "sourceOrderCode") || textAt(order, "preDeliveryOrderCode"),
		hubOrderId: textAt(order, "extendProps", "hubOrderId"),
		lines: lines.map((line, at) => {
			const where = `orderLines.orderLine[${at}]`;
			for (const name of neededLineFields) needed(line, `${where}.${name}`, [name]);
			return { sku: textAt(line, "itemCode"), quantity: piecesOf(line, where), totalFen: 0 };
		}),
		freightFen: 0,
		wishedCarrier: "",
	};
}
