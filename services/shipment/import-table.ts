/** A table of tracking numbers, as people keep them: columns in any order, by their headings. Pure. */
import * as table from "../../mixins/table/columns.ts";

/** One row: a parcel of an order, or one SKU in it. */
export interface ImportRow {
	row: number; // in the table, the heading is 1
	orderNo: string;
	carrier: string;
	trackingNo: string;
	sku: string; // "": the whole order
	quantity: number | null; // of the SKU; null: all of it
}

export type Column = Exclude<keyof ImportRow, "row">;
export type RowError = table.RowError<Column>;

const headings: table.Headings<Column> = {
	orderNo: ["orderno", "ordernumber", "订单号", "订单编号", "平台订单号"],
	carrier: ["carrier", "快递公司", "物流公司", "承运商"],
	trackingNo: ["trackingno", "trackingnumber", "运单号", "快递单号", "物流单号"],
	sku: ["sku", "outersku", "商家编码", "商品编码", "规格编码"],
	quantity: ["quantity", "qty", "数量", "发货数量"],
};
const needed: readonly Column[] = ["orderNo", "carrier", "trackingNo"];
const mostPieces = 1_000_000;

/** @throws INVALID when a column that is needed is not there, or one is there twice */
export function readTable(cells: readonly string[][]): {
	total: number; // rows below the heading that are not empty
	rows: ImportRow[];
	errors: RowError[];
} {
	const read = table.rowsUnder(cells, headings, needed).map(readRow);
	return {
		total: read.length,
		rows: read.filter(({ problems }) => !problems.length).map(({ row }) => row),
		errors: read.flatMap(({ problems }) => problems),
	};
}

function readRow({ row, cell }: table.TableRow<Column>): { row: ImportRow; problems: RowError[] } {
	const problems: RowError[] = [];
	const problem = (field: Column, { en, zh }: table.Words) => problems.push({ row, field, message: en, messageZh: zh });
	for (const column of ["orderNo", "trackingNo", "sku"] as const) {
		if (table.lostDigits(cell(column))) problem(column, table.lostDigitsWords);
	}
	for (const column of ["orderNo", "carrier"] as const) {
		if (!cell(column)) problem(column, { en: "is missing", zh: "必填" });
	}
	const [orderNo, carrier, trackingNo] = needed.map(cell) as [string, string, string];
	const sku = cell("sku");
	const pieces = cell("quantity");
	const quantity = pieces ? Number(pieces) : null;
	if (quantity !== null && !(Number.isSafeInteger(quantity) && quantity > 0 && quantity <= mostPieces)) {
		problem("quantity", { en: `${pieces} is no number of pieces`, zh: `${pieces} 不是件数` });
	} else if (quantity !== null && !sku) {
		problem("quantity", { en: "says nothing without a SKU", zh: "填写数量时必须填写商家编码" });
	}
	return { row: { row, orderNo, carrier, trackingNo, sku, quantity }, problems };
}
