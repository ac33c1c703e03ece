/** Words that people put on orders to find them by; the platform's own flags stand beside them. */
import { hubError } from "../../config/errors.ts";
import { changeOrder } from "./change.ts";
import { type Cause, orderEvent, versionAfter } from "./events.ts";
import type { Order } from "./order.ts";

export const tagsMost = 20;
const word = { type: "string", trim: true, min: 1, max: 40 } as const;
export const tagsParam = { type: "array", min: 1, max: tagsMost, unique: true, items: word } as const;

/** Adds the tags that the order has not. @throws INVALID where it would have more than twenty */
export const tagOrder = (id: string, tags: readonly string[], cause: Cause): Promise<Order> =>
	changeTags(id, cause, (before) => {
		const after = [...new Set([...before, ...tags])];
		if (after.length <= tagsMost) return after;
		throw hubError("INVALID", `an order has at most ${tagsMost} tags`, { field: "tags" });
	});

export const untagOrder = (id: string, tags: readonly string[], cause: Cause): Promise<Order> =>
	changeTags(id, cause, (before) => before.filter((tag) => !tags.includes(tag)));

function changeTags(id: string, cause: Cause, change: (tags: string[]) => string[]): Promise<Order> {
	return changeOrder(id, (order) => {
		const before = order.tags ?? [];
		const after = change(before);
		if (after.length === before.length) return null;
		const next = { ...order, tags: after };
		return { next, events: [orderEvent("tagged", versionAfter(next), cause, { tags: [before, after] })] };
	});
}
