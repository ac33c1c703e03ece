import type { Context, ServiceSchema } from "moleculer";
import { env } from "../../config/env.ts";
import { actorOf, type HubContext } from "../../mixins/actor.ts";
import { audited } from "../../mixins/audited.ts";
import { ownsModels } from "../../mixins/database.ts";
import type { ConsumerSpec, Delivery, HubEvent } from "../../mixins/event.ts";
import { pageParams } from "../../mixins/paging.ts";
import { scopeOf } from "../shop/scope.ts";
import { ConsumerModel, EventModel } from "./event.model.ts";
import { FailureModel, noteFailure, unsettledBefore } from "./failures.ts";
import { eventFigures } from "./figures.ts";
import { JetStreamTransport } from "./jetstream-transport.ts";
import { ParkedModel, parkedStates } from "./parked.model.ts";
import {
	countParked,
	getParked,
	listParked,
	type ParkedQuery,
	type ParkOrder,
	park,
	replayEvent,
	settleParked,
} from "./parked.ts";
import { StoreTransport } from "./store-transport.ts";
import type { EventTransport } from "./transport.ts";

const transport: EventTransport = env.natsUrl ? new JetStreamTransport(env.natsUrl) : new StoreTransport();

const eventParam = {
	type: "object",
	strict: true,
	props: { id: "string|max:300", subject: "string|max:100", at: "string", traceId: "string", body: "object" },
};
const specParam = {
	type: "object",
	strict: true,
	props: {
		name: { type: "string", pattern: "^[A-Za-z0-9_-]{1,80}$" },
		subjects: { type: "array", min: 1, items: "string" },
		ackWaitMs: "number|integer|min:1000",
		maxAttempts: "number|integer|min:1",
		backoffMs: { type: "array", min: 1, items: "number|integer|min:0" },
	},
};
const token = "string|max:500";
const internal = { visibility: "public" } as const; // services and nodes, never the gateway

interface Failure extends Omit<Delivery, "attempt"> {
	spec: ConsumerSpec;
	reason: string;
	passing: boolean;
}

/** event: carries what happened to whoever must know, at least once, and keeps what could not be handled. */
const EventService: ServiceSchema = {
	name: "event",
	mixins: [
		audited({ replay: ({ id }) => id, discard: ({ id }) => id }),
		ownsModels(EventModel, ConsumerModel, FailureModel, ParkedModel),
	] as ServiceSchema[],
	actions: {
		/** Resolves when all events are stored. The same id again is the same event. */
		publish: {
			...internal,
			params: { $$strict: true, events: { type: "array", items: eventParam } },
			handler: (ctx: Context<{ events: HubEvent[] }>) => transport.publish(ctx.params.events),
		},
		subscribe: {
			...internal,
			params: { $$strict: true, spec: specParam },
			handler: (ctx: Context<{ spec: ConsumerSpec }>) => transport.subscribe(ctx.params.spec),
		},
		/** Up to `max` deliveries; waits up to `waitMs` for the first one. */
		fetch: {
			...internal,
			params: {
				$$strict: true,
				spec: specParam,
				max: "number|integer|min:1|max:200",
				waitMs: "number|integer|min:0|max:10000",
			},
			handler: (ctx: Context<{ spec: ConsumerSpec; max: number; waitMs: number }>) => fetch(ctx.params),
		},
		ack: {
			...internal,
			params: { $$strict: true, token },
			handler: (ctx: Context<{ token: string }>) => transport.ack(ctx.params.token),
		},
		working: {
			...internal,
			params: { $$strict: true, token },
			handler: (ctx: Context<{ token: string }>) => transport.working(ctx.params.token),
		},
		/**
		 * Not handled: it comes again after a pause, or is parked when this was the last attempt. `passing`: something
		 * it needs was away, which is no attempt; however long that lasts, the event is not parked for it.
		 */
		fail: {
			...internal,
			params: {
				$$strict: true,
				spec: specParam,
				token,
				event: eventParam,
				reason: "string",
				passing: "boolean",
			},
			handler: (ctx: Context<Failure>) => fail(ctx.params),
		},
		/** Figure[]: what consumers have before them, and what was put aside. */
		figures: { ...internal, params: { $$strict: true }, handler: () => eventFigures(transport) },
		/** {items: {consumer, count}[]}: what consumers have before them, the longest queue first. */
		backlog: {
			params: { $$strict: true },
			async handler() {
				return { items: (await transport.backlog()).sort((a, b) => b.count - a.count) };
			},
		},
		/** Puts something aside for a person. */
		park: {
			...internal,
			params: {
				$$strict: true,
				id: "string",
				source: "string",
				ref: { type: "record", key: "string", value: "string" },
				reason: "string",
				event: { ...eventParam, optional: true },
			},
			handler: (ctx: Context<ParkOrder>) => park(ctx.params),
		},
		/** How many things wait for a person: {count}. */
		countParked: {
			...internal,
			params: { $$strict: true },
			handler: async (ctx: HubContext<object>) => ({ count: await countParked(scopeOf(ctx)) }),
		},
		parked: {
			params: {
				$$strict: true,
				state: { type: "enum", values: [...parkedStates], optional: true },
				...pageParams,
			},
			handler: (ctx: HubContext<ParkedQuery>) => listParked(ctx.params, scopeOf(ctx)),
		},
		/** Delivers the event again, or tells its source to try the record again. */
		replay: {
			params: { $$strict: true, id: "string" },
			async handler(ctx: HubContext<{ id: string }>) {
				const parked = await getParked(ctx.params.id, scopeOf(ctx));
				// Out first, settled second: a crash in between repeats it, under the same event id.
				await transport.publish([replayEvent(parked)]);
				await settleParked(parked, "REPLAYED", actorOf(ctx));
				return { id: parked._id, state: "REPLAYED" };
			},
		},
		/** `note`: why, in the words of who does it. */
		discard: {
			params: { $$strict: true, id: "string", note: "string|trim|min:1|max:200|optional" },
			async handler(ctx: HubContext<{ id: string; note?: string }>) {
				const parked = await getParked(ctx.params.id, scopeOf(ctx));
				await settleParked(parked, "DISCARDED", actorOf(ctx), ctx.params.note);
				return { id: parked._id, state: "DISCARDED" };
			},
		},
	},
	started: () => transport.start(),
	stopped: () => transport.stop(),
};

/** A delivery that was handed out often enough without ever being settled (its holder dies of it, say) is parked. */
async function fetch({ spec, max, waitMs }: { spec: ConsumerSpec; max: number; waitMs: number }): Promise<Delivery[]> {
	const deliveries = await transport.fetch(spec, max, waitMs);
	const fresh: Delivery[] = [];
	for (const delivery of deliveries) {
		if (delivery.attempt > spec.maxAttempts && (await unsettledBefore(spec, delivery)) >= spec.maxAttempts) {
			await parkDelivery({ ...delivery, spec, reason: `not settled in ${spec.maxAttempts} attempts` });
		} else fresh.push(delivery);
	}
	return fresh;
}

async function fail(failure: Failure): Promise<void> {
	const { spec, event, token, passing } = failure;
	const { failures, settled } = await noteFailure(spec, event, passing);
	if (failures >= spec.maxAttempts) return parkDelivery(failure);
	const pauseMs = spec.backoffMs[Math.min(settled, spec.backoffMs.length) - 1] ?? 1_000;
	await transport.nak(token, Math.round(pauseMs * (0.8 + Math.random() * 0.4)));
}

/** Parked and told first, acknowledged second: in between it would only come again and be parked again. */
async function parkDelivery({ spec, token, event, reason }: Omit<Failure, "passing">): Promise<void> {
	const { orderId } = event.body;
	const ref = { eventId: event.id, subject: event.subject, ...(typeof orderId === "string" && { orderId }) };
	await park({ id: event.id, source: spec.name, ref, reason, event });
	await transport.publish(parkedEvent(spec, event, reason));
	await transport.ack(token);
}

/** Whoever keeps what the event was about must know that nobody goes on with it. */
function parkedEvent(
	{ name: consumer }: ConsumerSpec,
	{ id, subject, traceId, body }: HubEvent,
	reason: string,
): HubEvent[] {
	if (subject === "hub.delivery.parked") return []; // or it would go round for ever
	const at = new Date().toISOString();
	const about = ["orderId", "aftersaleId"].filter((field) => typeof body[field] === "string");
	const told = { consumer, subject, reason, ...Object.fromEntries(about.map((field) => [field, body[field]])) };
	return [{ id: `parked:${consumer}:${id}`, subject: "hub.delivery.parked", at, traceId, body: told }];
}

export default EventService;
