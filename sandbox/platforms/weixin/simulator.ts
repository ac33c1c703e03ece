import type { FaultName } from "../../faults.ts";
import type { Answer, Received } from "../../target.ts";
import { RepeatedPages } from "../list-faults.ts";
import type { MarketChange } from "../market-order.ts";
import type { HookMessage } from "../messenger.ts";
import type { PlatformKind, PlatformParts, PlatformSimulator } from "../platform.ts";
import { type DemoShop, Shops } from "../shops.ts";
import { addressMethods } from "./addresses.ts";
import { aftersaleActionMethods } from "./aftersale-actions.ts";
import { aftersaleMethods } from "./aftersales.ts";
import { Body } from "./body.ts";
import type { SellerMethod } from "./call.ts";
import { demoShops } from "./demo-shop.ts";
import { bare, failure, success } from "./envelope.ts";
import { businessError, WxError } from "./errors.ts";
import { Gatekeeper } from "./gateway.ts";
import { numbering } from "./numbering.ts";
import { orderMethods } from "./orders.ts";
import { productMethods } from "./products.ts";
import { pushesOf } from "./pushes.ts";
import { RefundPace } from "./refund-pace.ts";
import { shippingMethods } from "./shipping.ts";
import { knownTypes } from "./statuses.ts";
import { lifetimeMs, StableToken } from "./tokens.ts";
import { waybillMethods } from "./waybills.ts";

const name = "weixin";
const tokenPath = "/cgi-bin/stable_token";

const methods: ReadonlyMap<string, SellerMethod> = new Map(
	Object.entries({
		...orderMethods,
		...shippingMethods,
		...aftersaleMethods,
		...aftersaleActionMethods,
		...addressMethods,
		...productMethods,
		...waybillMethods,
	}),
);

/** 微信小店: the shop API below /weixin/channels/ec and the token endpoint at /weixin/cgi-bin/stable_token. */
export const weixin: PlatformKind = {
	name,
	numbering,
	oneLine: false,
	silent: [],
	aftersaleTypes: knownTypes,
	create: (parts) => new WeixinSimulator(parts),
};

class WeixinSimulator implements PlatformSimulator {
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
	readonly authPath = ""; // an app proves itself by its secret
	readonly messagePath = "";
	readonly shops: Shops;
	readonly #parts: PlatformParts;
	readonly #gate: Gatekeeper;
	readonly #tokens: StableToken;
	readonly #repeated = new RepeatedPages();
	readonly #refundPace = new RefundPace();

	constructor(parts: PlatformParts) {
		this.#parts = parts;
		this.shops = new Shops(parts.journal, demoShops, { lifetimeMs });
		this.#gate = new Gatekeeper(name, this.shops, parts);
		this.#tokens = new StableToken(this.shops, parts.counters);
	}

	handle(request: Received): Answer {
		const nowMs = this.#parts.faults.now(name);
		try {
			return request.path === tokenPath ? this.#token(request, nowMs) : this.#call(request, nowMs);
		} catch (err) {
			if (err instanceof WxError) return failure(err, nowMs);
			throw err;
		}
	}

	messages(change: MarketChange, shop: DemoShop, nowMs: number): HookMessage[] {
		return pushesOf(change, shop, nowMs);
	}

	reset(): void {
		this.#gate.reset();
		this.#tokens.reset();
		this.#repeated.reset();
		this.#refundPace.reset();
	}

	#token({ method, body }: Received, nowMs: number): Answer {
		mustBePost(method);
		const answer = this.#tokens.answer(Body.of(body), nowMs);
		this.#parts.counters.called(name, tokenPath);
		return bare(answer);
	}

	#call({ method, path, query, body }: Received, nowMs: number): Answer {
		const run = methods.get(path);
		if (!run) throw new WxError(40066, "invalid url");
		mustBePost(method);
		const shop = this.#gate.checkToken(query.get("access_token") ?? "", nowMs);
		this.#gate.checkQuota(shop.app.key, path, nowMs);
		this.#parts.counters.called(name, path);
		if (this.#parts.faults.strike(name, ["business-error"])) throw businessError();
		const own = { body: Body.of(body), shop, nowMs, repeated: this.#repeated, refundPace: this.#refundPace };
		return success(run({ ...this.#parts, ...own }));
	}
}

/** Queries are POSTs as well. */
function mustBePost(method: string): void {
	if (method !== "POST") throw new WxError(43002, "require POST method");
}
