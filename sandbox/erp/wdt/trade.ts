import type { DocumentLine, NewDocument } from "../document.ts";
import {
	code,
	decimal,
	type Fields,
	fenOf,
	optionalDecimal,
	optionalText,
	piecesOf,
	presentText,
	RowProblem,
	text,
	time,
	times,
} from "./fields.ts";

/** A pushed order: what it comes to, and its fields as they will be shown. */
export interface Trade {
	document: NewDocument;
	isClosed: boolean; // 已退款 or 已关闭: not to be delivered
	row: Fields;
	lines: Fields[];
}

const states = [10, 20, 30, 40, 50, 60, 70, 80, 90];
const off = new Set([80, 90]);

/**
 * One order of a `sales.RawTrade.pushSelf2`, with those of the lines that name it. Total = Σ total_amount of the lines
 * that are not off, and the freight. Throws RowProblem.
 */
export function readTrade(row: Fields, allLines: readonly Fields[]): Trade {
	const tid = text(row, "tid", 40);
	const lines = allLines.filter((line) => line.tid === tid);
	if (lines.length === 0) throw new RowProblem("子订单不能为空");
	checkHead(row);
	const read = lines.map(readLine);
	const oids = new Set(lines.map(({ oid }) => oid));
	if (oids.size < lines.length) throw new RowProblem("oid重复");
	const goods = read.reduce((sum, line) => sum + line.num, 0n);
	if (row.order_count !== lines.length) throw new RowProblem("order_count与子订单个数不一致");
	if (decimal(row, "goods_count") !== goods) throw new RowProblem("goods_count与货品数量之和不一致");

	const open = read.filter(({ isOff }) => !isOff);
	const post = decimal(row, "post_amount");
	const due = open.reduce((sum, { total }) => sum + total, 0n) + (open.length ? post : 0n);
	const claimed = decimal(row, "receivable") + decimal(row, "discount") - optionalDecimal(row, "other_amount");
	if (claimed !== due) throw new RowProblem("应收金额receivable与明细不一致");
	const isClosed = off.has(code(row, "trade_status", states));
	if (!isClosed && open.length === 0) throw new RowProblem("trade_status与子订单状态不一致");
	return {
		document: {
			key: tid,
			orderNo: tid,
			hubOrderId: "", // 旺店通 tells nobody by itself
			lines: open.map(({ line }) => line),
			freightFen: open.length ? fenOf(post) : 0,
			wishedCarrier: optionalText(row, "cust_data", 40),
		},
		isClosed,
		row,
		lines,
	};
}

function checkHead(row: Fields): void {
	code(row, "process_status", [10, 20, 30, 40, 60, 70]);
	code(row, "refund_status", [0, 1, 2, 3]);
	code(row, "pay_status", [0, 1, 2]);
	code(row, "pay_method", [1, 2, 3, 4, 5, 6, 7, 8]);
	code(row, "delivery_term", [1, 2, 3]);
	time(row, "trade_time");
	if (row.pay_time) time(row, "pay_time");
	if (row.end_time === undefined) throw new RowProblem("end_time不能为空");
	if (row.end_time) time(row, "end_time");
	text(row, "buyer_nick", 100);
	text(row, "receiver_name", 100);
	if (text(row, "receiver_area", 40).split(" ").length !== 3) throw new RowProblem("receiver_area省市区须以空格分隔");
	text(row, "receiver_address", 256);
	if (text(row, "receiver_mobile", 40).length !== 11) throw new RowProblem("receiver_mobile须为11位");
	if (typeof row.is_auto_wms !== "boolean") throw new RowProblem("is_auto_wms类型错误");
	if (presentText(row, "warehouse_no", 40) === "" && row.is_auto_wms) throw new RowProblem("warehouse_no不能为空");
	optionalText(row, "buyer_message", 1024);
	optionalText(row, "remark", 1024);
}

function readLine(row: Fields): { line: DocumentLine; num: bigint; total: bigint; isOff: boolean } {
	for (const name of ["oid", "goods_id", "spec_id", "goods_no", "spec_no"]) text(row, name, 40);
	text(row, "goods_name", 255);
	presentText(row, "remark", 255);
	presentText(row, "json", 255);
	code(row, "refund_status", [0, 1, 2, 3, 4, 5, 6]);
	for (const name of ["share_discount", "refund_amount"]) decimal(row, name);
	const num = decimal(row, "num");
	if (num === 0n) throw new RowProblem("num必须大于0");
	const total = decimal(row, "total_amount");
	const reckoned = times(decimal(row, "price"), num) + decimal(row, "adjust_amount") - decimal(row, "discount");
	if (total !== reckoned) throw new RowProblem("total_amount与price*num+adjust_amount-discount不一致");
	const line = { sku: text(row, "spec_no", 40), quantity: piecesOf(num), totalFen: fenOf(total) };
	return { line, num, total, isOff: off.has(code(row, "status", states)) };
}
