import { type Pending, pending } from "../../mixins/outbox.ts";
import { differences } from "./differences.ts";
import { erpLines } from "./erp-lines.ts";
import type { OrderDocument } from "./order.model.ts";
import type { Order } from "./order.ts";
import { wasRecalled } from "./recall.ts";

export type OrderVerb =
	| "created"
	| "changed"
	| "ready"
	| "held"
	| "released"
	| "shipped"
	| "closed"
	| "pushed"
	| "push-rejected"
	| "push-parked"
	| "push-doubtful"
	| "recall" // the ERP is to give it back
	| "recalled"
	| "recall-refused"
	| "parcel-shipped"
	| "remarked"
	| "tagged"
	| "closed-in-hub"
	| "reopened";

/** Who did it and under which trace, for the events of one write. */
export interface Cause {
	by: string;
	traceId: string;
	note?: string; // why, in the words of a person
}

/** The events that a stored change gives rise to, in the order they happened. */
export function changeEvents(before: Order | null, after: Order, cause: Cause): Pending[] {
	const of = (verb: OrderVerb, change: Record<string, unknown> = {}): Pending => orderEvent(verb, after, cause, change);
	const events: Pending[] = [];
	const status = [before?.status ?? null, after.status];
	if (!before) events.push(of("created", { status }));
	else events.push(of("changed", differences(before, after)));

	events.push(...holdEvents(before, after, cause));
	if (before?.status !== after.status) {
		if (after.status === "SHIPPED" || after.status === "PART_SHIPPED") events.push(of("shipped", { status }));
		if (after.status === "CLOSED") events.push(of("closed", { status }));
	}
	if (wasRecalled(before, after)) events.push(of("recall", { why: after.erp.recall.why }));
	if (becameReady(before, after)) events.push(of("ready"));
	return events;
}

/** What was held and what was let go between two states of an order. */
export function holdEvents(before: Order | null, after: Order, cause: Cause): Pending[] {
	const reasonsBefore = new Set(before?.holds.map(({ reason }) => reason));
	const reasonsAfter = new Set(after.holds.map(({ reason }) => reason));
	const held = after.holds.filter(({ reason }) => !reasonsBefore.has(reason));
	const released = [...reasonsBefore.difference(reasonsAfter)];
	// A rule that stopped the order is who held it, whoever told of the order.
	const byWhom = Map.groupBy(held, (hold) => (hold.by.startsWith("rule:") ? hold.by : cause.by));
	const events = [...byWhom].map(([by, holds]) =>
		orderEvent("held", after, { ...cause, by }, { holds: holds.map(({ reason }) => reason) }),
	);
	if (released.length) events.push(orderEvent("released", after, cause, { holds: released }));
	return events;
}

/** Events tell the version that the write will have. */
export const versionAfter = (order: Order): Order => ({ ...order, version: order.version + 1 });

/** An order that the ERP has already is not offered to it again. */
export const becameReady = (before: Order | null, after: Order): boolean =>
	after.ready && !before?.ready && after.erp.state !== "OK";

export function orderEvent(
	verb: OrderVerb,
	order: Order,
	{ by, traceId, note = "" }: Cause,
	change: Record<string, unknown> = {},
): Pending {
	const { _id: orderId, version } = order;
	const {
		outbox: _,
		contentHash: __,
		shipping: ___,
		numbers: ____,
		stage: _____,
		marks: ______,
		...shown
	} = order as Order & Partial<OrderDocument>;
	const { phoneTail: _______, ...receiver } = shown.receiver;
	return pending(
		`hub.order.${verb}`,
		{ orderId, version, by, note, change, order: { ...shown, receiver, erpLines: erpLines(order) } },
		traceId,
	);
}
