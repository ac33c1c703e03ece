import { createHash } from "node:crypto";
import { hubError } from "../../config/errors.ts";
import type { Pending } from "../../mixins/outbox.ts";
import { orderId } from "../order/order.ts";
import { type Aftersale, type AftersaleDocument, AftersaleModel } from "./aftersale.model.ts";
import { type AftersaleType, aftersaleId, isOver, type PlatformAftersale } from "./aftersale.ts";
import { tries } from "./change.ts";
import { aftersaleEvent, type Cause, differences } from "./events.ts";
import { hubPartOf } from "./hub-part.ts";

export interface Saved {
	id: string;
	result: "created" | "updated" | "unchanged" | "stale";
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
		const verb = stored ? "changed" : "created";
		if (await write(stored, document, [aftersaleEvent(verb, next, cause, differences(stored, next))])) {
			return { id, result: stored ? "updated" : "created" };
		}
	}
	throw hubError("CONFLICT", "the after-sale is being written by many at once", { id });
}

/** Platforms blank what is old: words and the return parcel once known stay known. */
function merged(stored: Aftersale | null, incoming: PlatformAftersale, now: Date): Aftersale {
	return {
		...incoming,
		...hubPartOf(stored ?? {}),
		_id: aftersaleId(incoming.platform, incoming.shopId, incoming.aftersaleNo),
		orderId: orderId(incoming.platform, incoming.shopId, incoming.orderNo),
		type: stored ? nextType(stored.type, incoming.type) : incoming.type,
		reason: incoming.reason || (stored?.reason ?? ""),
		buyerNote: incoming.buyerNote || (stored?.buyerNote ?? ""),
		refusal: incoming.refusal || (stored?.refusal ?? ""),
		evidence: incoming.evidence.length ? incoming.evidence : (stored?.evidence ?? []),
		returnParcel: incoming.returnParcel ?? stored?.returnParcel ?? null,
		deadline: isOver(incoming.status) ? null : incoming.deadline, // nobody has to act any more
		version: (stored?.version ?? 0) + 1,
		createdAt: stored?.createdAt ?? now,
		updatedAt: now,
	};
}

/** Some platforms tell by the order's state now whether a refund was before shipping: a later shipping changes nothing. */
const nextType = (known: AftersaleType, told: AftersaleType): AftersaleType =>
	known === "REFUND_BEFORE_SHIP" && told === "REFUND_ONLY" ? known : told;

/** Tells two tellings apart; the stamp does not count. */
const hashOf = ({ modifiedAt: _, ...content }: PlatformAftersale): string =>
	createHash("sha256").update(JSON.stringify(content)).digest("base64url");

/** Takes effect only on the version it was worked out from. What the hub itself knows is for others to change. */
async function write(
	stored: Aftersale | null,
	document: Aftersale & { contentHash: string },
	events: Pending[],
): Promise<boolean> {
	const { _id, createdAt, decision, erp, received, ...fields } = document;
	if (stored) {
		const change = { $set: fields, $push: { outbox: { $each: events } } };
		return (await AftersaleModel.updateOne({ _id, version: stored.version }, change)).matchedCount === 1;
	}
	try {
		await AftersaleModel.create({ _id, createdAt, decision, erp, received, ...fields, outbox: events });
		return true;
	} catch (err) {
		if ((err as { code?: number }).code === 11000) return false; // another process stored it first: merge with that
		throw err;
	}
}
