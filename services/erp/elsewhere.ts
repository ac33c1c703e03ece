/** An order goes to one ERP, also where flows of several connections bring it: two would deliver it twice. */
import { type Push, PushModel } from "./push.model.ts";
import { pushIdOf } from "./push-id.ts";
import { postponed, type Step } from "./push-step.ts";

type Rival = Pick<Push, "_id" | "connectionId" | "kind" | "revision" | "state" | "skipped" | "settleAt">;

/**
 * Does another connection have the order, or may it? Then this push rests, and the order is not told of it: its state is
 * that of the other ERP. A person may retry it, once the order was cancelled there.
 *
 * The push must be stored as SENDING before: so of two that look at the same time at least one sees the other. Where both
 * do, both wait, and one for less long.
 */
export async function ifElsewhere({ connectionId, orderId }: Push): Promise<Step | null> {
	const pushes = await PushModel.find(
		{ orderId, kind: { $in: ["order", "cancel"] }, connectionId: { $ne: connectionId } },
		{ connectionId: 1, kind: 1, revision: 1, state: 1, skipped: 1, settleAt: 1 },
	).lean<Rival[]>();
	const cancelled = new Set(
		pushes.filter(({ kind, state }) => kind === "cancel" && state === "OK").map(({ _id }) => _id),
	);
	const rivals = pushes.filter(
		({ kind, connectionId, revision }) =>
			kind === "order" && !cancelled.has(pushIdOf(connectionId, "cancel", orderId, revision)),
	);
	const there = rivals.find(mayBeThere);
	if (there) return { state: "PARKED", set: { reason: reasonOf(there) }, at: null };
	const sending = rivals.find(({ state }) => state === "SENDING");
	if (!sending) return null;
	return postponed(reasonOf(sending), new Date(), connectionId < sending.connectionId ? soonMs : laterMs);
}

// Further apart than the rhythm in which pushes are taken up: mixins/due.ts.
const soonMs = 500;
const laterMs = 2_000;

const mayBeThere = (rival: Rival): boolean =>
	rival.state === "OK" || rival.state === "IN_DOUBT" || givenUpInDoubt(rival);

/** A person stopped the hub asking: only the ERP knows whether it is there. */
export const givenUpInDoubt = ({ skipped, settleAt }: Pick<Push, "skipped" | "settleAt">): boolean =>
	skipped && settleAt !== null;

const reasonOf = ({ connectionId }: Rival): string => `ORDER_ELSEWHERE: ${connectionId}`;
