import { isDeepStrictEqual } from "node:util";
import { hubError } from "../../config/errors.ts";
import type { Pending } from "../../mixins/outbox.ts";
import { waitForClaim } from "./claim.ts";
import { type OrderDocument, OrderModel } from "./order.model.ts";
import type { Order } from "./order.ts";
import { searchable } from "./search.ts";

/** So often a write is worked out anew because somebody else wrote first. */
export const tries = 20;

/** `change` gives the order as it shall be and the events of it, or null to leave it. It must be pure: it may run again. */
export async function changeOrder(
	id: string,
	change: (order: Order) => { next: Order; events: Pending[] } | null,
): Promise<Order> {
	for (let attempt = 0; attempt < tries; attempt += 1) {
		const stored = await OrderModel.findById(id).lean<OrderDocument>();
		if (!stored) throw hubError("NOT_FOUND", "no such order", { id });
		const wanted = change(stored);
		if (!wanted) return stored;
		if (forbids(stored, wanted.next) && (await waitForClaim(stored))) {
			attempt -= 1;
			continue;
		}
		const next = { ...wanted.next, version: stored.version + 1, updatedAt: new Date() };
		if (await replaceOrder(stored, next, wanted.events, stored.contentHash)) return next;
	}
	throw hubError("CONFLICT", "the order is being written by many at once", { id });
}

/** Must nobody ship any longer what could be shipped before? Such a write does not go beside a ship call. */
export const forbids = (before: Order, after: Order): boolean =>
	after.fence > before.fence || after.holds.length > before.holds.length;

/** Takes effect only on the version it was worked out from. */
export async function replaceOrder(stored: Order, next: Order, events: Pending[], hash: string): Promise<boolean> {
	const {
		_id,
		createdAt: _,
		outbox: __,
		contentHash: ___,
		shipping: ____,
		...fields
	} = searchable(next as OrderDocument);
	// Only what differs: most of an order, and of its indexes, stays as it is.
	const before = stored as unknown as Record<string, unknown>;
	const changed = Object.entries(fields).filter(([field, value]) => !isDeepStrictEqual(value, before[field]));
	const { matchedCount } = await OrderModel.updateOne(
		{ _id, version: stored.version },
		{ $set: { ...Object.fromEntries(changed), contentHash: hash }, $push: { outbox: { $each: events } } },
	);
	return matchedCount === 1;
}
