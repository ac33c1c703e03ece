import { beijingMs } from "../../beijing.ts";
import { type Answer, json } from "../../target.ts";
import { problem, queryRefused } from "./answers.ts";
import { type Condition, fits, type Row, readFilter } from "./filter.ts";
import type { Ledger } from "./ledger.ts";
import { forms } from "./model.ts";

const ofLines = ["FMaterialId.FNumber", "FQty", "FRealQty", "FTaxPrice", "FMaterialID.FNumber", "FSoorDerno"];
const mostRows = 10_000;

/**
 * ExecuteBillQuery: {FormId, FieldKeys: "FID,FBillNo", FilterString, OrderString, StartRow, Limit} → rows of values in the
 * order of FieldKeys; one a line as soon as one of the fields is of the lines. Rows come as the form's own order has them:
 * deliveries by FModifyDate, bills by FID.
 */
export function runQuery(ledger: Ledger, data: Readonly<Record<string, unknown>>): Answer {
	const fields = String(data.FieldKeys ?? "")
		.split(",")
		.map((field) => field.trim());
	const filter = readFilter(String(data.FilterString ?? ""));
	if (!filter) return queryRefused([problem("过滤条件语法错误", "FilterString")]);
	const limit = Number(data.Limit ?? 0) || mostRows;
	const start = Number(data.StartRow ?? 0);
	const rows = rowsOf(ledger, String(data.FormId), fields, filter);
	if (!rows) return queryRefused([problem("业务对象不存在", "FormId")]);
	const [first] = rows;
	const strange = first && [...fields, ...filter.map(({ field }) => field)].find((field) => !(field in first));
	if (strange) return queryRefused([problem(`字段“${strange}”不存在`, "FieldKeys")]);
	const fitting = rows.filter((row) => filter.every((condition) => fits(row, condition)));
	return json(
		200,
		fitting.slice(start, start + Math.min(limit, mostRows)).map((row) => fields.map((field) => row[field])),
	);
}

function rowsOf(ledger: Ledger, formId: string, fields: string[], filter: readonly Condition[]): Row[] | null {
	if (formId === "SAL_OUTSTOCK") {
		const since = filter.find(({ field, is }) => field === "FModifyDate" && is === ">=");
		return ledger.deliveries(beijingMs(since?.values[0] ?? "") ?? 0, mostRows);
	}
	const form = forms.find(({ id }) => id === formId);
	return form
		? ledger.rows(
				form,
				filter,
				fields.some((field) => ofLines.includes(field)),
			)
		: null;
}
