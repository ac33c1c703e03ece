import type { FaultName } from "../../faults.ts";
import type { Answer, Received } from "../../target.ts";
import { RepeatedPages } from "../list-faults.ts";
import type { MarketChange } from "../market-order.ts";
import type { HookMessage } from "../messenger.ts";
import type { PlatformKind, PlatformParts, PlatformSimulator } from "../platform.ts";
import { type DemoShop, Shops } from "../shops.ts";
import { addressMethods } from "./addresses.ts";
import { aftersaleMethods } from "./aftersales.ts";
import type { AppMethod, SellerMethod } from "./call.ts";
import { demoShops } from "./demo-shop.ts";
import { type DoudianObject, failure, success } from "./envelope.ts";
import { DoudianError, someBusinessError } from "./errors.ts";
import { Gatekeeper } from "./gateway.ts";
import { KnownRequests } from "./known-requests.ts";
import { messages } from "./messages.ts";
import { numbering } from "./numbering.ts";
import { operationMethods } from "./operations.ts";
import { orderMethods } from "./orders.ts";
import { Params } from "./params.ts";
import { productMethods } from "./products.ts";
import { shippingMethods } from "./shipping.ts";
import { accessLifetimeMs, authorizePage, refreshLifetimeMs, tokenMethods } from "./tokens.ts";
import { waybillMethods } from "./waybills.ts";

const name = "douyin";
const authorizePath = "/authorize";

const sellerMethods: ReadonlyMap<string, SellerMethod> = new Map(
	Object.entries({
		...orderMethods,
		...shippingMethods,
		...aftersaleMethods,
		...operationMethods,
		...addressMethods,
		...productMethods,
		...waybillMethods,
	}),
);
const appMethods: ReadonlyMap<string, AppMethod> = new Map(Object.entries(tokenMethods));

/** 抖店: each method at its own path, /douyin/order/searchList; the seller's consent at /douyin/authorize. */
export const douyin: PlatformKind = {
	name,
	numbering,
	oneLine: false,
	silent: ["memo"],
	aftersaleTypes: ["REFUND_BEFORE_SHIP", "REFUND_ONLY", "RETURN_REFUND", "EXCHANGE", "RESEND", "REPAIR"],
	create: (parts) => new DouyinSimulator(parts),
};

class DouyinSimulator implements PlatformSimulator {
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
	readonly authPath = `/${name}${authorizePath}`;
	readonly messagePath = "";
	readonly shops: Shops;
	readonly #parts: PlatformParts;
	readonly #gate: Gatekeeper;
	readonly #requests: KnownRequests;
	readonly #repeated = new RepeatedPages();

	constructor(parts: PlatformParts) {
		this.#parts = parts;
		this.shops = new Shops(parts.journal, demoShops, { lifetimeMs: accessLifetimeMs, refreshLifetimeMs });
		this.#gate = new Gatekeeper(name, this.shops, parts);
		this.#requests = new KnownRequests(parts.journal, name);
	}

	handle(request: Received): Answer {
		const nowMs = this.#parts.faults.now(name);
		if (request.path === authorizePath) return authorizePage(request, this.shops, nowMs);
		const method = methodOf(request.path);
		if (!appMethods.has(method) && !sellerMethods.has(method)) {
			return { status: 404, type: "text/plain", body: "404 page not found" };
		}
		try {
			return success(this.#answer(method, request, nowMs), nowMs);
		} catch (err) {
			if (err instanceof DoudianError) return failure(err, nowMs);
			throw err;
		}
	}

	messages(change: MarketChange, shop: DemoShop, nowMs: number): HookMessage[] {
		return messages(change, shop, nowMs);
	}

	reset(): void {
		this.#gate.reset();
		this.#repeated.reset();
		this.#requests.reset();
	}

	#answer(method: string, request: Received, nowMs: number): DoudianObject | DoudianObject[] {
		const appKey = this.#gate.checkApp(request, method, nowMs);
		const appMethod = appMethods.get(method);
		if (appMethod) {
			this.#admit(appKey, method, nowMs);
			return appMethod({ params: Params.ofBody(request.body), appKey, nowMs, shops: this.shops });
		}
		const shop = this.#gate.checkToken(request, appKey, nowMs);
		this.#admit(`${appKey}:${shop.shopId}`, method, nowMs);
		const sellerMethod = sellerMethods.get(method);
		if (!sellerMethod) throw new Error(`no method ${method}`);
		const { market, shelf, waybills, faults } = this.#parts;
		const own = { shops: this.shops, requests: this.#requests, repeated: this.#repeated };
		return sellerMethod({
			...own,
			params: Params.ofBody(request.body),
			appKey,
			nowMs,
			shop,
			market,
			shelf,
			waybills,
			faults,
		});
	}

	/** The last hurdles before the method itself: the quota, and the business saying no for no reason. */
	#admit(caller: string, method: string, nowMs: number): void {
		this.#gate.checkQuota(caller, method, nowMs);
		this.#parts.counters.called(name, method);
		if (this.#parts.faults.strike(name, ["business-error"])) throw someBusinessError();
	}
}

/** "/order/searchList" -> "order.searchList"; "" for a path of no method. */
const methodOf = (path: string): string => (path.includes(".") ? "" : path.slice(1).replaceAll("/", "."));
