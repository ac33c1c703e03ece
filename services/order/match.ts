/** Which SKUs of the ERP an order's lines are. What is linked to what the sku service knows; here it is put on the lines. */
import type { MatchedPart, SkuQuestion } from "../sku/sku-link.ts";
import { splitLine } from "./erp-lines.ts";
import { byPlatform, isMatched, waitsForSku } from "./holds.ts";
import type { ErpState, Hold, Order, OrderLine, StoredLine } from "./order.ts";
import { notShipped } from "./status.ts";

/** Asks the sku service: for each line what one piece of it is in the ERP, nothing where that is not known. */
export type AskSkus = (question: SkuQuestion) => Promise<MatchedPart[][]>;

/** What one piece of a line is in the ERP, by `matchKey`. Lines nobody asked for are not there. */
export type Matches = ReadonlyMap<string, readonly MatchedPart[]>;

type Match = Pick<StoredLine, "erpSku" | "erpUnit" | "parts">;
type Sold = Pick<OrderLine, "platformSkuId" | "outerSku">;

const matchKey = ({ platformSkuId, outerSku }: Sold): string => JSON.stringify([platformSkuId, outerSku]);

export async function matchesFor(
	{ platform, shopId, placedAt, lines }: Pick<Order, "platform" | "shopId" | "placedAt"> & { lines: readonly Sold[] },
	ask: AskSkus,
): Promise<Matches> {
	const sold = new Map(
		lines.map((line) => [matchKey(line), { platformSkuId: line.platformSkuId, outerSku: line.outerSku }]),
	);
	const found = await ask({ platform, shopId, placedAt, lines: [...sold.values()] });
	return new Map([...sold.keys()].map((key, at) => [key, found[at] ?? []]));
}

/** States in which the ERP was told of the order. What it was told stays, whatever the links say by now. */
const told: readonly ErpState[] = ["SENDING", "OK", "REJECTED", "IN_DOUBT", "PARKED"];
/** Of those, the ones in which it may have taken it. */
const taken: readonly ErpState[] = ["SENDING", "OK", "IN_DOUBT"];

/** The match of a line that the platform tells; `before`: the same line as it is stored in `stored`. */
export function matchOf(
	line: OrderLine,
	before: StoredLine | undefined,
	stored: Order | null,
	matches: Matches,
): Match {
	const keeps = stored && before && told.includes(stored.erp.state) && isMatched(before);
	if (keeps && matchKey(before) === matchKey(line)) return matchBy(line, piecesOf(before));
	return matchBy(line, matches.get(matchKey(line)) ?? []);
}

/** One piece for one piece is the line itself; anything else is parts, which the ERP gets as lines of their own. */
function matchBy(line: OrderLine, pieces: readonly MatchedPart[]): Match {
	const [only, ...others] = pieces;
	if (only?.quantity === 1 && !others.length) return { erpSku: only.erpSku, erpUnit: only.erpUnit, parts: [] };
	return { erpSku: "", erpUnit: "", parts: splitLine(line, pieces) };
}

/** What `matchBy` was given for a stored line. */
function piecesOf({ erpSku, erpUnit, parts, quantity }: StoredLine): MatchedPart[] {
	if (!parts.length) return [{ erpSku, erpUnit, quantity: 1 }];
	return parts.map((part) => ({ erpSku: part.erpSku, erpUnit: part.erpUnit, quantity: part.quantity / quantity }));
}

/** What the ERP is told of a line's goods. */
export const skusOf = ({ erpSku, parts }: Pick<StoredLine, "erpSku" | "parts">): [sku: string, pieces: number][] =>
	parts.length ? parts.map((part) => [part.erpSku, part.quantity]) : [[erpSku, 1]];

/**
 * The order by the links as they are now; null when that changes nothing. Pure. A line that the ERP may have stays as
 * it is. `ready` and `version` are for the caller to work out.
 */
export function rematched(order: Order, matches: Matches, now: Date): Order | null {
	if (!notShipped(order.status)) return null;
	const settled = taken.includes(order.erp.state);
	const lines = order.lines.map((line) => {
		const pieces = matches.get(matchKey(line));
		return !pieces || (settled && isMatched(line)) ? line : { ...line, ...matchBy(line, pieces) };
	});
	const changed = order.lines.filter((line, at) => fingerprint(line) !== fingerprint(lines[at]));
	if (!changed.length) return null;
	const next = { ...order, lines, holds: withSkuHold(order.holds, waitsForSku(lines), now) };
	// Whoever read the order before was told other goods. A line that had no match can have gone nowhere.
	const otherGoods = changed.some(isMatched);
	return otherGoods ? { ...next, fence: order.fence + 1, contentFence: order.fence + 1 } : next;
}

const fingerprint = (line: Match | undefined): string => JSON.stringify(line && [line.erpUnit, skusOf(line)]);

function withSkuHold(holds: Hold[], waits: boolean, now: Date): Hold[] {
	const held = holds.some(({ reason }) => reason === "SKU_UNMATCHED");
	if (waits === held) return holds;
	if (!waits) return holds.filter(({ reason }) => reason !== "SKU_UNMATCHED");
	return [...holds, { reason: "SKU_UNMATCHED", at: now, by: byPlatform }];
}
