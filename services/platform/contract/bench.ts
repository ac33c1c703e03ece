import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Context, ServiceBroker, ServiceSchema } from "moleculer";
import { type RunningSandbox, runSandbox, type TruthRow } from "../../../sandbox/testing/running.ts";
import { startBroker } from "../../../test/broker.ts";
import type { PlatformAftersale } from "../../aftersale/aftersale.ts";
import { answerHook } from "../../api/hooks.ts";
import type { PlatformOrder } from "../../order/order.ts";
import type { PlatformProduct } from "../../product/product.ts";
import { listWindow } from "../../pull/list-window.ts";
import { listSource } from "../../pull/source.ts";
import ShopService from "../../shop/shop.service.ts";
import type { ShopView } from "../../shop/shop.ts";
import type { List, PlatformAdapter, ShipCall, ShippedLine } from "../adapter.ts";
import type { PulledRow, Reading } from "../document-actions.ts";
import type { Hint } from "../messages.ts";
import type { PlatformUnderTest } from "./platform-contract.ts";

/** A shop as the sandbox lists it: what `shop.create` takes, but for the name of its id. */
interface SandboxShop {
	platform: string;
	shopId: string;
}

interface Kinds {
	orders: PlatformOrder;
	aftersales: PlatformAftersale;
	products: PlatformProduct;
}

/** Connects the sandbox's shop of a platform with the hub. */
export async function connectShop(
	broker: ServiceBroker,
	{ control }: Pick<RunningSandbox, "control">,
	platform: string,
	changes: object = {},
): Promise<ShopView> {
	const { shops } = await control<{ shops: SandboxShop[] }>("GET", "shops");
	const shop = shops.find((each) => each.platform === platform);
	if (!shop) throw new Error(`the sandbox has no shop of ${platform}`);
	const { shopId: id, ...rest } = shop;
	return broker.call("shop.create", { id, ...rest, ...changes });
}

/** One platform's service against its simulator, with a hub around it that only listens. */
export class Bench {
	readonly adapter: PlatformAdapter;
	readonly platform: PlatformUnderTest;
	readonly hints: (Hint & { shopId: string })[] = [];
	#sandbox: RunningSandbox | undefined;
	#broker: ServiceBroker | undefined;
	#hub: Server | undefined;
	shopId = "";

	constructor(platform: PlatformUnderTest) {
		this.platform = platform;
		this.adapter = platform.adapter;
	}

	get sandbox(): RunningSandbox {
		if (!this.#sandbox) throw new Error("the bench has not started");
		return this.#sandbox;
	}

	get broker(): ServiceBroker {
		if (!this.#broker) throw new Error("the bench has not started");
		return this.#broker;
	}

	async start(): Promise<void> {
		this.#sandbox = await runSandbox();
		this.#broker = await startBroker(ShopService, this.platform.service, this.#listener());
		this.shopId = (await connectShop(this.broker, this.sandbox, this.adapter.name))._id;
		this.#hub = createServer((req, res) => void answerHook(this.broker, req, res, `/api/v1/hooks`));
		this.#hub.listen(0, "127.0.0.1");
		await once(this.#hub, "listening");
	}

	async clean(): Promise<void> {
		await this.sandbox.control("DELETE", "faults");
		await this.sandbox.control("POST", `platforms/${this.adapter.name}`, { hub: null });
		await this.sandbox.control("POST", "reset", {});
		this.hints.length = 0;
	}

	async stop(): Promise<void> {
		await this.#broker?.stop();
		this.#hub?.closeAllConnections();
		this.#hub?.close();
		await this.#sandbox?.end();
	}

	/** Tells the simulator where to send its messages. */
	async listen(): Promise<void> {
		if (!this.#hub) throw new Error("the bench has not started");
		const { port } = this.#hub.address() as AddressInfo;
		await this.sandbox.control("POST", `platforms/${this.adapter.name}`, { hub: `http://127.0.0.1:${port}` });
	}

	call<T>(action: string, params: object = {}): Promise<T> {
		return this.broker.call<T, object>(`platform.${this.adapter.name}.${action}`, { shopId: this.shopId, ...params });
	}

	async get<K extends keyof Kinds>(kind: K, id: string): Promise<Kinds[K]> {
		return (await this.call<Reading<Kinds[K]>>(`${kind}.get`, { id })).document;
	}

	order(orderNo: string): Promise<PlatformOrder> {
		return this.get("orders", orderNo);
	}

	fault(fault: string, times?: number): Promise<unknown> {
		return this.sandbox.control("POST", "faults", { target: this.adapter.name, fault, ...(times && { times }) });
	}

	async place(count: number, wish: object = {}): Promise<string[]> {
		const path = `platforms/${this.adapter.name}/orders`;
		const { orders } = await this.sandbox.control<{ orders: { platformOrderId: string }[] }>("POST", path, {
			count,
			...wish,
		});
		return orders.map(({ platformOrderId }) => platformOrderId);
	}

	async placeOne(wish: object = {}): Promise<string> {
		const [orderNo = ""] = await this.place(1, wish);
		return orderNo;
	}

	/** Something a buyer does. @returns the order and its after-sales as the truth has them then */
	act(orderNo: string, action: object): Promise<{ order: TruthRow; aftersales: { platformAftersaleId: string }[] }> {
		return this.sandbox.control("POST", `platforms/${this.adapter.name}/orders/${orderNo}/actions`, action);
	}

	async truth(orderNo: string): Promise<TruthRow> {
		const row = (await this.sandbox.truth("kind=orders")).find((each) => each.platformOrderId === orderNo);
		if (!row) throw new Error(`the truth has no order ${orderNo}`);
		return row;
	}

	ship(orderNo: string, call: Partial<ShipCall> = {}): Promise<void> {
		const { carrier, trackingNo } = this.platform.parcel;
		const usual = { carrier, trackingNo, lines: [], further: false };
		const requestId = `${orderNo}:${call.trackingNo ?? trackingNo}`;
		return this.call("ship", { orderNo, ...usual, requestId, ...call });
	}

	shipped(orderNo: string): Promise<ShippedLine[]> {
		return this.call("shipped", { orderNo });
	}

	/** What a list shows of the last minutes: a platform that answers late is given a clock that is as much ahead. */
	async rows(kind: keyof Kinds, list: List): Promise<PulledRow[]> {
		const { lagMs, pageSize } = list.rules;
		if (lagMs) await this.fault(`clock:${Math.ceil(lagMs / 1_000) + 10}`);
		const source = listSource(this.broker, this.adapter.name, this.shopId, kind, { name: list.name, way: list.way });
		const window = { from: new Date(Date.now() - 60_000), to: new Date(Date.now() + 5_000) };
		return (await listWindow(source, window, pageSize)).rows;
	}

	async listed(kind: keyof Kinds, list: List = this.adapter[kind].lists[0]): Promise<string[]> {
		return (await this.rows(kind, list)).map(({ id }) => id).sort();
	}

	async shopStatus(): Promise<string> {
		return (await this.broker.call<ShopView, object>("shop.get", { id: this.shopId })).status;
	}

	/** In place of the pull: notes what it is told to look at. */
	#listener(): ServiceSchema {
		const { hints } = this;
		return {
			name: "pull",
			actions: { hint: (ctx: Context<Hint & { shopId: string }>) => void hints.push(ctx.params) },
		};
	}
}
