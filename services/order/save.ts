import { hubError } from "../../config/errors.ts";
import type { Pending } from "../../mixins/outbox.ts";
import { waitingMarks } from "./aftersale-mark.model.ts";
import { applyWaiting } from "./aftersale-marks.ts";
import { audited } from "./audit.ts";
import { forbids, replaceOrder, tries } from "./change.ts";
import { waitForClaim } from "./claim.ts";
import { type Cause, changeEvents } from "./events.ts";
import { isManual } from "./manual.ts";
import type { Matches } from "./match.ts";
import { contentHash, mergeOrder } from "./merge.ts";
import { type OrderDocument, OrderModel } from "./order.model.ts";
import { type Order, orderId, type PlatformOrder } from "./order.ts";
import { searchable } from "./search.ts";

export interface Saved {
	id: string;
	result: "created" | "updated" | "unchanged" | "stale";
}

/**
 * Stores what a platform tells of an order. Safe to repeat, in any order and from several processes: an older telling
 * changes nothing, the same one neither.
 */
export async function saveOrder(
	incoming: PlatformOrder,
	cause: Cause,
	readAt: Date | null, // the platform's clock when it was asked
	matches: Matches, // of its lines
): Promise<Saved> {
	const id = orderId(incoming.platform, incoming.shopId, incoming.orderNo);
	for (let attempt = 0; attempt < tries; attempt += 1) {
		const stored = await OrderModel.findById(id).lean<OrderDocument>();
		if (stored && isManual(stored)) throw hubError("CONFLICT", `there is an order ${stored.orderNo} already`, { id });
		const marks = stored ? [] : (await waitingMarks(id)).map(({ no, settledAt }) => ({ no, settledAt }));
		const merge = mergeOrder(stored, incoming, { now: new Date(), readAt, marks, matches });
		if (!("next" in merge)) return { id, result: merge.result };
		const next = await audited(stored, merge.next);
		if (stored && forbids(stored, next) && (await waitForClaim(stored))) {
			attempt -= 1;
			continue;
		}
		const events = changeEvents(stored, next, cause);
		const hash = contentHash(incoming);
		const written = stored ? await replaceOrder(stored, next, events, hash) : await insert(next, events, hash);
		if (written && !stored) await applyWaiting(id, cause); // marks that came while it was written
		if (written) return { id, result: merge.result };
	}
	throw hubError("CONFLICT", "the order is being written by many at once", { id });
}

async function insert(order: Order, events: Pending[], hash: string): Promise<boolean> {
	try {
		await OrderModel.create({ ...searchable(order), contentHash: hash, outbox: events });
		return true;
	} catch (err) {
		if ((err as { code?: number }).code === 11000) return false; // another process stored it first: merge with that
		throw err;
	}
}
