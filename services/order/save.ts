import { hubError } from "../../config/errors.ts";
import type { Pending } from "../../mixins/outbox.ts";
import { type Cause, changeEvents } from "./events.ts";
import { contentHash, mergeOrder } from "./merge.ts";
import { type OrderDocument, OrderModel } from "./order.model.ts";
import { type Order, orderId, type PlatformOrder } from "./order.ts";

const tries = 20;

export interface Saved {
	id: string;
	result: "created" | "updated" | "unchanged" | "stale";
}

/**
 * Stores what a platform tells of an order. Safe to repeat, in any order and from several processes: an older telling
 * changes nothing, the same one neither.
 */
export async function saveOrder(incoming: PlatformOrder, cause: Cause): Promise<Saved> {
	const id = orderId(incoming.platform, incoming.shopId, incoming.orderNo);
	for (let attempt = 0; attempt < tries; attempt += 1) {
		const stored = await OrderModel.findById(id).lean<OrderDocument>();
		const merge = mergeOrder(stored, incoming, new Date());
		if (!("next" in merge)) return { id, result: merge.result };
		const events = changeEvents(stored, merge.next, cause);
		const hash = contentHash(incoming);
		const written = stored ? await replace(stored, merge.next, events, hash) : await insert(merge.next, events, hash);
		if (written) return { id, result: merge.result };
	}
	throw hubError("CONFLICT", "the order is being written by many at once", { id });
}

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
		const next = { ...wanted.next, version: stored.version + 1, updatedAt: new Date() };
		if (await replace(stored, next, wanted.events, stored.contentHash)) return next;
	}
	throw hubError("CONFLICT", "the order is being written by many at once", { id });
}

async function insert(order: Order, events: Pending[], hash: string): Promise<boolean> {
	try {
		await OrderModel.create({ ...order, contentHash: hash, outbox: events });
		return true;
	} catch (err) {
		if ((err as { code?: number }).code === 11000) return false; // another process stored it first: merge with that
		throw err;
	}
}

/** Takes effect only on the version it was worked out from. */
async function replace(stored: Order, next: Order, events: Pending[], hash: string): Promise<boolean> {
	const { _id, createdAt: _, outbox: __, contentHash: ___, ...fields } = next as OrderDocument;
	const { matchedCount } = await OrderModel.updateOne(
		{ _id, version: stored.version },
		{ $set: { ...fields, contentHash: hash }, $push: { outbox: { $each: events } } },
	);
	return matchedCount === 1;
}
