/** Orders that waited for a link between a platform's SKU and the ERP's. */
import { changeOrder } from "./change.ts";
import { type Cause, changeEvents } from "./events.ts";
import { getOrder } from "./list.ts";
import { type AskSkus, matchesFor, rematched } from "./match.ts";
import { isReady } from "./merge.ts";
import { OrderModel } from "./order.model.ts";
import type { PlatformOrder } from "./order.ts";
import { type Saved, saveOrder } from "./save.ts";

/** `saveOrder` with the lines matched by the links as they are now. */
export async function saveMatched(
	incoming: PlatformOrder,
	cause: Cause,
	readAt: Date | null,
	ask: AskSkus,
): Promise<Saved> {
	const matches = await matchesFor(incoming, ask);
	const saved = await saveOrder(incoming, cause, readAt, matches);
	const stored = saved.result === "created" || saved.result === "updated";
	const waits = [...matches.values()].some((pieces) => !pieces.length);
	// A link that was stored since we asked released the orders that were there; ours was not yet.
	if (stored && waits) await rematchOrder(saved.id, ask, cause);
	return saved;
}

/** Matches the order's lines anew. @returns whether it was held for that and no longer is */
export async function rematchOrder(id: string, ask: AskSkus, cause: Cause): Promise<boolean> {
	const matches = await matchesFor(await getOrder(id, "*"), ask);
	let released = false;
	await changeOrder(id, (order) => {
		released = false;
		const matched = rematched(order, matches, new Date());
		if (!matched) return null;
		const next = { ...matched, ready: isReady(matched) };
		released = isHeld(order) && !isHeld(next);
		return { next, events: changeEvents(order, { ...next, version: order.version + 1 }, cause) };
	});
	return released;
}

const isHeld = ({ holds }: { holds: readonly { reason: string }[] }): boolean =>
	holds.some(({ reason }) => reason === "SKU_UNMATCHED");

/** Which of the waiting orders: those with a line that names its SKU so. */
export interface Waiting {
	platform?: string;
	shopId?: string;
	field: "platformSkuId" | "outerSku";
	values: string[];
}

export interface Rematched {
	looked: number;
	released: number;
	after: string | null; // where to go on; null: these were all
}

const pageSize = 50;
const atOnce = 8;

/** Matches one page of the open orders that wait for a link anew, in the order of their ids. Safe to repeat. */
export async function rematchWaiting(
	{ platform, shopId, field, values }: Waiting,
	after: string,
	ask: AskSkus,
	cause: Cause,
): Promise<Rematched> {
	const found = await OrderModel.find(
		{
			_id: { $gt: after },
			"holds.reason": "SKU_UNMATCHED", // as the indexes have it that this is found by
			[`lines.${field}`]: { $in: values },
			status: { $in: ["WAIT_PAY", "WAIT_SHIP", "PART_SHIPPED"] },
			...(platform !== undefined && { platform }),
			...(shopId !== undefined && { shopId }),
		},
		{ _id: 1 },
	)
		.sort({ _id: 1 })
		.limit(pageSize)
		.lean();
	const ids = found.map(({ _id }) => _id);
	let released = 0;
	const work = ids.values();
	const worker = async (): Promise<void> => {
		for (const id of work) if (await rematchOrder(id, ask, cause)) released += 1;
	};
	await Promise.all(Array.from({ length: atOnce }, worker));
	return { looked: ids.length, released, after: ids.length === pageSize ? (ids.at(-1) ?? null) : null };
}
