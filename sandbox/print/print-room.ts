import type { Counters } from "../counters.ts";
import type { FaultPlan } from "../faults.ts";
import type { Market } from "../platforms/market.ts";
import type { PlatformSimulator } from "../platforms/platform.ts";
import type { Waybills } from "../platforms/waybills.ts";
import { cainiaoDialect, relatives } from "./cainiao.ts";
import { PrintComponent } from "./component.ts";
import { jdDialect } from "./jd.ts";
import { LabelReader } from "./label.ts";
import { Prints } from "./prints.ts";
import { weixinDialect } from "./weixin.ts";

interface Parts {
	market: Market;
	waybills: Waybills;
	faults: FaultPlan;
	counters: Counters;
	platforms: readonly PlatformSimulator[];
}

/** The print components of all vendors on one packing desk, and what came out of its printers. */
export class PrintRoom {
	readonly prints = new Prints();
	readonly components: readonly PrintComponent[];

	constructor({ market, waybills, faults, counters, platforms }: Parts) {
		const reader = new LabelReader(waybills, market);
		const givesKey = (name: string, query: string): boolean => {
			const platform = platforms.find((each) => each.name === name);
			return platform !== undefined && asksForKey(platform, query);
		};
		const parts = { faults, counters, reader, prints: this.prints, givesKey };
		const dialects = [...relatives.map(cainiaoDialect), jdDialect(), weixinDialect()];
		this.components = dialects.map((dialect) => new PrintComponent(dialect, parts));
	}

	reset(): void {
		this.prints.clear();
		for (const component of this.components) component.reset();
	}
}

/** Makes the call as the component does, with what the seller's system signed. Source: logistics.getShopKey. */
function asksForKey(platform: PlatformSimulator, query: string): boolean {
	const params = new URLSearchParams(query);
	const path = `/${(params.get("method") ?? "").replace(".", "/")}`;
	const headers = { "content-type": "application/json" };
	const asked = { method: "POST", path, query: params, headers, body: params.get("param_json") ?? "" };
	const { body } = platform.handle(asked);
	return /"key":"[^"]+"/.test(body);
}
