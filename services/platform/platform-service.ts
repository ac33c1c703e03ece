import type { Context, Service, ServiceBroker, ServiceSchema } from "moleculer";
import { ownsModels } from "../../mixins/database.ts";
import { every } from "../../mixins/every.ts";
import type { PlatformAdapter } from "./adapter.ts";
import { PlatformCalls } from "./calls.ts";
import { capabilitiesOf } from "./capabilities.ts";
import { documentActions } from "./document-actions.ts";
import { hookActions } from "./hook-actions.ts";
import { messageModels } from "./message.model.ts";
import { PaceModel } from "./pace.model.ts";
import { rawModels } from "./raw.ts";
import { sellerActions } from "./seller-actions.ts";
import { listensAtMessageServer } from "./socket-runner.ts";
import { renewAhead, tokenActions } from "./token-actions.ts";
import { waybillActions } from "./waybill-actions.ts";

/** The calls of a platform in one process. */
export type CallsOf = (ctx: { broker: ServiceBroker }) => PlatformCalls;

const renewEveryMs = 20_000;

/** The Moleculer service `platform.<name>` of an adapter: the same actions for every platform. */
export function platformService(adapter: PlatformAdapter): ServiceSchema {
	const raw = {
		orders: rawModels(adapter.name, "orders"),
		aftersales: rawModels(adapter.name, "aftersales"),
		products: rawModels(adapter.name, "products"),
	};
	const messages = messageModels(adapter.name);
	const known = new WeakMap<ServiceBroker, PlatformCalls>();
	const callsOf: CallsOf = ({ broker }) => {
		const calls = known.get(broker) ?? new PlatformCalls(adapter, broker.getLogger(`platform.${adapter.name}`));
		known.set(broker, calls);
		return calls;
	};
	const rawCollections = Object.values(raw).flatMap(({ current, versions }) => [current, versions]);

	return {
		name: `platform.${adapter.name}`,
		mixins: [
			every(renewEveryMs, (service) => renewAhead(service, adapter, callsOf(service))),
			...(adapter.socket ? [listensAtMessageServer(adapter, adapter.socket, messages)] : []),
			ownsModels(PaceModel, messages.seen, messages.leases, ...rawCollections), // starts first and stops last
		] as ServiceSchema[],
		actions: {
			...documentActions(adapter, "orders", adapter.orders, raw.orders, callsOf),
			...documentActions(adapter, "aftersales", adapter.aftersales, raw.aftersales, callsOf),
			...documentActions(adapter, "products", adapter.products, raw.products, callsOf),
			...sellerActions(adapter, callsOf),
			...waybillActions(adapter, callsOf),
			...tokenActions(adapter, callsOf),
			...hookActions(adapter, messages),
			/** What the platform can do. Returns Capabilities. */
			can: { visibility: "public", params: { $$strict: true }, handler: () => capabilitiesOf(adapter) },
		},
		events: {
			"shop.changed": {
				async handler(this: Service, ctx: Context<{ shopId: string }>) {
					callsOf(this).forget(ctx.params.shopId);
				},
			},
		},
		async stopped() {
			callsOf(this).stop();
			known.delete(this.broker);
		},
	};
}
