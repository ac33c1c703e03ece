import type { FaultName } from "../../faults.ts";
import type { Answer, Received } from "../../target.ts";
import { RepeatedPages } from "../list-faults.ts";
import type { MarketChange } from "../market-order.ts";
import type { HookMessage } from "../messenger.ts";
import type { PlatformKind, PlatformParts, PlatformSimulator } from "../platform.ts";
import { type DemoShop, Shops } from "../shops.ts";
import { Arguments } from "./arguments.ts";
import type { Method } from "./call.ts";
import { demoShops } from "./demo-shop.ts";
import { failure, type Payload, success } from "./envelope.ts";
import { businessError, KsError } from "./errors.ts";
import { expressMethods } from "./express.ts";
import { Gatekeeper, readParams } from "./gateway.ts";
import { itemMethods } from "./items.ts";
import { messages } from "./messages.ts";
import { numbering } from "./numbering.ts";
import { oauth } from "./oauth.ts";
import { orderMethods } from "./orders.ts";
import { privacyMethods } from "./privacy.ts";
import { refundActionMethods } from "./refund-actions.ts";
import { refundMethods } from "./refunds.ts";
import { shippingMethods } from "./shipping.ts";

const name = "kuaishou";
const accessLifetimeMs = 48 * 3_600_000;

const methods: ReadonlyMap<string, Method> = new Map(
	Object.entries({
		...orderMethods,
		...privacyMethods,
		...shippingMethods,
		...refundMethods,
		...refundActionMethods,
		...itemMethods,
		...expressMethods,
	}),
);

/** 快手小店: an API's path is its name, `/kuaishou/open/order/detail`; tokens under `/kuaishou/oauth2`. */
export const kuaishou: PlatformKind = {
	name,
	numbering,
	oneLine: true,
	silent: [],
	aftersaleTypes: ["REFUND_BEFORE_SHIP", "REFUND_ONLY", "RETURN_REFUND", "EXCHANGE"],
	create: (parts) => new KuaishouSimulator(parts),
};

class KuaishouSimulator implements PlatformSimulator {
	readonly name = name;
	readonly faults: readonly FaultName[] = [
		"rate-limit",
		"expired-token",
		"business-error",
		"page-shift",
		"repeat-pages",
		"late-page",
		"unknown-status",
	];
	readonly gatewayPath = `/${name}`;
	readonly authPath = `/${name}/oauth/authorize`;
	readonly messagePath = "";
	readonly shops: Shops;
	readonly #parts: PlatformParts;
	readonly #gate: Gatekeeper;
	readonly #repeated = new RepeatedPages();

	constructor(parts: PlatformParts) {
		this.#parts = parts;
		this.shops = new Shops(parts.journal, demoShops, { lifetimeMs: accessLifetimeMs });
		this.#gate = new Gatekeeper(name, this.shops, parts);
	}

	handle(request: Received): Answer {
		const nowMs = this.#parts.faults.now(name);
		const authorised = oauth(request, this.shops, nowMs);
		if (authorised) return authorised;
		const api = request.path.slice(1).replaceAll("/", ".");
		const method = methods.get(api);
		if (!method) return { status: 404, type: "text/plain", body: "not found" };
		try {
			return success(this.#answer(api, method, request, nowMs));
		} catch (err) {
			if (err instanceof KsError) return failure(err);
			throw err;
		}
	}

	messages(change: MarketChange, shop: DemoShop, nowMs: number): HookMessage[] {
		return messages(change, shop, nowMs);
	}

	reset(): void {
		this.#gate.reset();
		this.#repeated.reset();
	}

	#answer(api: string, { verb, perSecond, run }: Method, request: Received, nowMs: number): Payload {
		const params = readParams(request, verb);
		const appKey = this.#gate.checkApp(params, api, nowMs);
		const shop = this.#gate.checkToken(params, appKey, nowMs);
		this.#gate.checkQuota(appKey, api, perSecond, nowMs);
		this.#parts.counters.called(name, api);
		if (this.#parts.faults.strike(name, ["business-error"])) throw businessError();
		const args = Arguments.read(params.get("param") ?? "");
		return run({ ...this.#parts, args, shop, nowMs, repeated: this.#repeated });
	}
}
