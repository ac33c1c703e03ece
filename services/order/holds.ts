import type { AftersaleMark, Hold, HoldReason, Order, PlatformOrder, StoredLine } from "./order.ts";
import { mayHave } from "./recall.ts";
import { notShipped } from "./status.ts";

/** Reasons that come and go with what the platform tells, where it gave them; others stay until somebody releases them. */
const derived: readonly HoldReason[] = ["SKU_UNMATCHED", "REFUND_APPLIED", "NO_RECEIVER", "PRESALE_BALANCE", "RISK"];

export const byPlatform = "platform";

/** Such a hold is as true as what the platform tells: an open refund stays open, whoever wishes it away. */
export const isPlatformsOwn = ({ reason, by }: Hold): boolean => by === byPlatform && derived.includes(reason);

/** A line that is still to be delivered. */
export const isOpen = (line: StoredLine): boolean => line.status !== "CLOSED" && line.refund !== "DONE";

export const isMatched = ({ erpSku, parts }: Pick<StoredLine, "erpSku" | "parts">): boolean =>
	erpSku !== "" || parts.length > 0;

export const waitsForSku = (lines: readonly StoredLine[]): boolean =>
	lines.some((line) => isOpen(line) && !isMatched(line));

/** The holds that follow from the order as it is now, and from its after-sales. */
export function derivedHolds(
	order: PlatformOrder,
	lines: readonly StoredLine[],
	aftersales: readonly AftersaleMark[],
): HoldReason[] {
	const found = new Set(order.platformHolds);
	if (aftersales.length > 0 && notShipped(order.status)) found.add("REFUND_APPLIED");
	if (waitsForSku(lines)) found.add("SKU_UNMATCHED");
	const paid = order.status === "WAIT_SHIP" || order.status === "PART_SHIPPED";
	// What is masked cannot be delivered to: somebody must be able to decrypt it by the platform's key or cipher.
	const { province, cipher, platformKey } = order.receiver;
	const known = province !== "" && (platformKey !== "" || cipher !== "");
	if (paid && !known && !order.flags.includes("virtual")) found.add("NO_RECEIVER");
	return [...found];
}

/**
 * The new set of holds: derived ones as they are now, others kept, and what a change after the push adds.
 * `changed` says what of an order was changed on the platform: a matter where an ERP may have it as it was.
 */
export function nextHolds(
	stored: Order | null,
	derivedNow: readonly HoldReason[],
	changed: { receiver: boolean; goods: boolean },
	now: Date,
): Hold[] {
	const before = stored?.holds ?? [];
	const kept = before.filter((hold) => !isPlatformsOwn(hold) || derivedNow.includes(hold.reason));
	const wanted = [...derivedNow];
	if (stored && mayHave(stored.erp) && notShipped(stored.status)) {
		if (changed.receiver) wanted.push("ADDRESS_CHANGED");
		if (changed.goods) wanted.push("CHANGED_AFTER_PUSH");
	}
	const added = wanted.filter((reason) => !kept.some((hold) => hold.reason === reason));
	return [...kept, ...added.map((reason) => ({ reason, at: now, by: byPlatform }))];
}

/** The holds with the one for an after-sale that was told of by itself, where goods can still be stopped. */
export function refundHold({ status, holds, aftersales }: Order, now: Date): Hold[] {
	const known = holds.some(({ reason }) => reason === "REFUND_APPLIED");
	if (known || aftersales.length === 0 || !notShipped(status)) return holds;
	return [...holds, { reason: "REFUND_APPLIED", at: now, by: byPlatform }];
}
