/** What order-search asks for: its settings, and over them what a message says. Pure but for the clock it is given. */
import type { OrderQuery } from "../../services/order/filters.ts";

/** Settings of the node. "" in a field: it does not matter. */
export interface SearchSettings {
	status: string;
	platform: string;
	shopId: string;
	hold: string;
	erpState: string;
	from: string | number; // placed at most so many units ago
	to: string | number; // and at least so many
	unit: "hours" | "days";
	sort: OrderQuery["sort"];
	most: string | number; // orders at most
}

/** `msg.payload` may have any of the settings; `from` and `to` may be a time there, as a Date or ISO text. */
export type SearchPayload = { [Field in keyof SearchSettings]?: unknown };

export interface Search {
	query: Record<string, unknown>; // of order.list, without limit and cursor
	most: number;
}

/** Which field is wrong: `key` of the texts under order-search.error. */
export type Complain = (key: "unknown" | "moment" | "most" | "unit", field: string) => Error;

const unitMs = { hours: 3_600_000, days: 24 * 3_600_000 } as const;
const mostOfAll = 2_000;
const plain = ["status", "platform", "shopId", "hold", "erpState", "sort"] as const;
const fields: ReadonlySet<string> = new Set([...plain, "from", "to", "unit", "most"]);

/** @throws what `complain` makes of a field that order-search does not have, or whose value is none */
export function searchOf(settings: SearchSettings, payload: unknown, now: Date, complain: Complain): Search {
	const asked = isFields(payload) ? payload : {};
	const unknown = Object.keys(asked).find((field) => !fields.has(field));
	if (unknown !== undefined) throw complain("unknown", unknown);
	const wanted: SearchPayload = { ...settings, ...asked };

	const unit = wanted.unit ?? "hours";
	if (unit !== "hours" && unit !== "days") throw complain("unit", "unit");
	const most = Number(wanted.most);
	if (!Number.isInteger(most) || most < 1 || most > mostOfAll) throw complain("most", "most");

	const query: Record<string, unknown> = {};
	for (const field of plain) if (isGiven(wanted[field])) query[field] = wanted[field];
	for (const field of ["from", "to"] as const) {
		if (!isGiven(wanted[field])) continue;
		const moment = momentOf(wanted[field], unitMs[unit], now);
		if (!moment) throw complain("moment", field);
		query[field] = moment;
	}
	return { query, most };
}

const isFields = (payload: unknown): payload is SearchPayload =>
	typeof payload === "object" && payload !== null && !Array.isArray(payload);

const isGiven = (value: unknown): boolean => value !== undefined && value !== null && value !== "";

/** A number (or one as text, as dialogs save it) is so many units ago; else it is a time. `null`: it is neither. */
function momentOf(value: unknown, ms: number, now: Date): Date | null {
	if (typeof value !== "string" && typeof value !== "number" && !(value instanceof Date)) return null;
	const ago = value instanceof Date ? Number.NaN : Number(value);
	const moment = Number.isNaN(ago) ? new Date(value) : new Date(now.getTime() - ago * ms);
	return Number.isNaN(moment.getTime()) ? null : moment;
}
