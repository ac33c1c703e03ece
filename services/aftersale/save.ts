import { createHash } from "node:crypto";
import { hubError } from "../../config/errors.ts";
import { type Pending, pending } from "../../mixins/outbox.ts";
import { orderId } from "../order/order.ts";
import { type Aftersale, type AftersaleDocument, AftersaleModel } from "./aftersale.model.ts";
import { aftersaleId, type PlatformAftersale } from "./aftersale.ts";

const tries = 20;

export interface Saved {
	id: string;
	result: "created" | "updated" | "unchanged" | "stale";
}

/** Who told it and under which trace, for the event of the write. */
export interface Cause {
	by: string;
	traceId: string;
}

/**
 * Stores what a platform tells of an after-sale. Safe to repeat, in any order and from several processes: an older
 * telling changes nothing, the same one neither.
 */
export async function saveAftersale(incoming: PlatformAftersale, cause: Cause): Promise<Saved> {
	const id = aftersaleId(incoming.platform, incoming.shopId, incoming.aftersaleNo);
	for (let attempt = 0; attempt < tries; attempt += 1) {
		const stored = await AftersaleModel.findById(id).lean<AftersaleDocument>();
		const contentHash = hashOf(incoming);
		if (stored && incoming.modifiedAt < stored.modifiedAt) return { id, result: "stale" };
		if (stored?.contentHash === contentHash && +incoming.modifiedAt === +stored.modifiedAt) {
			return { id, result: "unchanged" };
		}
		const next = merged(stored, incoming, new Date());
		const document = { ...next, contentHash };
		if (await write(stored, document, [eventOf(stored, next, cause)])) {
			return { id, result: stored ? "updated" : "created" };
		}
	}
	throw hubError("CONFLICT", "the after-sale is being written by many at once", { id });
}

/** Platforms blank what is old: words and the return parcel once known stay known. */
function merged(stored: Aftersale | null, incoming: PlatformAftersale, now: Date): Aftersale {
	return {
		...incoming,
		_id: aftersaleId(incoming.platform, incoming.shopId, incoming.aftersaleNo),
		orderId: orderId(incoming.platform, incoming.shopId, incoming.orderNo),
		reason: incoming.reason || (stored?.reason ?? ""),
		buyerNote: incoming.buyerNote || (stored?.buyerNote ?? ""),
		refusal: incoming.refusal || (stored?.refusal ?? ""),
		evidence: incoming.evidence.length ? incoming.evidence : (stored?.evidence ?? []),
		returnParcel: incoming.returnParcel ?? stored?.returnParcel ?? null,
		version: (stored?.version ?? 0) + 1,
		createdAt: stored?.createdAt ?? now,
		updatedAt: now,
	};
}

function eventOf(stored: Aftersale | null, aftersale: Aftersale, { by, traceId }: Cause): Pending {
	const { _id: id, orderId, version, status } = aftersale;
	const change = { status: [stored?.status ?? null, status] };
	const verb = stored ? "changed" : "created";
	return pending(`hub.aftersale.${verb}`, { aftersaleId: id, orderId, version, by, change, aftersale }, traceId);
}

/** Tells two tellings apart; the stamp does not count. */
const hashOf = ({ modifiedAt: _, ...content }: PlatformAftersale): string =>
	createHash("sha256").update(JSON.stringify(content)).digest("base64url");

/** Takes effect only on the version it was worked out from. */
async function write(
	stored: Aftersale | null,
	document: Aftersale & { contentHash: string },
	events: Pending[],
): Promise<boolean> {
	const { _id, createdAt, ...fields } = document;
	if (stored) {
		const change = { $set: fields, $push: { outbox: { $each: events } } };
		return (await AftersaleModel.updateOne({ _id, version: stored.version }, change)).matchedCount === 1;
	}
	try {
		await AftersaleModel.create({ _id, createdAt, ...fields, outbox: events });
		return true;
	} catch (err) {
		if ((err as { code?: number }).code === 11000) return false; // another process stored it first: merge with that
		throw err;
	}
}
