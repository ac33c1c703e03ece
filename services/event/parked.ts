import { hubError } from "../../config/errors.ts";
import type { HubEvent } from "../../mixins/event.ts";
import { type Page, type PageQuery, pageByTime } from "../../mixins/paging.ts";
import { orderIdParts } from "../order/order.ts";
import type { ShopScope } from "../shop/scope.ts";
import { type Parked, ParkedModel, type ParkedState } from "./parked.model.ts";

export interface ParkOrder {
	id: string; // what it is, within its source
	source: string;
	ref: Record<string, string>;
	reason: string;
	event?: HubEvent;
}

/** Safe to repeat: the same thing parked again is one row with the latest reason. */
export async function park({ id, source, ref, reason, event }: ParkOrder): Promise<void> {
	const now = new Date();
	await ParkedModel.updateOne(
		{ _id: `${source}:${id}` },
		{
			$set: {
				source,
				ref,
				shopId: shopOf(ref, event),
				reason,
				event: event ?? null,
				state: "PARKED",
				parkedAt: now,
				settledBy: "",
				note: "",
			},
			$inc: { times: 1 },
		},
		{ upsert: true },
	);
}

function shopOf({ shopId, orderId = "" }: Parked["ref"], event?: HubEvent): string {
	const told = event?.body.shopId;
	return shopId ?? (typeof told === "string" ? told : orderIdParts(orderId).shopId);
}

/** What is of no shop is for those who may see all of them. */
const within = (scope: ShopScope): object[] => (scope === "*" ? [] : [{ shopId: { $in: scope } }]);

export interface ParkedQuery extends PageQuery {
	state?: ParkedState;
}

export const listParked = ({ state, ...page }: ParkedQuery, scope: ShopScope): Promise<Page<Parked>> =>
	pageByTime<Parked>(ParkedModel, [...(state ? [{ state }] : []), ...within(scope)], page, { by: "parkedAt" });

export const countParked = (scope: ShopScope): Promise<number> =>
	ParkedModel.countDocuments({ $and: [{ state: "PARKED" }, ...within(scope)] }).exec();

/** @throws NOT_FOUND, out of reach too */
export async function getParked(id: string, scope: ShopScope): Promise<Parked> {
	const parked = await ParkedModel.findOne({ $and: [{ _id: id, state: "PARKED" }, ...within(scope)] }).lean<Parked>();
	if (!parked) throw hubError("NOT_FOUND", "nothing of this id is parked", { id });
	return parked;
}

/** Parked again meanwhile, it stays: it failed once more. */
export async function settleParked(
	{ _id, times }: Parked,
	state: "REPLAYED" | "DISCARDED",
	settledBy: string,
	note = "",
): Promise<void> {
	await ParkedModel.updateOne({ _id, times, state: "PARKED" }, { $set: { state, settledBy, note } });
}

/** What goes out again: the event under a new id, or word to the source that its record is to be tried again. */
export function replayEvent({ event, source, ref, times }: Parked): HubEvent {
	const at = new Date().toISOString();
	if (event) return { ...event, id: `${event.id}:replay${times}`, at };
	return {
		id: `${source}:${JSON.stringify(ref)}:replay${times}`,
		subject: `hub.${source}.replayed`,
		at,
		traceId: "",
		body: ref,
	};
}
