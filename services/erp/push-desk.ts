/** What people see and do about pushes. */

import { hubError } from "../../config/errors.ts";
import { type Page, type PageQuery, pageByTime } from "../../mixins/paging.ts";
import { anyOf } from "../../mixins/terms.ts";
import type { ShopScope } from "../shop/scope.ts";
import { driverOf } from "./dialects.ts";
import type { Connection, Found, PushKind } from "./driver.ts";
import { errandOf, find } from "./exchange.ts";
import type { Hub } from "./look.ts";
import { type Push, PushModel, type PushState } from "./push.model.ts";
import { getPush, store } from "./push.ts";
import { afterFind, skippedBy } from "./push-step.ts";

export interface PushQuery extends PageQuery {
	state?: PushState;
	connectionId?: string;
	kind?: PushKind;
	shopId?: string;
	orderId?: string;
	q?: string; // order numbers or the ERP's document numbers, several at once
	from?: Date; // made in [from, to)
	to?: Date;
}

/** `turn`, `nextAt`: by which the hub takes turns at a push; nobody else needs them. */
export type PushView = Omit<Push, "outbox" | "turn" | "nextAt">;
export type PushRow = Omit<PushView, "document" | "attempts">;

/** Newest first. @throws INVALID for a cursor that is none */
export function listPushes(query: PushQuery, scope: ShopScope): Promise<Page<PushRow>> {
	const { limit, cursor, q, from, to, ...equal } = query;
	const conditions: object[] = [equal];
	if (scope !== "*") conditions.push({ shopId: { $in: scope } });
	if (q) conditions.push(anyOf(q, ["orderNo", "docNo"]));
	if (from) conditions.push({ createdAt: { $gte: from } });
	if (to) conditions.push({ createdAt: { $lt: to } });
	return pageByTime<PushRow>(
		PushModel,
		conditions,
		{ limit, cursor },
		{ by: "createdAt", projection: { document: 0, attempts: 0, outbox: 0, turn: 0, nextAt: 0 } },
	);
}

/** @throws NOT_FOUND, for a push of a shop out of reach too */
export async function viewPush(id: string, scope: ShopScope): Promise<PushView> {
	const { outbox: _, turn: __, nextAt: ___, ...view } = await getPush(id);
	if (scope !== "*" && !scope.includes(view.shopId)) throw hubError("NOT_FOUND", `push ${id}`, { id });
	return view;
}

/** A document that an ERP has. */
export interface PushedDocument {
	orderId: string;
	connectionId: string;
	kind: PushKind;
	document: Record<string, unknown>;
	madeAt: Date; // of the order as it was then
}

/** What ERPs have of these orders: of each kind and connection the last revision. */
export async function pushedDocuments(orderIds: string[], kinds: PushKind[]): Promise<PushedDocument[]> {
	const pushes = await PushModel.find({ orderId: { $in: orderIds }, kind: { $in: kinds }, state: "OK" })
		.sort({ revision: 1 })
		.lean<Push[]>();
	const last = new Map(pushes.map((push) => [`${push.connectionId}:${push.kind}:${push.orderId}`, push]));
	return [...last.values()].map(({ orderId, connectionId, kind, document, attempts, createdAt }) => {
		const sent = attempts.findLast(({ call }) => call === "SEND");
		return { orderId, connectionId, kind, document, madeAt: sent?.at ?? createdAt };
	});
}

/**
 * Sends the stored document again. The ERP is asked first where it is in doubt, or may have been when it was given up.
 * @throws CONFLICT when it is there or on its way
 */
export async function retryPush(id: string, by: string): Promise<void> {
	const now = new Date();
	const again = await PushModel.updateOne(
		{ _id: id, state: { $in: ["PENDING", "REJECTED", "PARKED"] }, skipped: false },
		{ $set: { state: "PENDING", reason: "", by, nextAt: now }, $inc: { turn: 1 } },
	);
	if (again.matchedCount) return;
	const asked = await PushModel.updateOne(
		{ _id: id, $or: [{ state: "IN_DOUBT" }, { state: "PARKED", skipped: true }] },
		{ $set: { state: "IN_DOUBT", skipped: false, by, nextAt: now }, $inc: { turn: 1 } },
	);
	if (!asked.matchedCount) throw hubError("CONFLICT", `the push is ${(await getPush(id)).state}`, { id });
}

/** Asks the ERP now. What it has is recorded as there, whatever the hub thought before. */
export async function verifyPush(hub: Hub, id: string): Promise<Found> {
	const push = await getPush(id);
	if (!push.number) return { state: "UNKNOWN", reason: "the document carries no number" };
	const connection = await hub.call<Connection>("connection.open", { id: push.connectionId });
	const errand = errandOf(driverOf(connection.dialect), connection, performance.now());
	const { found, attempts } = await find(errand, push.kind, push.number, push.document);
	if (found.state === "FOUND" && push.state !== "OK") {
		const step = afterFind(push, found, attempts, new Date());
		if (step !== "SEND") await store(push, step);
	}
	return found;
}

/** @param why in the person's own words, or "". @throws CONFLICT when it is there or on its way */
export async function skipPush(id: string, by: string, why: string): Promise<void> {
	const push = await getPush(id);
	const free = push.state !== "OK" && push.state !== "SENDING";
	if (!free || !(await store(push, skippedBy(by, why))))
		throw hubError("CONFLICT", `the push is ${(await getPush(id)).state}`, { id });
}
