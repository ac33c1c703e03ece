/** How often a consumer failed at an event. Transports count deliveries only, and not every delivery is an attempt. */
import { Schema } from "mongoose";
import { database } from "../../mixins/database.ts";
import type { ConsumerSpec, Delivery, HubEvent } from "../../mixins/event.ts";
import { keepEventsMs } from "./transport.ts";

interface Failures {
	_id: string; // <consumer>:<event id>
	failures: number;
	settled: number; // deliveries that ended in a failure or for want of something that was away
	at: Date;
}

const schema = new Schema<Failures>(
	{ _id: { type: String, required: true }, failures: Number, settled: Number, at: Date },
	{ strict: "throw", versionKey: false },
);
schema.index({ at: 1 }, { expireAfterSeconds: keepEventsMs / 1_000 });

export const FailureModel = database.model("failure", schema, "delivery_failures");

const failureId = ({ name }: ConsumerSpec, { id }: HubEvent): string => `${name}:${id}`;

export async function noteFailure(spec: ConsumerSpec, event: HubEvent, passing: boolean): Promise<Failures> {
	return FailureModel.findOneAndUpdate(
		{ _id: failureId(spec, event) },
		{ $inc: { settled: 1, failures: passing ? 0 : 1 }, $set: { at: new Date() } },
		{ upsert: true, returnDocument: "after" },
	).lean<Failures>() as Promise<Failures>;
}

/** How many earlier deliveries of it nobody settled: their holders died, or hung until the time was up. */
export async function unsettledBefore(spec: ConsumerSpec, { attempt, event }: Delivery): Promise<number> {
	const noted = await FailureModel.findById(failureId(spec, event)).lean<Failures>();
	return attempt - 1 - (noted?.settled ?? 0);
}
