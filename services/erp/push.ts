/** Brings documents into ERPs, each once, whatever breaks on the way. */
import { hubError, typeOf } from "../../config/errors.ts";
import { orderIdParts } from "../order/order.ts";
import { driverOf } from "./dialects.ts";
import type { Connection, PushKind } from "./driver.ts";
import { errandOf, send } from "./exchange.ts";
import { pushOutcomes } from "./figures.ts";
import { type Hub, lookBefore } from "./look.ts";
import { type Push, PushModel, type PushState } from "./push.model.ts";
import { pushIdOf } from "./push-id.ts";
import { afterSend, postponed, type Step, updateOf } from "./push-step.ts";
import { leaseMs } from "./timing.ts";

export interface PushRequest {
	connectionId: string;
	kind: PushKind;
	orderId: string;
	aftersaleId?: string; // of the kind aftersale, which needs it
	revision?: number; // of the order's document in the ERP, which carries it in its number; 1 when left out
	document: Record<string, unknown>;
	fence?: number; // of the order that the document was made of; left out: it did not change since. Of an after-sale, its version
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

/**
 * Sends the document unless the ERP has it, may have it, or it may not go. Safe to repeat and to call twice at once: one
 * caller sends.
 * @throws CONNECTION_MISSING, CONFLICT for one that is switched off, ERP_UNKNOWN_DIALECT, INVALID for an after-sale without
 * its id; STILL_ANSWERING while an earlier telling of the change or the after-sale is on its way
 */
export async function pushDocument(hub: Hub, request: PushRequest, wish: Wish): Promise<PushResult> {
	const id = idOf(request);
	const connection = await hub.call<Connection>("connection.open", { id: request.connectionId });
	const since = performance.now();
	const taken = await takeToSend(id, request, connection, wish);
	const push = taken && (await sendTaken(hub, taken, since, connection));
	return resultOf(push ?? (await getPush(id)));
}

function idOf({ connectionId, kind, orderId, aftersaleId, revision }: PushRequest): string {
	const ref = kind === "aftersale" ? aftersaleId : orderId;
	if (!ref) throw hubError("INVALID", "aftersaleId missing", { fields: ["aftersaleId"] });
	return pushIdOf(connectionId, kind, ref, revision);
}

/** @returns null when there is nothing to send, or somebody else is at it */
async function takeToSend(
	_id: string,
	{ connectionId, kind, orderId, aftersaleId = "", revision = 1, document, fence }: PushRequest,
	connection: Connection,
	wish: Wish,
): Promise<Push | null> {
	const { shopId, orderNo } = orderIdParts(orderId);
	const number = numberIn(connection, kind, document);
	const nextAt = new Date(Date.now() + leaseMs);
	const sending = {
		state: "SENDING" as const,
		document,
		number,
		...(fence === undefined ? {} : { fence }),
		...wish,
		nextAt,
	};
	const what = { connectionId, kind, orderId, orderNo, shopId, aftersaleId, revision };
	try {
		const push = await PushModel.create({ _id, ...what, ...sending, turn: 1 });
		return push.toObject<Push>();
	} catch (err) {
		if ((err as { code?: number }).code !== 11000) throw err;
	}
	const free = kind === "change" || kind === "aftersale" ? await toTellAnew(_id, document, fence) : untold;
	if (!free) return null;
	const taken = await PushModel.findOneAndUpdate(
		{ _id, ...free, skipped: false },
		{ $set: { ...sending, reason: "" }, ...(fence === undefined ? { $unset: { fence: 1 } } : {}), $inc: { turn: 1 } },
		{ returnDocument: "after" },
	).lean<Push>();
	if (!taken && free !== untold) throw hubError("STILL_ANSWERING", _id, { pushId: _id });
	return taken;
}

const untold: { state: { $in: PushState[] } } = { state: { $in: ["PENDING", "REJECTED", "PARKED"] } };

/**
 * A change or an after-sale that is not what the ERP was told is told anew, but never an older one after a newer.
 * @returns the push as it must still be to be taken; null when there is nothing to tell
 * @throws STILL_ANSWERING: this telling must come back when the one before is through, or it would be lost
 */
async function toTellAnew(id: string, document: Push["document"], fence?: number): Promise<{ turn: number } | null> {
	const { state, turn, skipped, ...told } = await getPush(id);
	const same = JSON.stringify(told.document) === JSON.stringify(document);
	const older = fence !== undefined && fence < (told.fence ?? 0);
	if (skipped || older) return null;
	if (state === "SENDING" || state === "IN_DOUBT") {
		if (same) return null;
		throw hubError("STILL_ANSWERING", id, { pushId: id });
	}
	return state === "OK" && same ? null : { turn };
}

/** "" where the document has none: sending it is then refused, with the reason. */
function numberIn(connection: Connection, kind: PushKind, document: Record<string, unknown>): string {
	try {
		return driverOf(connection.dialect).kinds[kind]?.numberOf(document, connection.settings) ?? "";
	} catch (err) {
		if (typeOf(err) !== "INVALID") throw err;
		return "";
	}
}

/**
 * `since`: when the sender began, by this process's own steady clock.
 * @returns the push as stored, or null when it was taken from us meanwhile
 */
async function sendTaken(hub: Hub, push: Push, since: number, connection: Connection): Promise<Push | null> {
	const look = await lookBefore(hub, push);
	const set = push.fence === undefined && look.fence !== undefined ? { fence: look.fence } : {};
	const step = look.obstacle ?? (await sendNow(push, since, connection));
	return store(push, { ...step, set: { ...step.set, ...set } });
}

async function sendNow(push: Push, since: number, connection: Connection): Promise<Step> {
	const errand = errandOf(driverOf(connection.dialect), connection, since);
	const sent = await send(errand, push.kind, push.document);
	return afterSend(push, sent, new Date());
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
	const sending = await PushModel.findOneAndUpdate(
		{ _id: push._id, turn: push.turn },
		{ $set: { state: "SENDING", nextAt: new Date(Date.now() + leaseMs) }, $inc: { turn: 1 } },
		{ returnDocument: "after" },
	).lean<Push>();
	if (sending) await sendTaken(hub, sending, since, connection);
}

/** Stores a step unless the push went on without us; then null. */
export async function store(push: Push, step: Step): Promise<Push | null> {
	const { _id, turn, connectionId: connection, kind } = push;
	const update = updateOf(push, step);
	const stored = await PushModel.findOneAndUpdate({ _id, turn }, update, { returnDocument: "after" }).lean<Push>();
	if (stored && step.event) pushOutcomes.inc({ connection, kind, outcome: step.event });
	return stored;
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
