/** Takes one number for one parcel of an order, whatever breaks on the way. */
import { hubError, typeOf } from "../../config/errors.ts";
import type { Order } from "../order/order.ts";
import type { Capabilities } from "../platform/capabilities.ts";
import type { Waybill } from "../platform/waybill.ts";
import { type Contract, contractOf, type GivenSender, type Hub } from "./account.ts";
import { type Who, waybillEvent } from "./events.ts";
import { type StoredWaybill, WaybillModel, waybillId } from "./waybill.model.ts";

export interface Wish {
	orderId: string;
	parcelNo: number; // 1 for the first
	carrier: string; // our code
	branchCode: string; // "": the first that the shop has with the carrier
	accountCode: string;
	templateUrl: string; // "": the platform's choice
	weightGram?: number;
	sender: GivenSender;
	anew: boolean; // somebody has looked: the call whose outcome nobody knew gave no number that is wanted
}

/** Longer than the call may take. */
const askingMs = 30_000;
const takeMs = 25_000; // the platform service reaches the call itself within 8 s or not at all, and it takes 15 s at most

/**
 * Safe to repeat: a parcel that has a number keeps it. Where the outcome of a call is not known, it is asked for again
 * only if the platform knows a repetition.
 * @throws ORDER_HELD, ORDER_NOT_READY, INVALID, CARRIER_UNKNOWN, NOT_FOUND, PLATFORM_…; STILL_ANSWERING while somebody
 * else is asking; CONFLICT for a parcel with another carrier's number, or in doubt where asking again may take a second
 */
export async function takeWaybill(
	hub: Hub,
	wish: Wish,
	who: Who,
	contracts: typeof contractOf = contractOf,
): Promise<StoredWaybill> {
	const order = await hub.call<Order>("order.get", { id: wish.orderId });
	mayLeave(order);
	const known = await WaybillModel.findById(waybillId(order._id, wish.parcelNo)).lean<StoredWaybill>();
	if (known?.state === "TAKEN" || known?.state === "PRINTED") return sameCarrier(known, wish);
	if (order.status !== "WAIT_SHIP" && order.status !== "PART_SHIPPED") throw hubError("ORDER_NOT_READY", order.status);
	const { platform, shopId } = order;
	const can = await hub.call<Partial<Capabilities>>(`platform.${platform}.can`, {});
	if (!can.waybills) throw hubError("PLATFORM_UNSUPPORTED", `${platform}: waybills`, { what: "waybills" });
	if (known?.state === "TAKING") mayAskAgain(known, wish, can.waybillsRepeatable === true);
	const contract = await contracts(hub, { ...wish, platform, shopId });
	// Written before the call: whoever finds it so after a crash knows that a number may have been taken.
	const asking = await startAsking(order, known, wish, contract, who);
	try {
		return await keep(asking, await ask(hub, order, wish, contract), who);
	} catch (err) {
		await giveUp(asking, err, known?.state === "TAKING" && !wish.anew);
		throw err;
	}
}

/** @throws ORDER_HELD with the reasons */
export function mayLeave({ _id: id, holds }: Order): void {
	if (holds.length) throw hubError("ORDER_HELD", holds.map(({ reason }) => reason).join(", "), { id });
}

function sameCarrier(known: StoredWaybill, { carrier }: Wish): StoredWaybill {
	if (known.carrier === carrier) return known;
	throw hubError("CONFLICT", `the parcel has a number of ${known.carrier}: give that back first`, { id: known._id });
}

function mayAskAgain(known: StoredWaybill, wish: Wish, repeatable: boolean): void {
	const { _id: id, askingUntil } = known;
	if (askingUntil && askingUntil > new Date()) throw hubError("STILL_ANSWERING", "the platform is being asked", { id });
	if (wish.anew) return;
	sameCarrier(known, wish);
	if (repeatable) return;
	const detail = "nobody knows whether the platform gave a number: look there, then take it anew";
	throw hubError("CONFLICT", detail, { id });
}

async function startAsking(
	{ _id: orderId, orderNo, platform, shopId }: Order,
	known: StoredWaybill | null,
	{ parcelNo, carrier, templateUrl }: Wish,
	{ branchCode, accountCode }: Contract,
	{ by, traceId }: Who,
): Promise<StoredWaybill> {
	const _id = waybillId(orderId, parcelNo);
	const askingUntil = new Date(Date.now() + askingMs);
	const wished = { carrier, branchCode, accountCode, templateUrl, by, traceId };
	const asking = { ...wished, state: "TAKING" as const, reason: "", trackingNo: "", platformNo: "", askingUntil };
	const busy = hubError("STILL_ANSWERING", "the platform is being asked", { id: _id });
	if (known) {
		const fresh = { prints: 0, takenAt: null, printedAt: null, recycledAt: null };
		const change = { $set: { ...asking, ...fresh }, $inc: { turn: 1 } };
		const written = await WaybillModel.findOneAndUpdate({ _id, turn: known.turn }, change, {
			returnDocument: "after",
		}).lean<StoredWaybill>();
		if (!written) throw busy;
		return written;
	}
	try {
		return (await WaybillModel.create({ _id, orderId, orderNo, platform, shopId, parcelNo, ...asking })).toObject();
	} catch (err) {
		throw (err as { code?: number }).code === 11000 ? busy : err;
	}
}

function ask(hub: Hub, order: Order, wish: Wish, contract: Contract): Promise<Waybill> {
	const { platform, shopId, orderNo, _id: id, fence } = order;
	const { carrier, parcelNo, weightGram = null, templateUrl } = wish;
	const open = order.lines.filter(({ status, refund }) => status !== "CLOSED" && refund !== "DONE");
	const goods = open.map(({ title, quantity }) => ({ title: title.slice(0, 200), quantity }));
	const parcel = { carrier, parcelNo, goods, weightGram, templateUrl, ...contract };
	const call = { shopId, orderNo, ...parcel, order: { id, fence } };
	return hub.call<Waybill>(`platform.${platform}.waybill.take`, call, { timeout: takeMs });
}

async function keep(asking: StoredWaybill, { trackingNo, platformNo }: Waybill, who: Who): Promise<StoredWaybill> {
	const { _id, turn } = asking;
	const taken = { state: "TAKEN", trackingNo, platformNo, askingUntil: null, takenAt: new Date() };
	const event = waybillEvent("taken", { ...asking, trackingNo }, turn + 1, who);
	const stored = await WaybillModel.findOneAndUpdate(
		{ _id, turn },
		{ $set: taken, $inc: { turn: 1 }, $push: { outbox: event } },
		{ returnDocument: "after" },
	).lean<StoredWaybill>();
	if (stored) return stored;
	throw hubError("STILL_ANSWERING", "somebody else asks by now", { id: _id });
}

/** The platform said no, or was not asked: no number was taken by this call. */
const notTaken: ReadonlySet<string | undefined> = new Set([
	"PLATFORM_REFUSED",
	"PLATFORM_UNSUPPORTED",
	"PLATFORM_RATE_LIMITED",
	"PLATFORM_TOKEN_EXPIRED",
	"PLATFORM_MISCONFIGURED",
	"CARRIER_UNKNOWN",
	"INVALID",
	"ORDER_HELD", // since it was looked at
	"ORDER_NOT_READY",
	"CONFLICT", // the shop is switched off, or another parcel is being told of
	"NOT_FOUND",
]);

/** `wasInDoubt`: by an earlier call, of whose number this one's no may be the echo. */
async function giveUp({ _id, turn }: StoredWaybill, err: unknown, wasInDoubt: boolean): Promise<void> {
	const state = notTaken.has(typeOf(err)) && !wasInDoubt ? "FAILED" : "TAKING";
	const left = { state, reason: (err as Error).message, askingUntil: null };
	await WaybillModel.updateOne({ _id, turn }, { $set: left, $inc: { turn: 1 } });
}
