/** What people see of the numbers, print and give back. */
import { hubError } from "../../config/errors.ts";
import { type Page, type PageQuery, pageByTime } from "../../mixins/paging.ts";
import { anyOf } from "../../mixins/terms.ts";
import type { Order } from "../order/order.ts";
import type { Capabilities } from "../platform/capabilities.ts";
import type { ShopScope } from "../shop/scope.ts";
import type { Hub } from "./account.ts";
import { type Who, waybillEvent } from "./events.ts";
import { mayLeave } from "./take.ts";
import { type StoredWaybill, WaybillModel, type WaybillState } from "./waybill.model.ts";

export type WaybillView = Omit<StoredWaybill, "outbox" | "turn" | "askingUntil">;

export interface WaybillQuery extends PageQuery {
	state?: WaybillState;
	platform?: string;
	shopId?: string;
	orderId?: string;
	q?: string; // order or tracking numbers, several at once
}

const hidden = { outbox: 0, turn: 0, askingUntil: 0 } as const;

/** Newest first. @throws INVALID for a cursor that is none */
export function listWaybills(
	{ q, limit, cursor, ...equal }: WaybillQuery,
	scope: ShopScope,
): Promise<Page<WaybillView>> {
	const conditions: object[] = Object.entries(equal).map(([field, value]) => ({ [field]: value }));
	if (scope !== "*") conditions.push({ shopId: { $in: scope } });
	if (q) conditions.push(anyOf(q, ["orderNo", "trackingNo"]));
	const page = { limit, ...(cursor && { cursor }) };
	return pageByTime<WaybillView>(WaybillModel, conditions, page, { by: "createdAt", projection: hidden });
}

/** @throws NOT_FOUND, for a waybill of a shop out of reach too */
export async function findWaybill(id: string, scope: ShopScope): Promise<StoredWaybill> {
	const waybill = await WaybillModel.findById(id).lean<StoredWaybill>();
	if (waybill && (scope === "*" || scope.includes(waybill.shopId))) return waybill;
	throw hubError("NOT_FOUND", "no such waybill", { id });
}

export function view({ outbox: _, turn: __, askingUntil: ___, ...shown }: StoredWaybill): WaybillView {
	return shown;
}

/** For the carrier's print client, as the platform tells it: never stored, never logged. */
export interface PrintData {
	id: string;
	platform: string;
	carrier: string;
	trackingNo: string;
	printClient: string;
	printData: string;
	printedBefore: boolean; // it was handed out before: a second label of one number may send goods twice
}

const printMs = 25_000;
const cancelMs = 25_000;

/** @throws ORDER_HELD, CONFLICT for a number that is not there, PLATFORM_… */
export async function printData(hub: Hub, waybill: StoredWaybill): Promise<PrintData> {
	const { _id: id, orderId, platform, carrier, trackingNo } = waybill;
	mustBeTaken(waybill);
	const order = await hub.call<Order>("order.get", { id: orderId });
	mayLeave(order);
	const { printClient } = await hub.call<Capabilities>(`platform.${platform}.can`, {});
	const { templateUrl } = waybill;
	const call = { ...atPlatform(waybill), templateUrl, order: { id: orderId, fence: order.fence } };
	const text = await hub.call<string>(`platform.${platform}.waybill.print-data`, call, { timeout: printMs });
	const before = await WaybillModel.findOneAndUpdate(
		{ _id: id, trackingNo, state: { $in: ["TAKEN", "PRINTED"] } },
		{ $inc: { prints: 1 } },
		{ returnDocument: "before" },
	).lean<StoredWaybill>();
	if (!before) throw gone(id);
	const printedBefore = before.prints > 0 || before.state === "PRINTED";
	return { id, platform, carrier, trackingNo, printClient, printData: text, printedBefore };
}

/** The label came out. Saying so again changes nothing. @throws CONFLICT for a number that is not there */
export async function markPrinted(waybill: StoredWaybill, who: Who): Promise<void> {
	const { _id, turn, state } = waybill;
	mustBeTaken(waybill);
	if (state === "PRINTED") return;
	const { matchedCount } = await WaybillModel.updateOne(
		{ _id, turn },
		{
			$set: { state: "PRINTED", printedAt: new Date() },
			$inc: { turn: 1 },
			$push: { outbox: waybillEvent("printed", waybill, turn + 1, who) },
		},
	);
	if (!matchedCount) throw hubError("CONFLICT", "it has changed just now", { id: _id });
}

/**
 * Gives the number back; for orders that are held too. Doing it again changes nothing.
 * @throws CONFLICT for a number that is not there, or whose parcel was shipped; PLATFORM_REFUSED where it is on its way
 */
export async function recycle(hub: Hub, waybill: StoredWaybill, who: Who): Promise<void> {
	const { _id, orderId, platform, trackingNo, turn } = waybill;
	if (waybill.state === "RECYCLED") return;
	mustBeTaken(waybill);
	const order = await hub.call<Order>("order.get", { id: orderId });
	if (order.parcels.some((parcel) => parcel.trackingNo === trackingNo)) {
		throw hubError("CONFLICT", "the platform was told that the parcel left", { id: _id });
	}
	try {
		await hub.call(`platform.${platform}.waybill.cancel`, atPlatform(waybill), { timeout: cancelMs });
	} catch (err) {
		await WaybillModel.updateOne({ _id, turn }, { $set: { reason: (err as Error).message } });
		throw err;
	}
	// Whatever was noted meanwhile: the number is gone.
	await WaybillModel.updateOne(
		{ _id, trackingNo, state: { $in: ["TAKEN", "PRINTED"] } },
		{
			$set: { state: "RECYCLED", recycledAt: new Date(), reason: "" },
			$inc: { turn: 1 },
			$push: { outbox: waybillEvent("recycled", waybill, turn + 1, who) },
		},
	);
}

function mustBeTaken({ _id, state }: StoredWaybill): void {
	if (state !== "TAKEN" && state !== "PRINTED") throw gone(_id);
}

const gone = (id: string): Error => hubError("CONFLICT", "the parcel has no number now", { id });

const atPlatform = ({ shopId, orderNo, carrier, trackingNo, platformNo }: StoredWaybill) => ({
	shopId,
	orderNo,
	carrier,
	trackingNo,
	platformNo,
});
