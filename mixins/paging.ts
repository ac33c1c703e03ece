import type { Model } from "mongoose";
import { hubError } from "../config/errors.ts";

export interface Page<T> {
	items: T[];
	nextCursor: string | null; // null: this was the last page
}

export const pageParams = {
	limit: { type: "number", integer: true, min: 1, max: 200, default: 50, convert: true },
	cursor: "string|optional|max:500",
} as const;

/** Of what there are a few of as a rule: a first page that is nearly always all. */
export const wholePageParams = { ...pageParams, limit: { ...pageParams.limit, default: 200 } } as const;

/** What `pageParams` let through. */
export interface PageQuery {
	limit: number;
	cursor?: string;
}

interface Sorting {
	by: string; // a date field; the index on it ends in `_id`
	oldestFirst?: boolean;
	projection?: Record<string, 0>;
}

/** One page of what meets all conditions, by a date and, within it, by id. @throws INVALID for a cursor that is none */
export async function pageByTime<T extends { _id: string }>(
	model: { modelName: string },
	conditions: readonly object[],
	{ limit, cursor }: PageQuery,
	{ by, oldestFirst = false, projection = {} }: Sorting,
): Promise<Page<T>> {
	const all = [...conditions];
	if (cursor !== undefined) {
		const { at, id } = readCursor(cursor);
		const past = oldestFirst ? "$gt" : "$lt";
		all.push({ [by]: { [`${past}e`]: at } }, { $or: [{ [by]: { [past]: at } }, { _id: { [past]: id } }] });
	}
	const direction = oldestFirst ? 1 : -1;
	const items = await (model as unknown as Model<{ _id: string }>)
		.find(all.length ? { $and: all } : {}, projection)
		.sort({ [by]: direction, _id: direction })
		.limit(limit)
		.lean<T[]>();
	const last = items.length === limit ? items.at(-1) : undefined;
	return { items, nextCursor: last ? writeCursor((last as unknown as Record<string, Date>)[by], last._id) : null };
}

/** One page of what meets the conditions, in the order of its ids. `cursor`: the last id of the page before. */
export async function pageById<T extends { _id: string }>(
	model: { modelName: string },
	{ limit, cursor }: PageQuery,
	conditions: object = {},
): Promise<Page<T>> {
	const filter = cursor === undefined ? conditions : { ...conditions, _id: { $gt: cursor } };
	const found = await (model as unknown as Model<{ _id: string }>)
		.find(filter)
		.sort({ _id: 1 })
		.limit(limit + 1)
		.lean<T[]>();
	const items = found.slice(0, limit);
	return { items, nextCursor: found.length > limit ? (items.at(-1)?._id ?? null) : null };
}

/** Opaque to whoever holds it. */
const writeCursor = (at: Date | undefined, id: string): string =>
	Buffer.from(JSON.stringify([at?.getTime(), id])).toString("base64url");

function readCursor(cursor: string): { at: Date; id: string } {
	const [at, id] = parsed(Buffer.from(cursor, "base64url").toString());
	if (Number.isSafeInteger(at) && typeof id === "string") return { at: new Date(at as number), id };
	throw hubError("INVALID", "cursor is not one that a list answered with", { field: "cursor" });
}

function parsed(text: string): unknown[] {
	try {
		const value: unknown = JSON.parse(text);
		return Array.isArray(value) ? value : [];
	} catch {
		return []; // nothing of ours
	}
}
