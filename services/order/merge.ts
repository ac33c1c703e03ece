import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { hubError } from "../../config/errors.ts";
import { derivedHolds, isOpen, nextHolds, waitsForSku } from "./holds.ts";
import { type Matches, matchOf, skusOf } from "./match.ts";
import {
	type AftersaleMark,
	type Order,
	type OrderLine,
	orderId,
	type PlatformOrder,
	type Receiver,
	type StoredLine,
} from "./order.ts";
import { noRecall, withRecall } from "./recall.ts";
import { mayMove } from "./status.ts";

export type Merge = { result: "created" | "updated"; next: Order } | { result: "stale" | "unchanged" };

/** What is known beside the platform's telling. */
export interface Beside {
	now: Date;
	readAt: Date | null; // the platform's clock when it was asked, where that is known
	/** What the lines are in the ERP. */
	matches: Matches;
	/** After-sales told of before the order was there. */
	marks: readonly AftersaleMark[];
}

/**
 * What the stored order becomes when the platform tells it anew. Pure.
 * @throws PLATFORM_BAD_RECORD when the state goes back
 */
export function mergeOrder(
	stored: (Order & { contentHash: string }) | null,
	incoming: PlatformOrder,
	{ now, readAt, marks, matches }: Beside,
): Merge {
	if (stored && incoming.modifiedAt < stored.modifiedAt) return { result: "stale" };
	// An after-sale that is settled stops holding once the order was read after that: until then its end is not told.
	const aftersales = (stored?.aftersales ?? marks).filter(
		({ settledAt }) => !(settledAt && readAt && settledAt <= readAt),
	);
	const settled = aftersales.length < (stored?.aftersales.length ?? 0);
	// Platforms stamp whole seconds, so an equal stamp may still carry a change.
	const sameStamp = stored?.modifiedAt.getTime() === incoming.modifiedAt.getTime();
	if (sameStamp && !settled && stored.contentHash === contentHash(incoming)) return { result: "unchanged" };
	if (stored && !mayMove(stored.status, incoming.status)) {
		if (sameStamp) return { result: "stale" };
		throw hubError("PLATFORM_BAD_RECORD", `the state went back from ${stored.status} to ${incoming.status}`);
	}

	const { lines: incomingLines, platformHolds: _, ...platform } = incoming;
	const lines = incomingLines.map((line) => storedLine(line, stored, matches));
	const receiver = stored ? nextReceiver(stored.receiver, incoming.receiver) : incoming.receiver;
	const buyer = stored ? keepFilled(stored.buyer, incoming.buyer) : incoming.buyer;
	const changed = {
		receiver: stored !== null && isElsewhere(plain(stored.receiver), receiver),
		goods: stored !== null && !isDeepStrictEqual(lines.map(goodsOf), stored.lines.map(goodsOf)),
	};
	const holds = nextHolds(stored, derivedHolds({ ...incoming, receiver }, lines, aftersales), changed, now);
	const heldAnew = holds.some(({ reason }) => !stored?.holds.some((hold) => hold.reason === reason));
	const closedNow = incoming.status === "CLOSED" && stored?.status !== "CLOSED";
	const otherContent = changed.receiver || changed.goods;
	const fence = (stored?.fence ?? 0) + (stored !== null && (heldAnew || otherContent || closedNow) ? 1 : 0);

	const next: Order = {
		...platform,
		_id: orderId(incoming.platform, incoming.shopId, incoming.orderNo),
		receiver,
		buyer,
		lines,
		holds,
		ready: isReady({ status: incoming.status, lines, holds }),
		erp: stored?.erp ?? unknownToErp,
		aftersales,
		parcels: stored?.parcels ?? [],
		labels: stored?.labels ?? [],
		tags: stored?.tags ?? [],
		closedInHub: stored?.closedInHub ?? null,
		fence,
		contentFence: otherContent ? fence : (stored?.contentFence ?? 0),
		version: (stored?.version ?? 0) + 1,
		createdAt: stored?.createdAt ?? now,
		updatedAt: now,
	};
	return { result: stored ? "updated" : "created", next: withRecall(next) };
}

const unknownToErp: Order["erp"] = {
	state: "NONE",
	connectionId: "",
	docNo: "",
	reason: "",
	at: null,
	revision: 1,
	recall: noRecall,
};

export const isReady = ({ status, lines, holds }: Pick<Order, "status" | "lines" | "holds">): boolean =>
	status === "WAIT_SHIP" && !holds.length && lines.some(isOpen) && !waitsForSku(lines);

/** Tells two tellings of an order apart; the stamp does not count. */
export function contentHash({ modifiedAt: _, ...content }: PlatformOrder): string {
	return createHash("sha256").update(JSON.stringify(content)).digest("base64url");
}

function storedLine(line: OrderLine, stored: Order | null, matches: Matches): StoredLine {
	const before = stored?.lines.find(({ lineId }) => lineId === line.lineId);
	return { ...line, ...matchOf(line, before, stored, matches), shippedQty: before?.shippedQty ?? 0 };
}

/** An empty field never overwrites a filled one: platforms blank people's data some time after the sale. */
function keepFilled<T extends Receiver | Order["buyer"]>(stored: T, incoming: T): T {
	const filled = Object.entries(incoming).filter(([, value]) => value !== "");
	return { ...plain(stored), ...Object.fromEntries(filled) };
}

/** Another address comes as a whole: parts of the one before would make it a place that does not exist. */
function nextReceiver(stored: Receiver, incoming: Receiver): Receiver {
	const moved = stored.platformKey !== "" && incoming.platformKey !== "" && stored.platformKey !== incoming.platformKey;
	return moved ? incoming : keepFilled(stored, incoming);
}

/**
 * Whether the goods go elsewhere. Fields that were blank until now tell nothing, and ciphertext only where there is no
 * key of the address: it may be another at each reading.
 */
function isElsewhere(before: Receiver, after: Receiver): boolean {
	const keyed = before.platformKey !== "" && after.platformKey !== "";
	return Object.entries(before).some(([field, value]) => {
		const told = value !== "" && !(keyed && field === "cipher");
		return told && after[field as keyof Receiver] !== value;
	});
}

/** What the ERP was told of a line. */
const goodsOf = ({ lineId, erpSku, parts, quantity, paidFen, gift, status, refund }: StoredLine) => ({
	lineId,
	skus: skusOf({ erpSku, parts }),
	quantity,
	paidFen,
	gift,
	closed: status === "CLOSED" || refund === "DONE",
});

const plain = <T extends object>(value: T): T => ({ ...value });
