import { hubError } from "../../config/errors.ts";
import type { Pending } from "../../mixins/outbox.ts";
import { type Aftersale, type AftersaleDocument, AftersaleModel } from "./aftersale.model.ts";
import { type HubPart, hubPartOf } from "./hub-part.ts";

/** So often a write is worked out anew because somebody else wrote first. */
export const tries = 20;

export interface Change {
	set: Partial<HubPart>;
	/** When the hub looks at it again by itself; null: it rests. Left out: as it was. */
	nextAt?: Date | null;
	/** Of the after-sale as it is then. */
	events(next: Aftersale): Pending[];
}

/**
 * Changes what the hub itself knows of an after-sale. `change` gives null to leave it; it must be pure: it may run again.
 * One that sets `nextAt` ends the turn of whoever works on the decision.
 * @returns the after-sale as it is then. @throws NOT_FOUND, CONFLICT
 */
export async function changeAftersale(
	id: string,
	change: (stored: AftersaleDocument) => Change | null,
): Promise<AftersaleDocument> {
	for (let attempt = 0; attempt < tries; attempt += 1) {
		const found = await AftersaleModel.findById(id).lean<AftersaleDocument>();
		if (!found) throw hubError("NOT_FOUND", "no such after-sale", { id });
		const stored = { ...found, ...hubPartOf(found) };
		const wanted = change(stored);
		if (!wanted) return stored;
		const next = { ...stored, ...wanted.set, version: stored.version + 1, updatedAt: new Date() };
		if (await write(stored, wanted, next)) return next;
	}
	throw hubError("CONFLICT", "the after-sale is being written by many at once", { id });
}

/** Takes effect only on the version, and the turn where it counts, that it was worked out from. */
async function write(stored: AftersaleDocument, { set, nextAt, events }: Change, next: Aftersale): Promise<boolean> {
	const { _id, version, turn } = stored;
	const endsTurn = nextAt !== undefined;
	const { matchedCount } = await AftersaleModel.updateOne(
		{ _id, version, ...(endsTurn && { turn }) },
		{
			$set: { ...set, version: next.version, updatedAt: next.updatedAt, ...(nextAt && { nextAt }) },
			...(nextAt === null && { $unset: { nextAt: 1 } }),
			...(endsTurn && { $inc: { turn: 1 } }),
			$push: { outbox: { $each: events(next) } },
		},
	);
	return matchedCount === 1;
}
