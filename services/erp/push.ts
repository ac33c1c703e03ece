/** Brings documents into ERPs, each once, whatever breaks on the way. */
import { hubError, typeOf } from "../../config/errors.ts";
import { type Order, orderIdParts } from "../order/order.ts";
import { driverOf } from "./dialects.ts";
import type { Connection, ErpRequest, PushKind } from "./driver.ts";
import { send } from "./exchange.ts";
import { type Push, PushModel, type PushState, pushIdOf } from "./push.model.ts";
import { afterSend, parked, postponed, refusedByUs, type Step, updateOf } from "./push-step.ts";
import { leaseMs, startWithinMs } from "./timing.ts";

/** Calls actions: a Context or a ServiceBroker. */
export interface Hub {
	call<Result>(action: string, params: Record<string, unknown>): Promise<Result>;
}

export interface PushRequest {
	connectionId: string;
	kind: PushKind;
	orderId: string;
	document: Record<string, unknown>;
	fence?: number; // of the order that the document was made of; left out: the order did not change since
}

export interface PushResult {
	pushId: string;
	state: "OK" | "REJECTED" | "IN_DOUBT" | "PARKED";
	docNo: string;
	reason: string;
}

/** Who wants it, and under which trace. */
interface Wish {
	by: string;
	traceId: string;
}

/** The order as seen right before sending. */
interface Look {
	fence?: number; // of the order now, where it could be seen
	obstacle: Step | null;
}

/**
 * Sends the document unless the ERP has it, may have it, or the order may not go. Safe to repeat and to call twice at
 * once: one caller sends.
 * @throws NOT_FOUND for an unknown connection, CONFLICT for one that is switched off, ERP_UNKNOWN_DIALECT
 */
export async function pushDocument(hub: Hub, request: PushRequest, wish: Wish): Promise<PushResult> {
	const connection = await hub.call<Connection>("connection.open", { id: request.connectionId });
	const since = performance.now();
	const look = await lookAtOrder(hub, request.orderId, request.fence);
	const taken = await takeToSend(request, connection, wish, request.fence ?? look.fence);
	const push = taken && (await sendTaken(taken, since, look.obstacle, connection));
	return resultOf(push ?? (await getPush(pushIdOf(request.connectionId, request.kind, request.orderId))));
}

/** May the order go, with a document that was made of it at the fence `madeAt`? */
export async function lookAtOrder(hub: Hub, orderId: string, madeAt?: number): Promise<Look> {
	try {
		const { ready, holds, status, fence } = await hub.call<Order>("order.get", { id: orderId });
		const reasons = holds.map(({ reason }) => reason).join(", ");
		const why = reasons ? `ORDER_HELD: ${reasons}` : `ORDER_NOT_READY: ${status}`;
		if (!ready) return { fence, obstacle: parked(why, new Date()) };
		// What was mapped is no longer true: the order is offered anew, to be mapped as it is now.
		const outdated = madeAt !== undefined && fence > madeAt;
		return { fence, obstacle: outdated ? parked("ORDER_CHANGED", new Date()) : null };
	} catch (err) {
		const reason = typeOf(err) ?? (err as Error).message;
		const now = new Date();
		return { obstacle: reason === "NOT_FOUND" ? parked("NOT_FOUND: the order", now) : postponed(reason, now) };
	}
}

/** @returns null when there is nothing to send, or somebody else is at it */
async function takeToSend(
	{ connectionId, kind, orderId, document }: PushRequest,
	connection: Connection,
	wish: Wish,
	fence: number | undefined,
): Promise<Push | null> {
	const _id = pushIdOf(connectionId, kind, orderId);
	const { shopId, orderNo } = orderIdParts(orderId);
	const number = numberIn(connection, kind, document);
	const nextAt = new Date(Date.now() + leaseMs);
	const sending = { state: "SENDING" as const, document, number, fence, ...wish, nextAt };
	try {
		const push = await PushModel.create({ _id, connectionId, kind, orderId, orderNo, shopId, ...sending, turn: 1 });
		return push.toObject<Push>();
	} catch (err) {
		if ((err as { code?: number }).code !== 11000) throw err;
	}
	return PushModel.findOneAndUpdate(
		{ _id, state: { $in: ["PENDING", "REJECTED", "PARKED"] }, skipped: false },
		{ $set: { ...sending, reason: "" }, $inc: { turn: 1 } },
		{ returnDocument: "after" },
	).lean<Push>();
}

/** "" where the document has none: sending it is then refused, with the reason. */
function numberIn(connection: Connection, kind: PushKind, document: Record<string, unknown>): string {
	try {
		return driverOf(connection.dialect).numberOf(kind, document);
	} catch (err) {
		if (typeOf(err) !== "INVALID") throw err;
		return "";
	}
}

/**
 * `since`: when the sender began, by this process's own steady clock.
 * @returns the push as stored, or null when it was taken from us meanwhile
 */
async function sendTaken(
	push: Push,
	since: number,
	obstacle: Step | null,
	connection: Connection,
): Promise<Push | null> {
	if (obstacle) return store(push, obstacle);
	const driver = driverOf(connection.dialect);
	const now = new Date();
	let request: ErpRequest;
	try {
		request = driver.sendRequest(connection, push.kind, push.document, now);
	} catch (err) {
		if (typeOf(err) !== "INVALID") throw err;
		return store(push, refusedByUs((err as Error).message, now));
	}
	// Too late to be through before others may take it: whoever takes it next finds out that nothing was sent.
	if (performance.now() - since > startWithinMs) return null;
	return store(push, afterSend(await send(driver, request), new Date()));
}

/** Sends what is stored, for the one who has the push in hand: it must still be in that turn. */
export async function sendStored(hub: Hub, push: Push): Promise<void> {
	let connection: Connection;
	try {
		connection = await hub.call<Connection>("connection.open", { id: push.connectionId });
	} catch (err) {
		await store(push, { ...postponed(typeOf(err) ?? (err as Error).message, new Date()), state: push.state });
		return;
	}
	const since = performance.now();
	const { obstacle } = await lookAtOrder(hub, push.orderId, push.fence);
	const sending = await PushModel.findOneAndUpdate(
		{ _id: push._id, turn: push.turn },
		{ $set: { state: "SENDING", nextAt: new Date(Date.now() + leaseMs) }, $inc: { turn: 1 } },
		{ returnDocument: "after" },
	).lean<Push>();
	if (sending) await sendTaken(sending, since, obstacle, connection);
}

/** Stores a step unless the push went on without us; then null. */
export async function store(push: Push, step: Step): Promise<Push | null> {
	const { _id, turn } = push;
	return PushModel.findOneAndUpdate({ _id, turn }, updateOf(push, step), { returnDocument: "after" }).lean<Push>();
}

/** @throws NOT_FOUND */
export async function getPush(id: string): Promise<Push> {
	const push = await PushModel.findById(id).lean<Push>();
	if (!push) throw hubError("NOT_FOUND", `push ${id}`, { id });
	return push;
}

/** What is on its way by somebody else's hand, or waits to be, is in doubt for whoever asks. */
function resultOf({ _id, state, docNo, reason }: Push): PushResult {
	const clear: readonly PushState[] = ["OK", "REJECTED", "PARKED"];
	return { pushId: _id, state: clear.includes(state) ? (state as PushResult["state"]) : "IN_DOUBT", docNo, reason };
}
