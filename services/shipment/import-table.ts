/** A table of tracking numbers, as people keep them: columns in any order, by their headings. Pure. */
import { hubError } from "../../config/errors.ts";

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

export interface RowError {
	row: number;
	field: Column | "row";
	message: string;
}

/** What a column may be called, in lower case and without blanks. */
const headings: Readonly<Record<Column, readonly string[]>> = {
	orderNo: ["orderno", "ordernumber", "订单号", "订单编号", "平台订单号"],
	carrier: ["carrier", "快递公司", "物流公司", "承运商"],
	trackingNo: ["trackingno", "trackingnumber", "运单号", "快递单号", "物流单号"],
	sku: ["sku", "outersku", "商家编码", "商品编码", "规格编码"],
	quantity: ["quantity", "qty", "数量", "发货数量"],
};
const needed: readonly Column[] = ["orderNo", "carrier", "trackingNo"];
const mostPieces = 1_000_000;

/** @throws INVALID when a column that is needed is not there, or one is there twice */
export function readTable([heading = [], ...rows]: string[][]): {
	total: number; // rows below the heading that are not empty
	rows: ImportRow[];
	errors: RowError[];
} {
	const columns = heading.map(columnOf);
	for (const column of needed) {
		if (!columns.includes(column)) throw invalid(`no column is called ${headings[column].join(", ")}`);
	}
	const twice = columns.find((column, at) => column && columns.indexOf(column) !== at);
	if (twice) throw invalid(`two columns are a ${twice}`);

	const read: ImportRow[] = [];
	const errors: RowError[] = [];
	let total = 0;
	for (const [at, cells] of rows.entries()) {
		const values = cells.map((cell) => cell.trim().replace(/^'/, "")); // how people make a spreadsheet keep digits
		if (values.every((value) => value === "")) continue;
		total += 1;
		const { row, problems } = readRow(at + 2, (column) => values[columns.indexOf(column)] ?? "");
		if (problems.length) errors.push(...problems);
		else read.push(row);
	}
	return { total, rows: read, errors };
}

const invalid = (detail: string): Error => hubError("INVALID", detail, { field: "content" });

function columnOf(heading: string): Column | null {
	const name = heading.toLowerCase().replaceAll(/[\s_*＊-]/g, "");
	const found = Object.entries(headings).find(([, names]) => names.includes(name));
	return (found?.[0] as Column | undefined) ?? null;
}

function readRow(row: number, cellOf: (column: Column) => string): { row: ImportRow; problems: RowError[] } {
	const problems: RowError[] = [];
	const problem = (field: Column, message: string) => problems.push({ row, field, message });
	for (const column of ["orderNo", "trackingNo", "sku"] as const) {
		// A spreadsheet keeps 15 digits of a number: a longer one must be a text there.
		if (/^\d(\.\d+)?e\+\d+$/i.test(cellOf(column))) problem(column, "lost digits: format the column as text");
	}
	if (!cellOf("orderNo")) problem("orderNo", "is missing");
	if (!cellOf("carrier")) problem("carrier", "is missing");
	const [orderNo, carrier, trackingNo] = needed.map(cellOf) as [string, string, string];
	const sku = cellOf("sku");
	const pieces = cellOf("quantity");
	const quantity = pieces ? Number(pieces) : null;
	if (quantity !== null && !(Number.isSafeInteger(quantity) && quantity > 0 && quantity <= mostPieces)) {
		problem("quantity", `${pieces} is no number of pieces`);
	} else if (quantity !== null && !sku) {
		problem("quantity", "says nothing without a SKU");
	}
	return { row: { row, orderNo, carrier, trackingNo, sku, quantity }, problems };
}
