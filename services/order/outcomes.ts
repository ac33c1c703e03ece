/** What became of an order outside: the ERP's word and the parcels. Each takes effect once, however often it is told. */
import type { HubEvent } from "../../mixins/event.ts";
import { changeOrder } from "./change.ts";
import { becameReady, holdEvents, orderEvent, versionAfter } from "./events.ts";
import { observePushed } from "./figures.ts";
import { afterParcel } from "./manual.ts";
import { isReady } from "./merge.ts";
import type { ErpState, Order, OrderLabel, Parcel } from "./order.ts";
import { givenBack, neverThere, noRecall, recallReason, wasRecalled, withRecall } from "./recall.ts";
import { TimelineModel } from "./timeline.model.ts";
import { timelineEntry } from "./timeline.ts";

interface PushOutcome {
	orderId: string;
	kind: "order" | "change" | "cancel" | "aftersale";
	revision?: number; // of the order's document; 1 when left out
	connectionId: string;
	docNo: string;
	reason: string;
	fence?: number; // of the order when it was pushed
}

const pushStates = {
	"hub.push.done": { state: "OK", verb: "pushed" },
	"hub.push.rejected": { state: "REJECTED", verb: "push-rejected" },
	"hub.push.doubtful": { state: "IN_DOUBT", verb: "push-doubtful" },
	"hub.push.parked": { state: "PARKED", verb: "push-parked" },
} as const satisfies Record<string, { state: ErpState; verb: string }>;

export function recordOutcome(event: HubEvent): Promise<void> {
	return event.subject === "hub.delivery.parked" ? recordGivenUp(event) : recordPush(event);
}

/** A flow gave the order up: until somebody acts it goes nowhere, and must say so. */
async function recordGivenUp({ at, body, traceId }: HubEvent): Promise<void> {
	const { orderId, subject, consumer, reason } = body as unknown as Record<
		"orderId" | "subject" | "consumer" | "reason",
		string
	>;
	if (subject !== "hub.order.ready") return;
	await changeOrder(orderId, (order) => {
		if (order.erp.state !== "NONE" && order.erp.state !== "CANCELLED") return null; // it came through after all
		const erp = { ...order.erp, state: "PARKED" as const, connectionId: "", docNo: "", reason, at: new Date(at) };
		const next: Order = { ...order, erp, version: order.version + 1 };
		return {
			next,
			events: [orderEvent("push-parked", next, { by: `flow:${consumer}`, traceId }, { erp: "PARKED", reason })],
		};
	});
}

async function recordPush({ subject, at, body, traceId }: HubEvent): Promise<void> {
	const outcome = pushStates[subject as keyof typeof pushStates];
	if (!outcome) throw new Error(`no outcome is known for ${subject}`);
	const { orderId, kind = "order", revision = 1, connectionId, docNo, reason, fence } = body as unknown as PushOutcome;
	const toldAt = new Date(at);
	if (kind === "cancel") return recordCancel(orderId, outcome.state, { at: toldAt, connectionId, reason, traceId });
	if (kind !== "order") return; // a change is no new document, an after-sale is not the order's
	let pushed = false;
	await changeOrder(orderId, (order) => {
		pushed = false;
		if (revision !== order.erp.revision) return null; // of a document that was given back since
		// Events may overtake each other, and clocks differ: the ERP's yes is final, and of the rest the latest counts.
		const late = outcome.state !== "OK" && order.erp.at !== null && order.erp.at >= toldAt;
		if (order.erp.state === "OK" || late) return null;
		const cause = { by: `erp:${connectionId}`, traceId };
		const erp = { ...order.erp, state: outcome.state, connectionId, docNo, reason, at: toldAt };
		const changed = outcome.state === "OK" && changedMeanwhile(order, fence);
		const told = { ...order, erp, holds: changed ? withChangedAfterPush(order, toldAt) : order.holds };
		// What the ERP refused it has not, so there is nothing to give back. What was put aside may be there.
		const settled = outcome.state === "REJECTED" ? neverThere(told) : withRecall(told);
		const next = { ...settled, ready: isReady(settled), version: order.version + 1 };
		const events = [orderEvent(outcome.verb, next, cause, { erp: outcome.state, docNo, reason })];
		events.push(...holdEvents(order, next, cause));
		if (becameReady(order, next)) events.push(orderEvent("ready", next, cause));
		if (wasRecalled(order, next)) events.push(orderEvent("recall", next, cause, { why: next.erp.recall.why }));
		pushed = outcome.state === "OK";
		return { next, events };
	});
	if (pushed) await observePushed(orderId, connectionId, toldAt);
}

/** The ERP gave the order back, never had it, or would not give it back. */
async function recordCancel(
	orderId: string,
	state: ErpState,
	{ at, connectionId, reason, traceId }: { at: Date; connectionId: string; reason: string; traceId: string },
): Promise<void> {
	const cause = { by: `erp:${connectionId}`, traceId };
	await changeOrder(orderId, (order) => {
		const { recall } = order.erp;
		if (recall.state === "NONE" || state === "IN_DOUBT") return null;
		if (state === "REJECTED") {
			if (recall.state === "REFUSED" && recall.reason === reason) return null;
			// Where the goods have left or the cause is gone, nothing is left to wait for.
			const refused = recallReason(order) ? { ...recall, state: "REFUSED" as const, reason } : noRecall;
			const next = { ...order, erp: { ...order.erp, recall: refused } };
			return { next, events: [orderEvent("recall-refused", versionAfter(next), cause, { reason })] };
		}
		// Nothing to cancel there. Of another ERP than the one that has the order, that tells nothing.
		if (state === "PARKED" && (order.erp.state === "OK" || order.erp.connectionId !== connectionId)) return null;
		const back = state === "OK" ? givenBack(order, at) : neverThere(order);
		const next = { ...back, ready: isReady(back), version: order.version + 1 };
		const events = state === "OK" ? [orderEvent("recalled", next, cause, { why: recall.why })] : [];
		events.push(...holdEvents(order, next, cause));
		// Also one that was ready all along: it is for the ERP anew.
		if (next.ready) events.push(orderEvent("ready", next, cause));
		return { next, events };
	});
}

/** Goods or receiver changed between the look before the push and the ERP's answer: the ERP has the older ones. */
const changedMeanwhile = (order: Order, fence: number | undefined): boolean =>
	fence !== undefined && order.contentFence > fence;

const withChangedAfterPush = (order: Order, at: Date): Order["holds"] =>
	order.holds.some(({ reason }) => reason === "CHANGED_AFTER_PUSH")
		? order.holds
		: [...order.holds, { reason: "CHANGED_AFTER_PUSH", at, by: "rule:fence" }];

interface ShipmentOutcome {
	orderId: string;
	carrier: string;
	trackingNo: string;
	lines: { lineId: string; quantity: number }[];
	fence?: number; // of the order when it was decided to ship
}

export async function recordShipment(event: HubEvent): Promise<void> {
	const { orderId, carrier, trackingNo, lines, fence } = event.body as unknown as ShipmentOutcome;
	if (event.subject !== "hub.shipment.shipped") return noteShipment(event, orderId);
	await changeOrder(orderId, (order) => {
		if (order.parcels.some((parcel) => parcel.trackingNo === trackingNo)) return null;
		const parcel: Parcel = { carrier, trackingNo, lines, shippedAt: new Date(event.at) };
		const shipped = order.lines.map((line) => shippedLine(line, lines));
		const next = withRecall(afterParcel({ ...order, parcels: [...order.parcels, parcel], lines: shipped }));
		const cause = { by: `platform:${order.platform}`, traceId: event.traceId };
		const facts = { carrier, trackingNo, ...despiteHolds(order, fence) };
		const events = [orderEvent("parcel-shipped", versionAfter(next), cause, facts)];
		const status = [order.status, next.status];
		if (next.status !== order.status) events.push(orderEvent("shipped", versionAfter(next), cause, { status }));
		return { next, events };
	});
}

/** How it came that a held order was shipped: the fence it was decided at is lower when the hold came after that. */
const despiteHolds = ({ holds, fence: now }: Order, decidedAt?: number): Record<string, unknown> =>
	holds.length ? { despite: holds.map(({ reason }) => reason), fence: [decidedAt ?? null, now] } : {};

/** An empty list of a parcel's lines means all of the order. */
function shippedLine(line: Order["lines"][number], inParcel: ShipmentOutcome["lines"]): Order["lines"][number] {
	const quantity = inParcel.length
		? (inParcel.find(({ lineId }) => lineId === line.lineId)?.quantity ?? 0)
		: line.quantity;
	return { ...line, shippedQty: Math.min(line.quantity, line.shippedQty + quantity) };
}

/** Accepted and failed shipments change nothing of the order; its timeline tells of them. */
async function noteShipment(event: HubEvent, orderId: string): Promise<void> {
	const { carrier, trackingNo, reason = "" } = event.body as Record<string, unknown>;
	await note(event, { orderId, by: "shipment", change: { carrier, trackingNo, reason } });
}

interface WaybillOutcome {
	orderId: string;
	parcelNo: number;
	carrier: string;
	trackingNo: string;
	by: string;
	version: number;
}

const labelStateOf = {
	"hub.waybill.taken": "TAKEN",
	"hub.waybill.printed": "PRINTED",
	"hub.waybill.recycled": "RECYCLED",
} as const satisfies Record<string, OrderLabel["state"]>;

/** The order knows how far the labels of its parcels are; who did it stands in its timeline. */
export async function recordWaybill(event: HubEvent): Promise<void> {
	const { orderId, by, carrier, trackingNo, parcelNo, version } = event.body as unknown as WaybillOutcome;
	const state = labelStateOf[event.subject as keyof typeof labelStateOf];
	if (!state) throw new Error(`no label is known for ${event.subject}`);
	await changeOrder(orderId, (order) => {
		const labels = order.labels ?? [];
		if (labels.some((label) => label.parcelNo === parcelNo && label.version >= version)) return null;
		const others = labels.filter((label) => label.parcelNo !== parcelNo);
		return { next: { ...order, labels: [...others, { parcelNo, carrier, trackingNo, state, version }] }, events: [] };
	});
	await note(event, { orderId, by, change: { carrier, trackingNo, parcelNo } });
}

async function note(
	event: HubEvent,
	told: { orderId: string; by: string; change: Record<string, unknown> },
): Promise<void> {
	const { _id, ...entry } = timelineEntry({ ...event, body: { ...told, version: 0 } });
	await TimelineModel.updateOne({ _id }, { $setOnInsert: entry }, { upsert: true });
}
