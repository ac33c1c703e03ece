import type { Context, Service, ServiceBroker, ServiceSchema } from "moleculer";
import { ownsModels } from "../../mixins/database.ts";
import type { PlatformOrder } from "../order/order.ts";
import type { Listed, PlatformAdapter, PullRules, ShipCall, ShippedLine } from "./adapter.ts";
import { type Answered, type Call, PlatformCalls } from "./calls.ts";
import { keepRaw, rawModels } from "./raw.ts";
import type { RawRecord } from "./record.ts";

interface ShopParams {
	shopId: string;
}

interface WindowParams extends ShopParams {
	from: Date;
	to: Date;
}

/** What the hub got of one order. */
export interface OrderReading {
	order: PlatformOrder;
	fetchedAt: Date; // the platform's clock when it was asked
}

/** How many changed, and the platform's clock when it was asked. */
export interface Count {
	total: number;
	at: Date;
}

const shopId = "string";
const date = { type: "date", convert: true } as const; // dates are text between processes
/** Longer than all tries of one call together: it would go on behind the caller's back. */
const timeout = 75_000;
const internal = { visibility: "public", timeout } as const; // services and nodes, never the gateway

/** The Moleculer service `platform.<name>` of an adapter: the same actions for every platform. */
export function platformService(adapter: PlatformAdapter): ServiceSchema {
	const rawOrders = rawModels(adapter.name, "orders");
	const calls = new WeakMap<ServiceBroker, PlatformCalls>();
	const callsOf = (broker: ServiceBroker): PlatformCalls => {
		const known = calls.get(broker) ?? new PlatformCalls(adapter, broker.getLogger(`platform.${adapter.name}`));
		calls.set(broker, known);
		return known;
	};

	const make = <T>(ctx: Context<ShopParams>, call: Call<T>): Promise<Answered<T>> =>
		callsOf(ctx.broker).make(ctx, ctx.params.shopId, call);

	const readRaw = (ctx: Context<ShopParams>, orderNo: string, urgent: boolean): Promise<Answered<RawRecord>> =>
		make(ctx, {
			method: "order",
			repeatable: true,
			urgent,
			request: (shop, now) => adapter.orderRequest(shop, orderNo, now),
			read: adapter.readOrder,
		});

	return {
		name: `platform.${adapter.name}`,
		mixins: [ownsModels(rawOrders.current, rawOrders.versions)],
		actions: {
			/** The platform's rules of paging, and its clock now, as far as it is known. */
			"orders.rules": {
				...internal,
				params: { $$strict: true, shopId },
				async handler(ctx: Context<ShopParams>): Promise<PullRules & { now: Date }> {
					const { gatewayUrl } = await ctx.call<{ gatewayUrl: string }, object>("shop.access", ctx.params);
					return { ...adapter.rules.orders, now: callsOf(ctx.broker).now(gatewayUrl) };
				},
			},
			/** How many orders changed in the window. */
			"orders.count": {
				...internal,
				params: { $$strict: true, shopId, from: date, to: date },
				async handler(ctx: Context<WindowParams>): Promise<Count> {
					const { value, at } = await make(ctx, {
						method: "order list",
						repeatable: true,
						request: (shop, now) => adapter.countOrdersRequest(shop, ctx.params, now),
						read: adapter.readOrderCount,
					});
					return { total: value, at };
				},
			},
			/** One page of the orders that changed in the window, the newest change first. */
			"orders.list": {
				...internal,
				params: { $$strict: true, shopId, from: date, to: date, page: "number|integer|min:1" },
				async handler(ctx: Context<WindowParams & { page: number }>): Promise<Listed[]> {
					const { value } = await make(ctx, {
						method: "order list",
						repeatable: true,
						request: (shop, now) => adapter.listOrdersRequest(shop, ctx.params, now),
						read: adapter.readOrderList,
					});
					return value;
				},
			},
			/**
			 * One order as the platform has it now. Its own document is kept before it is read, so that one we cannot
			 * read (PLATFORM_UNKNOWN_STATUS, PLATFORM_BAD_RECORD) is there to look at.
			 */
			"orders.get": {
				...internal,
				params: { $$strict: true, shopId, orderNo: "string" },
				async handler(ctx: Context<ShopParams & { orderNo: string }>): Promise<OrderReading> {
					const { shopId, orderNo } = ctx.params;
					const { value: raw, at: fetchedAt } = await readRaw(ctx, orderNo, false);
					const modifiedAt = adapter.modifiedAt(raw);
					await keepRaw(rawOrders, { shopId, id: orderNo, modifiedAt, fetchedAt, raw });
					return { order: adapter.toOrder(shopId, raw), fetchedAt };
				},
			},
			/**
			 * Tells the platform what was sent. Never repeated when its outcome is unknown (PLATFORM_UNREACHABLE,
			 * PLATFORM_BAD_RESPONSE): the caller looks with `shipped` first. Other errors: it was not done.
			 */
			ship: {
				...internal,
				params: {
					$$strict: true,
					shopId,
					orderNo: "string",
					carrier: "string",
					trackingNo: "string",
					lineIds: { type: "array", items: "string" },
				},
				async handler(ctx: Context<ShopParams & ShipCall>): Promise<void> {
					await make(ctx, {
						method: "ship",
						repeatable: false,
						request: (shop, now) => adapter.shipRequest(shop, ctx.params, now),
						read: (answer) => adapter.readShip(answer, ctx.params),
					});
				},
			},
			/** What the platform knows as shipped. */
			shipped: {
				...internal,
				params: { $$strict: true, shopId, orderNo: "string" },
				async handler(ctx: Context<ShopParams & { orderNo: string }>): Promise<ShippedLine[]> {
					const { value } = await readRaw(ctx, ctx.params.orderNo, true);
					return adapter.shippedLines(value);
				},
			},
			/** What the platform can do: an operator decides about the rest. */
			can: {
				visibility: "public",
				params: { $$strict: true },
				handler: () => ({ ...adapter.can, carriers: Object.keys(adapter.carriers) }),
			},
		},
		events: {
			"shop.changed": {
				async handler(this: Service, ctx: Context<ShopParams>) {
					callsOf(this.broker).forget(ctx.params.shopId);
				},
			},
		},
		async stopped() {
			callsOf(this.broker).stop();
			calls.delete(this.broker);
		},
	};
}
