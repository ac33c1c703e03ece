import type { HubEvent } from "../../mixins/event.ts";
import { type Pending, pending } from "../../mixins/outbox.ts";
import type { TimelineEntry } from "./order.model.ts";
import type { Order } from "./order.ts";

type Verb =
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
	| "parcel-shipped";

/** Who did it and under which trace, for the events of one write. */
export interface Cause {
	by: string;
	traceId: string;
}

/** The events that a stored change gives rise to, in the order they happened. */
export function changeEvents(before: Order | null, after: Order, cause: Cause): Pending[] {
	const of = (verb: Verb, change: Record<string, unknown> = {}): Pending => orderEvent(verb, after, cause, change);
	const events: Pending[] = [];
	const status = [before?.status ?? null, after.status];
	if (!before) events.push(of("created", { status }));
	else events.push(of("changed", differences(before, after)));

	const reasonsBefore = new Set(before?.holds.map(({ reason }) => reason));
	const reasonsAfter = new Set(after.holds.map(({ reason }) => reason));
	const held = [...reasonsAfter.difference(reasonsBefore)];
	const released = [...reasonsBefore.difference(reasonsAfter)];
	if (held.length) events.push(of("held", { holds: held }));
	if (released.length) events.push(of("released", { holds: released }));

	if (before?.status !== after.status) {
		if (after.status === "SHIPPED" || after.status === "PART_SHIPPED") events.push(of("shipped", { status }));
		if (after.status === "CLOSED") events.push(of("closed", { status }));
	}
	if (becameReady(before, after)) events.push(of("ready"));
	return events;
}

/** An order that the ERP has already is not offered to it again. */
const becameReady = (before: Order | null, after: Order): boolean =>
	after.ready && !before?.ready && after.erp.state !== "OK";

export function orderEvent(
	verb: Verb,
	order: Order,
	{ by, traceId }: Cause,
	change: Record<string, unknown> = {},
): Pending {
	const { _id: orderId, version } = order;
	const { outbox: _, contentHash: __, ...shown } = order as Order & { outbox?: unknown; contentHash?: unknown };
	return pending(`hub.order.${verb}`, { orderId, version, by, change, order: { ...shown } }, traceId);
}

/** The timeline is made of the events themselves: what was announced is what is shown. */
export function timelineEntry({ id, subject, at, body }: HubEvent): TimelineEntry {
	const { orderId, version, by, change } = body as {
		orderId: string;
		version: number;
		by: string;
		change: Record<string, unknown>;
	};
	return { _id: id, orderId, version, at: new Date(at), what: subject.replace(/^hub\./, ""), by, change };
}

/** Short facts only: which top-level parts changed, and the values where they are words or numbers. */
function differences(before: Order, after: Order): Record<string, unknown> {
	const change: Record<string, unknown> = {};
	for (const field of ["status", "rawStatus", "memo", "money", "receiver", "lines", "flags", "shipDeadline"] as const) {
		const [was, is] = [before[field], after[field]];
		if (JSON.stringify(was) === JSON.stringify(is)) continue;
		change[field] = typeof is === "object" ? "changed" : [was, is];
	}
	return change;
}
