/** ERP SKUs from a table that somebody exported from the ERP: CSV or Excel, columns in any order, by their headings. */
import type { ServiceBroker } from "moleculer";
import { hubError } from "../../config/errors.ts";
import * as table from "../../mixins/table/columns.ts";
import { csvRows } from "../../mixins/table/csv.ts";
import { maxTableBytes, type TableFile, tableOf } from "../../mixins/table/file.ts";
import { type ErpSkuStatus, type ErpSkuTold, erpSkuLengths } from "./erp-sku.ts";
import { upsertErpSkus } from "./erp-skus.ts";
import type { JobState } from "./job.ts";
import { saveErpSkus } from "./save-erp-skus.ts";

const maxRows = 50_000;

export interface ImportFile extends Omit<TableFile, "content"> {
	content?: string; // base64 of the file
	text?: string; // of a CSV, instead
	dryRun: boolean; // only tell what it would do
}

export type RowError = table.RowError<keyof ErpSkuTold>;

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
	if (content !== undefined && text === undefined) return tableOf({ format, content }, maxRows);
	if (content !== undefined || text === undefined) throw invalid("either content or text is needed");
	if (format !== "csv") throw invalid("text is for CSV; send an Excel workbook as content, in base64");
	if (Buffer.byteLength(text) > maxTableBytes) throw invalid("the file is larger than 5 MB");
	return csvRows(text, maxRows + 1);
}

const invalid = (detail: string): Error => hubError("INVALID", detail, { field: "content" });

type Field = keyof ErpSkuTold;

const headings: table.Headings<Field> = {
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
const fields = Object.keys(headings) as Field[];

const statuses: Readonly<Record<string, ErpSkuStatus>> = {
	active: "ACTIVE",
	enabled: "ACTIVE",
	启用: "ACTIVE",
	正常: "ACTIVE",
	disabled: "DISABLED",
	停用: "DISABLED",
	禁用: "DISABLED",
};

function readTable(cells: string[][]): { total: number; skus: ErpSkuTold[]; errors: RowError[] } {
	const rows = table.rowsUnder(cells, headings, ["code"]);
	const skus = new Map<string, ErpSkuTold>();
	const errors: RowError[] = [];
	for (const each of rows) {
		const { sku, problems } = readRow(each);
		if (!problems.length && skus.has(sku.code)) {
			problems.push(["code", { en: `${sku.code} is there in an earlier row`, zh: `${sku.code} 在前面的行里已有` }]);
		}
		const { row } = each;
		errors.push(...problems.map(([field, { en, zh }]) => ({ row, field, message: en, messageZh: zh })));
		if (!problems.length) skus.set(sku.code, sku);
	}
	return { total: rows.length, skus: [...skus.values()], errors };
}

function readRow({ cell }: table.TableRow<Field>): { sku: ErpSkuTold; problems: [Field, table.Words][] } {
	const problems: [Field, table.Words][] = [];
	const sku: ErpSkuTold = { code: "" };
	for (const field of fields) {
		const value = cell(field);
		if (!value && field !== "code") continue; // an empty cell leaves what is stored
		if (field === "status") {
			const status = statuses[value.toLowerCase()];
			const known = Object.keys(statuses).join(", ");
			if (status) sku.status = status;
			else problems.push([field, { en: `${value} is none of ${known}`, zh: `${value} 不是以下之一：${known}` }]);
			continue;
		}
		const most = erpSkuLengths[field];
		if (value.length > most) {
			problems.push([field, { en: `longer than ${most} characters`, zh: `长度不得超过 ${most}` }]);
		}
		if (value === "") problems.push([field, { en: "is missing", zh: "必填" }]);
		if (field !== "name" && table.lostDigits(value)) problems.push([field, table.lostDigitsWords]);
		sku[field] = value;
	}
	return { sku, problems };
}
