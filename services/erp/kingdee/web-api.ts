/**
 * The calls of 金蝶云星空's WebAPI: `POST <url>/K3Cloud/<service>.<operation>.common.kdsvc`. Their `data` is JSON in a text.
 * Source: 金蝶云星空 WebAPI documentation, DynamicFormService.
 */
import type { Connection, ErpRequest } from "../driver.ts";
import type { ErpStep } from "../steps.ts";
import { type Cell, readRows, readSaid, type Said } from "./answers.ts";

const services = "Kingdee.BOS.WebApi.ServicesStub";

export type FormId = "SAL_SaleOrder" | "SAL_OUTSTOCK" | "SAL_RETURNSTOCK";

/** `session`: the sign-in's; "" for the sign-in itself. */
export function post(
	{ url }: Connection,
	operation: `${"AuthService" | "DynamicFormService"}.${string}`,
	body: Record<string, unknown>,
	session: string,
): ErpRequest {
	const host = url.replace(/\/+$/, "").replace(/\/k3cloud$/i, ""); // people give the address with and without it
	return {
		method: "POST",
		url: `${host}/K3Cloud/${services}.${operation}.common.kdsvc`,
		headers: {
			"content-type": "application/json",
			...(session ? { cookie: `kdservice-sessionid=${session}` } : {}),
		},
		body: JSON.stringify(body),
	};
}

/** Stores a bill: a new one, or with `Model.FID` one that is there. */
export function save(formid: FormId, data: Record<string, unknown>): ErpStep<Said> {
	return {
		name: "Save",
		decisive: true,
		request: (connection, _now, session) =>
			post(connection, "DynamicFormService.Save", { formid, data: JSON.stringify(data) }, session),
		read: readSaid,
	};
}

/** Takes the audit of bills back, so that they can be changed. Refused where a later bill was made of one. */
export function unAudit(formid: FormId, ids: readonly number[]): ErpStep<Said> {
	const data = JSON.stringify({ Ids: ids.join(",") });
	return {
		name: "UnAudit",
		decisive: false, // the bills are there before and after; done again it does no harm
		request: (connection, _now, session) => post(connection, "DynamicFormService.UnAudit", { formid, data }, session),
		read: readSaid,
	};
}

/** 作废: bills that are not audited stay for the books, and nothing can be made of them any more. */
export function cancelBills(formid: FormId, ids: readonly number[]): ErpStep<Said> {
	const data = JSON.stringify({ Ids: ids.join(",") });
	return {
		name: "Cancel",
		decisive: true,
		request: (connection, _now, session) =>
			// spelt as Kingdee spells it
			post(connection, "DynamicFormService.ExcuteOperation", { formid, opNumber: "Cancel", data }, session),
		read: readSaid,
	};
}

export interface Question {
	formId: FormId;
	fields: readonly string[]; // with a field of the lines among them there is a row for every line
	filter: string;
	order?: string;
	limit: number;
}

/** The rows that fit, each with the fields in the order asked for. */
export function query({ formId, fields, filter, order = "", limit }: Question): ErpStep<Cell[][]> {
	const data = {
		FormId: formId,
		FieldKeys: fields.join(","),
		FilterString: filter,
		OrderString: order,
		StartRow: 0,
		Limit: limit,
	};
	return {
		name: "ExecuteBillQuery",
		decisive: false,
		request: (connection, _now, session) =>
			post(connection, "DynamicFormService.ExecuteBillQuery", { data: JSON.stringify(data) }, session),
		read: (answer) => readRows(answer, fields.length),
	};
}

/** A text inside a filter. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
