import { fenOf } from "../../money.ts";
import type { DocumentLine, NewDocument } from "../document.ts";

/**
 * The body of `POST /erp/generic/orders`. Amounts are yuan with at most two decimals, as text or number.
 *
 * ```json
 * { "orderNo": "4187263549012345678", "hubOrderId": "taobao:taobao-demo:4187263549012345678", "shopNo": "SHOP01",
 *   "placedAt": "2026-03-18T08:40:01+08:00", "carrier": "SF", "remark": "请发顺丰",
 *   "receiver": { "name": "王**", "mobile": "*******1234", "province": "广东省", "city": "深圳市", "district": "南山区", "address": "****" },
 *   "lines": [{ "sku": "CUP-BK-500", "quantity": 2, "amount": "72.05" }], "freight": "6.00", "total": "78.05" }
 * ```
 *
 * `version`, of the order as it is told, is given back by `GET /orders`. Needed: orderNo, shopNo, placedAt, receiver.{name, mobile, province, address}, lines with sku, quantity (a whole number)
 * and amount (of the whole line), freight and total, which must be the sum of all lines and the freight.
 */
export type OrderBody = Readonly<Record<string, unknown>>;

/** What is wrong with a body; the message names the field. */
export class BodyProblem extends Error {}

const receiverFields = ["name", "mobile", "province", "address"];
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;

/** Throws BodyProblem. */
export function readOrder(body: OrderBody): NewDocument {
	const orderNo = text(body, "orderNo");
	text(body, "shopNo");
	if (!instant.test(text(body, "placedAt"))) throw new BodyProblem("placedAt must be an ISO 8601 time with its zone");
	for (const name of receiverFields) text(Object(body.receiver), name, "receiver.");
	const lines = body.lines;
	if (!Array.isArray(lines) || lines.length === 0) throw new BodyProblem("lines must not be empty");
	const read = lines.map((line: unknown, at) => readLine(Object(line), `lines[${at}].`));
	const freightFen = amount(body, "freight");
	const sumFen = read.reduce((sum, { totalFen }) => sum + totalFen, freightFen);
	if (amount(body, "total") !== sumFen) throw new BodyProblem("total must be the sum of the lines and the freight");
	return {
		key: orderNo,
		orderNo,
		hubOrderId: optionalText(body, "hubOrderId"),
		lines: read,
		freightFen,
		wishedCarrier: optionalText(body, "carrier"),
		version: versionOf(body),
	};
}

const aftersaleTypes = [
	"REFUND_BEFORE_SHIP",
	"REFUND_ONLY",
	"RETURN_REFUND",
	"EXCHANGE",
	"RESEND",
	"REPAIR",
	"PRICE_PROTECT",
	"REJECTED",
];

/**
 * The body of `POST /erp/generic/aftersales`: an after-sale as it stands now.
 *
 * ```json
 * { "aftersaleNo": "9187263549012345678", "orderNo": "4187263549012345678", "version": 3, "type": "RETURN_REFUND",
 *   "status": "WAIT_BUYER_RETURN", "reason": "七天无理由", "refund": "36.03",
 *   "returnCarrier": "ZTO", "returnTrackingNo": "78000000001",
 *   "lines": [{ "sku": "CUP-BK-500", "quantity": 1, "refund": "36.03" }] }
 * ```
 *
 * Needed: aftersaleNo, orderNo, type, status, refund, which must not be less than its lines, and lines, which may be empty.
 * Throws BodyProblem.
 */
export function readAftersale(body: OrderBody): NewDocument {
	const { lines } = body;
	if (!Array.isArray(lines)) throw new BodyProblem("lines must be a list");
	if (!aftersaleTypes.includes(text(body, "type"))) throw new BodyProblem("type is unknown");
	text(body, "status");
	const read = lines.map((line: unknown, at) => readLine(Object(line), `lines[${at}].`, "refund"));
	const besideFen = amount(body, "refund") - read.reduce((sum, { totalFen }) => sum + totalFen, 0);
	if (besideFen < 0) throw new BodyProblem("refund must not be less than its lines");
	return {
		kind: "aftersale",
		key: text(body, "aftersaleNo"),
		orderNo: text(body, "orderNo"),
		hubOrderId: optionalText(body, "hubOrderId"),
		lines: read,
		freightFen: besideFen,
		wishedCarrier: "",
		version: versionOf(body),
	};
}

function readLine(line: OrderBody, where: string, total = "amount"): DocumentLine {
	const { quantity } = line;
	if (typeof quantity !== "number" || !Number.isSafeInteger(quantity) || quantity < 1) {
		throw new BodyProblem(`${where}quantity must be a whole number above zero`);
	}
	return { sku: text(line, "sku", where), quantity, totalFen: amount(line, total, where) };
}

function text(body: OrderBody, name: string, where = ""): string {
	const value = body[name];
	if (typeof value !== "string" || value === "") throw new BodyProblem(`${where}${name} must be a text`);
	return value;
}

function versionOf({ version }: OrderBody): string {
	if (version !== undefined && !Number.isSafeInteger(version)) throw new BodyProblem("version must be a whole number");
	return version === undefined ? "" : String(version);
}

function optionalText(body: OrderBody, name: string): string {
	return body[name] === undefined || body[name] === "" ? "" : text(body, name);
}

/** Fen. A number such as 0.30000000000000004 has too many decimals, as it would have for a bookkeeper. */
function amount(body: OrderBody, name: string, where = ""): number {
	const value = body[name];
	const fen = typeof value === "number" || typeof value === "string" ? fenOf(String(value)) : null;
	if (fen === null) throw new BodyProblem(`${where}${name} must be yuan with at most two decimals`);
	return fen;
}
