/** For tests: numbers of the simulated platforms, with their print data, and the simulated components that print them. */
import type { ServiceBroker } from "moleculer";
import type { PrintClientName } from "../config/print-clients.ts";
import type { LabelWish } from "../dashboard/print/label-queue.ts";
import { type RunningSandbox, runSandbox } from "../sandbox/testing/running.ts";
import { connectShop } from "../services/platform/contract/bench.ts";
import { waybillWish } from "../services/platform/contract/waybills.ts";
import KuaishouService from "../services/platform/kuaishou/kuaishou.service.ts";
import TaobaoService from "../services/platform/taobao/taobao.service.ts";
import type { Waybill } from "../services/platform/waybill.ts";
import WeixinService from "../services/platform/weixin/weixin.service.ts";
import ShopService from "../services/shop/shop.service.ts";
import { startBroker } from "./broker.ts";

const platforms = ["taobao", "kuaishou", "weixin"] as const;
type Platform = (typeof platforms)[number];
const carrier = "ZTO";

export interface Print {
	client: string;
	printer: string;
	documentID: string;
	trackingNo: string;
}

/** A sandbox with its print components, and the hub's adapters that take numbers for them. */
export class PrintBed {
	readonly sandbox: RunningSandbox;
	readonly #broker: ServiceBroker;
	readonly #shops: ReadonlyMap<string, string>;

	static async start(): Promise<PrintBed> {
		const sandbox = await runSandbox();
		const broker = await startBroker(ShopService, TaobaoService, KuaishouService, WeixinService);
		const shops = new Map<string, string>();
		for (const platform of platforms) shops.set(platform, (await connectShop(broker, sandbox, platform))._id);
		return new PrintBed(sandbox, broker, shops);
	}

	constructor(sandbox: RunningSandbox, broker: ServiceBroker, shops: ReadonlyMap<string, string>) {
		this.sandbox = sandbox;
		this.#broker = broker;
		this.#shops = shops;
	}

	async end(): Promise<void> {
		await this.#broker.stop();
		await this.sandbox.end();
	}

	url(client: PrintClientName): string {
		return `${this.sandbox.url.replace("http", "ws")}/print/${client}`;
	}

	fault(client: PrintClientName, fault: string, times = 1): Promise<unknown> {
		return this.sandbox.control("POST", "faults", { target: `print/${client}`, fault, times });
	}

	async prints(): Promise<Print[]> {
		return (await this.sandbox.control<{ prints: Print[] }>("GET", "prints")).prints;
	}

	/** So many labels of one order each. */
	async labels(platform: Platform, count: number): Promise<LabelWish[]> {
		const orderNos = await this.sandbox.place({ count }, platform);
		const call = <T>(action: string, params: object): Promise<T> => {
			const shopId = this.#shops.get(platform);
			return this.#broker.call<T, object>(`platform.${platform}.${action}`, { shopId, ...params });
		};
		const labels: LabelWish[] = [];
		for (const orderNo of orderNos) {
			const { trackingNo, platformNo } = await call<Waybill>("waybill.take", await waybillWish(call, carrier, orderNo));
			const taken = { orderNo, carrier, trackingNo, platformNo, templateUrl: "" };
			labels.push({ id: orderNo, trackingNo, printData: await call<string>("waybill.print-data", taken) });
		}
		return labels;
	}
}
