/** The order centre with everything of the hub it asks, the platform a stand-in. For tests. */
import type { Context, ServiceBroker, ServiceSchema } from "moleculer";
import { startBroker } from "../../test/broker.ts";
import AuditService from "../audit/audit.service.ts";
import EventService from "../event/event.service.ts";
import SkuService from "../sku/sku.service.ts";
import ManualPlatformService from "./manual-platform.service.ts";
import { platformOrder } from "./order.sample.ts";
import OrderService from "./order.service.ts";
import type { Order, PlatformOrder } from "./order.ts";
import RuleService from "./rule.service.ts";
import type { ShownEntry } from "./timeline.ts";

type Answer = (params: Record<string, unknown>) => unknown;

export interface Desk {
	broker: ServiceBroker;
	/** What the stand-ins were called with, by action. */
	calls: [action: string, params: Record<string, unknown>][];
	/** What they do instead of answering nothing. */
	answers: Record<string, Answer>;
	call<T = Order>(action: string, params: object, meta?: Record<string, unknown>): Promise<T>;
	save(over?: Partial<PlatformOrder>): Promise<string>; // the order's id
	get(id: string): Promise<Order>;
	/** The timeline once it holds so many entries. */
	timeline(id: string, count: number): Promise<ShownEntry[]>;
	stop(): Promise<void>;
}

const standIns: Record<string, string[]> = {
	"platform.taobao": ["remark", "receiver.reveal"],
	pull: ["hint"],
	shop: ["get", "list"],
};

export async function startDesk(...more: ServiceSchema[]): Promise<Desk> {
	const calls: Desk["calls"] = [];
	const answers: Record<string, Answer> = {
		"shop.get": ({ id }) => ({ _id: id, platform: "taobao", revealPerDay: 1_000 }),
		"shop.list": () => ({
			items: [
				{ _id: "shop-1", name: "旗舰店" },
				{ _id: "shop-2", name: "专营店" },
			],
		}),
	};
	const stands = Object.entries(standIns).map(([name, actions]) => ({
		name,
		actions: Object.fromEntries(
			actions.map((action) => [
				action,
				({ params }: Context<Record<string, unknown>>) => {
					calls.push([`${name}.${action}`, params]);
					return answers[`${name}.${action}`]?.(params);
				},
			]),
		),
	}));
	const broker = await startBroker(
		EventService,
		AuditService,
		SkuService,
		RuleService,
		OrderService,
		ManualPlatformService,
		...stands,
		...more,
	);
	const call = <T>(action: string, params: object, meta: Record<string, unknown> = { actor: "user:li" }): Promise<T> =>
		broker.call<T, object>(action, params, { meta });
	return {
		broker,
		calls,
		answers,
		call,
		async save(over = {}) {
			return (await call<{ id: string }>("order.save", platformOrder(over), { actor: "platform:taobao" })).id;
		},
		get: (id) => call("order.get", { id }),
		async timeline(id, count) {
			for (const until = Date.now() + 10_000; ; ) {
				const { items } = await call<{ items: ShownEntry[] }>("order.timeline", { id });
				if (items.length >= count || Date.now() > until) return items;
			}
		},
		stop: () => broker.stop(),
	};
}
