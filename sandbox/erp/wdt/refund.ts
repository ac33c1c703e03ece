import type { NewDocument } from "../document.ts";
import { code, decimal, type Fields, fenOf, optionalText, piecesOf, presentText, text, time } from "./fields.ts";

/** One row of an `aftersales.refund.RawRefund.upload2`: an after-sale of one line of an order. Throws RowProblem. */
export function readRefund(row: Fields): NewDocument {
	const key = text(row, "refund_no", 40);
	const orderNo = text(row, "tid", 40);
	text(row, "oid", 40);
	code(row, "type", [0, 1, 2, 3, 4]);
	code(row, "status", [1, 2, 3, 4, 5]);
	code(row, "is_aftersale", [0, 1]);
	text(row, "refund_version", 40);
	text(row, "buyer_nick", 100);
	presentText(row, "title", 255);
	presentText(row, "reason", 255);
	for (const name of ["logistics_name", "logistics_no", "spec_no"]) optionalText(row, name, 40);
	if (row.refund_time) time(row, "refund_time");
	decimal(row, "actual_refund_amount");
	const line = {
		sku: optionalText(row, "spec_no", 40),
		quantity: piecesOf(decimal(row, "num")),
		totalFen: fenOf(decimal(row, "refund_amount")),
	};
	return { kind: "aftersale", key, orderNo, hubOrderId: "", lines: [line], freightFen: 0, wishedCarrier: "" };
}
