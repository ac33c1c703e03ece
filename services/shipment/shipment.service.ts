import type { Service, ServiceSchema } from "moleculer";
import { actorOf, type HubContext } from "../../mixins/actor.ts";
import { consumer } from "../../mixins/consumer.ts";
import { ownsModels } from "../../mixins/database.ts";
import { due, wake } from "../../mixins/due.ts";
import { every } from "../../mixins/every.ts";
import { nudge, outbox } from "../../mixins/outbox.ts";
import { pageParams } from "../../mixins/paging.ts";
import { tableFileParams } from "../../mixins/table/file.ts";
import { traceOf } from "../../mixins/trace.ts";
import type { Order } from "../order/order.ts";
import { scopeOf } from "../shop/scope.ts";
import { acceptParcels } from "./accept.ts";
import { answerAgain, decisionSubjects, followDecision } from "./aftersale-parcel.ts";
import {
	listShipments,
	type Patience,
	resume,
	retryShipment,
	type ShipmentQuery,
	sendShipment,
	sendUnattended,
	viewShipment,
	waitingTooLong,
} from "./desk.ts";
import { shipmentFigures } from "./figures.ts";
import { type ImportFile, importParcels } from "./import.ts";
import type { GivenParcel } from "./parcel.ts";
import { leaseMs, ship } from "./ship.ts";
import { type Shipment, ShipmentModel, shipmentStates } from "./shipment.model.ts";
import { tallyShipments } from "./tally.ts";

const id = "string|min:3|max:280";
const orderId = "string|min:3|max:200";
const line = {
	type: "object",
	strict: true,
	props: { lineId: "string|min:1|max:64", quantity: "number|integer|min:1" },
} as const;
const parcel = {
	type: "object",
	strict: true,
	props: {
		carrier: "string|min:1|max:40",
		trackingNo: "string|max:60",
		lines: { type: "array", max: 200, optional: true, items: line },
	},
} as const;

/** How soon parcels go that wait for a flow when their shop's `shipMode` becomes AUTO. */
const unattendedEveryMs = 5_000;

/** shipment: takes parcels back from ERPs and people, and tells the platforms, each parcel once. */
const ShipmentService: ServiceSchema = {
	name: "shipment",
	mixins: [
		outbox(ShipmentModel),
		due<Shipment>(ShipmentModel, { concurrency: 16, leaseMs, handle: shipAndTell }),
		consumer({
			name: "shipment-order-released",
			subjects: ["hub.order.released", "hub.order.ready"],
			handle: (service, { body }) => resume(String(body.orderId)).then(() => wake(service)),
		}),
		consumer({
			name: "shipment-aftersale-decisions",
			subjects: decisionSubjects,
			handle: (_service, event) => followDecision(event),
		}),
		every(unattendedEveryMs, async (service) => {
			if (await sendUnattended(service.broker)) wake(service);
		}),
		ownsModels(ShipmentModel), // starts first and stops last
	],
	actions: {
		/**
		 * Takes the parcels of an order and tells the platform at once, after the answer; where the shop's `shipMode` is FLOW
		 * they are WAITING until `send`, or until it is FLOW no more. Safe to repeat. Returns {shipments: [{id, state}]}. Throws NOT_FOUND, INVALID,
		 * CARRIER_UNKNOWN, CONFLICT; a held order is no error.
		 */
		accept: {
			params: {
				$$strict: true,
				orderId,
				parcels: { type: "array", min: 1, max: 50, items: parcel },
			},
			async handler(this: Service, ctx: HubContext<{ orderId: string; parcels: GivenParcel[] }>) {
				const order = await ctx.call<Order, { id: string }>("order.get", { id: ctx.params.orderId });
				const accepted = await acceptParcels(ctx, order, ctx.params.parcels, actorOf(ctx));
				const { requestID: requestId } = ctx; // of whoever told it, in whose own log it stands
				const parcels = accepted.shipments.length;
				this.logger.info("parcels accepted", { orderId: order._id, parcels, requestId, traceId: traceOf(order._id) });
				wake(this);
				nudge(this);
				return accepted;
			},
		},
		/**
		 * Takes the tracking numbers of a table. A row that is wrong is told of and left out. Safe to repeat. Returns an
		 * Imported.
		 */
		import: {
			timeout: 120_000,
			params: {
				$$strict: true,
				...tableFileParams,
				shopId: "string|min:1|max:60|optional",
				dryRun: { type: "boolean", default: false },
			},
			async handler(this: Service, ctx: HubContext<ImportFile>) {
				const imported = await importParcels(ctx, ctx.params, actorOf(ctx));
				wake(this);
				nudge(this);
				return imported;
			},
		},
		/** {items: ShipmentView[], nextCursor}: newest first, or by deadline where that is asked for. */
		list: {
			params: {
				$$strict: true,
				state: { type: "enum", values: [...shipmentStates], optional: true },
				platform: "string|max:30|optional",
				shopId: "string|max:100|optional",
				orderId: `${orderId}|optional`,
				q: "string|max:20000|optional",
				deadlineBefore: { type: "date", convert: true, optional: true },
				...pageParams,
			},
			handler: (ctx: HubContext<ShipmentQuery>) => listShipments(ctx.params, scopeOf(ctx)),
		},
		/** How many are in each state: a ShipmentTally. */
		tally: {
			params: { $$strict: true, shopId: "string|max:100|optional" },
			handler: (ctx: HubContext<{ shopId?: string }>) => tallyShipments(ctx.params.shopId, scopeOf(ctx)),
		},
		/** Lets a WAITING parcel go, as `accept` would; any other stays as it is. Safe to repeat. Returns {id, state}. */
		send: {
			visibility: "public", // by flows
			params: { $$strict: true, id },
			async handler(this: Service, ctx: HubContext<{ id: string }>) {
				const { id } = ctx.params;
				await viewShipment(id, scopeOf(ctx));
				if (await sendShipment(id, actorOf(ctx))) wake(this);
				const { state } = await viewShipment(id, scopeOf(ctx));
				return { id, state };
			},
		},
		/** Figure[]: parcels that platforms have not been told of. */
		figures: { visibility: "public", params: { $$strict: true }, handler: () => shipmentFigures() },
		/** Parcels that wait too long, at most 200: ShipmentView[], those that wait longest first. */
		waiting: {
			visibility: "public", // for alerts
			params: {
				$$strict: true,
				since: { type: "date", convert: true }, // that wait since before that
				deadlineBefore: { type: "date", convert: true }, // or whose order is to be shipped before that
			},
			handler: (ctx: HubContext<Patience>) => waitingTooLong(ctx.params),
		},
		/** A WAITING one is let go. Of an after-sale's parcel the answer is given again; the shipment follows it. */
		retry: {
			params: { $$strict: true, id },
			async handler(this: Service, ctx: HubContext<{ id: string }>) {
				const shipment = await viewShipment(ctx.params.id, scopeOf(ctx));
				if (shipment.aftersale) await answerAgain(ctx, shipment);
				else await retryShipment(ctx.params.id, actorOf(ctx));
				wake(this);
				return viewShipment(ctx.params.id, scopeOf(ctx));
			},
		},
	},
};

async function shipAndTell(service: Service, shipment: Shipment): Promise<void> {
	const { _id: shipmentId, state: found, shopId, orderId, orderNo } = shipment;
	const state = await ship(service.broker, shipment);
	// Often for a refund that we have not seen. Word of it may get lost, as the pull comes by anyway.
	if (state === "FAILED") service.broker.emit("shipment.refused", { shopId, orderNo });
	service.logger.info("shipment worked on", { shipmentId, orderId, found, state });
	nudge(service);
}

export default ShipmentService;
