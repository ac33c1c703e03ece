import type { Model } from "mongoose";

export interface Page<T> {
	items: T[];
	nextCursor: string | null;
}

/** One page of a collection in the order of its ids. `cursor`: the last id of the page before. */
export async function pageById<T extends { _id: string }>(
	model: Model<T>,
	{ limit, cursor }: { limit: number; cursor?: string },
): Promise<Page<T>> {
	const filter = cursor === undefined ? {} : { _id: { $gt: cursor } };
	const found = await (model as unknown as Model<{ _id: string }>)
		.find(filter)
		.sort({ _id: 1 })
		.limit(limit + 1)
		.lean();
	const items = found.slice(0, limit) as unknown as T[];
	return { items, nextCursor: found.length > limit ? (items.at(-1)?._id ?? null) : null };
}

export const pageParams = {
	limit: { type: "number", integer: true, min: 1, max: 200, default: 50, convert: true },
	cursor: "string|optional|max:200",
} as const;
