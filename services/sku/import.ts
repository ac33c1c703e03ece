/** ERP SKUs from a table that somebody exported from the ERP: CSV or Excel, columns in any order, by their headings. */
import type { ServiceBroker } from "moleculer";
import { hubError } from "../../config/errors.ts";
import { csvRows, textOf } from "./csv.ts";
import { type ErpSkuStatus, type ErpSkuTold, erpSkuLengths } from "./erp-sku.ts";
import { upsertErpSkus } from "./erp-skus.ts";
import type { JobState } from "./job.ts";
import { saveErpSkus } from "./save-erp-skus.ts";
import { xlsxRows } from "./xlsx.ts";

export const maxImportBytes = 5 * 1024 * 1024;
export const maxImportRows = 50_000;

export interface ImportFile {
	format: "csv" | "xlsx";
	content?: string; // base64 of the file
	text?: string; // of a CSV, instead
	dryRun: boolean; // only tell what it would do
}

export interface RowError {
	row: number; // in the table, the heading is 1
	field: keyof ErpSkuTold | "row";
	message: string;
}

export interface Imported {
	total: number; // rows below the heading that are not empty
	created: number;
	updated: number;
	errors: RowError[]; // the first 1,000; these rows are left out, the others are taken
	failed: number; // all rows with an error
	job: JobState | null;
}

const shownErrors = 1_000;

/** @throws INVALID for a file that cannot be read, is too large or has no column of codes */
export async function importErpSkus(broker: ServiceBroker, file: ImportFile, by: string): Promise<Imported> {
	const { total, skus, errors } = readTable(await rowsOf(file));
	const counts = {
		total,
		failed: new Set(errors.map(({ row }) => row)).size,
		errors: errors.slice(0, shownErrors),
	};
	if (!file.dryRun) return { ...counts, ...(await saveErpSkus(broker, skus, by)) };
	const { created, updated } = await upsertErpSkus(skus, true);
	return { ...counts, created, updated, job: null };
}

async function rowsOf({ format, content, text }: ImportFile): Promise<string[][]> {
	if ((content === undefined) === (text === undefined)) throw invalid("either content or text is needed");
	const rows = maxImportRows + 1;
	if (text !== undefined) {
		if (format !== "csv") throw invalid("text is for CSV; send an Excel workbook as content, in base64");
		if (Buffer.byteLength(text) > maxImportBytes) throw invalid("the file is larger than 5 MB");
		return csvRows(text, rows);
	}
	const bytes = Buffer.from(content ?? "", "base64");
	if (bytes.length > maxImportBytes) throw invalid("the file is larger than 5 MB");
	return format === "csv" ? csvRows(textOf(bytes), rows) : xlsxRows(bytes, rows);
}

const invalid = (detail: string): Error => hubError("INVALID", detail, { field: "content" });

type Field = keyof ErpSkuTold;

/** What a column may be called, in lower case and without blanks. */
const headings: Readonly<Record<Field, readonly string[]>> = {
	code: [
		"code",
		"erpsku",
		"sku",
		"skucode",
		"itemcode",
		"编码",
		"商品编码",
		"规格编码",
		"物料编码",
		"货号",
		"商家编码",
	],
	name: ["name", "itemname", "名称", "商品名称", "物料名称", "品名"],
	unit: ["unit", "uom", "单位", "计量单位"],
	barcode: ["barcode", "ean", "条码", "条形码", "商品条码"],
	status: ["status", "state", "状态"],
};

const statuses: Readonly<Record<string, ErpSkuStatus>> = {
	active: "ACTIVE",
	enabled: "ACTIVE",
	启用: "ACTIVE",
	正常: "ACTIVE",
	disabled: "DISABLED",
	停用: "DISABLED",
	禁用: "DISABLED",
};

function readTable([heading = [], ...rows]: string[][]): { total: number; skus: ErpSkuTold[]; errors: RowError[] } {
	const columns = heading.map(fieldOf);
	if (!columns.includes("code")) throw invalid(`no column is called ${headings.code.join(", ")}`);
	const twice = columns.find((field, at) => field && columns.indexOf(field) !== at);
	if (twice) throw invalid(`two columns are a ${twice}`);

	const skus = new Map<string, ErpSkuTold>();
	const errors: RowError[] = [];
	let total = 0;
	for (const [at, cells] of rows.entries()) {
		const values = cells.map((cell) => cell.trim());
		if (values.every((value) => value === "")) continue;
		total += 1;
		const row = at + 2;
		const { sku, problems } = readRow(columns, values);
		if (!problems.length && skus.has(sku.code)) problems.push(["code", `${sku.code} is there in an earlier row`]);
		if (problems.length) errors.push(...problems.map(([field, message]) => ({ row, field, message })));
		else skus.set(sku.code, sku);
	}
	return { total, skus: [...skus.values()], errors };
}

function fieldOf(heading: string): Field | null {
	const name = heading.toLowerCase().replaceAll(/[\s_*＊-]/g, "");
	const found = Object.entries(headings).find(([, names]) => names.includes(name));
	return (found?.[0] as Field | undefined) ?? null;
}

function readRow(
	columns: readonly (Field | null)[],
	values: readonly string[],
): { sku: ErpSkuTold; problems: [RowError["field"], string][] } {
	const problems: [RowError["field"], string][] = [];
	const sku: ErpSkuTold = { code: "" };
	for (const [at, field] of columns.entries()) {
		const value = values[at] ?? "";
		if (!field || (!value && field !== "code")) continue; // an empty cell leaves what is stored
		if (field === "status") {
			const status = statuses[value.toLowerCase()];
			if (status) sku.status = status;
			else problems.push([field, `${value} is none of ${Object.keys(statuses).join(", ")}`]);
			continue;
		}
		if (value.length > erpSkuLengths[field]) problems.push([field, `longer than ${erpSkuLengths[field]} characters`]);
		if (value === "") problems.push([field, "is missing"]);
		// A spreadsheet keeps 15 digits of a number: a longer code must be a text there.
		if (field !== "name" && /^\d(\.\d+)?e\+\d+$/i.test(value))
			problems.push([field, "lost digits: format the column as text"]);
		sku[field] = value;
	}
	return { sku, problems };
}
