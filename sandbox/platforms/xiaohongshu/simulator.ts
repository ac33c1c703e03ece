import type { FaultName } from "../../faults.ts";
import type { Answer, Received } from "../../target.ts";
import { RepeatedPages } from "../list-faults.ts";
import type { MarketChange } from "../market-order.ts";
import type { HookMessage } from "../messenger.ts";
import type { PlatformKind, PlatformParts, PlatformSimulator } from "../platform.ts";
import { type DemoShop, Shops } from "../shops.ts";
import { aftersaleActionMethods } from "./aftersale-actions.ts";
import { aftersaleMethods } from "./aftersales.ts";
import { Arguments } from "./arguments.ts";
import type { OpenMethod, SellerMethod } from "./call.ts";
import { DecryptionQuota } from "./decryption-quota.ts";
import { demoShops } from "./demo-shop.ts";
import { ebillMethods } from "./ebills.ts";
import { failure, success, type XhsObject } from "./envelope.ts";
import { refused, XhsError } from "./errors.ts";
import { Gatekeeper, readBody, systemText, type XhsBody } from "./gateway.ts";
import { goodsMethods } from "./goods.ts";
import { messageOf } from "./messages.ts";
import { numbering } from "./numbering.ts";
import { orderMethods } from "./orders.ts";
import { receiverMethods } from "./receivers.ts";
import { addressMethods } from "./seller-addresses.ts";
import { shippingMethods } from "./shipping.ts";
import { stockMethods } from "./stock.ts";
import { authorise, lifetimes, tokenMethods } from "./tokens.ts";

const name = "xiaohongshu";
const gatewayPath = "/ark/open_api/v3/common_controller";
const authPath = "/ark/authorization";

/** Every method there is; those of an app alone carry no token. */
const sellerMethods: ReadonlyMap<string, SellerMethod> = new Map(
	Object.entries({
		...orderMethods,
		...receiverMethods,
		...shippingMethods,
		...aftersaleMethods,
		...aftersaleActionMethods,
		...addressMethods,
		...goodsMethods,
		...stockMethods,
		...ebillMethods,
	}),
);
const appMethods: ReadonlyMap<string, OpenMethod> = new Map(Object.entries(tokenMethods));

/** 小红书: one URL for every method, and the page where a seller lets the app in. */
export const xiaohongshu: PlatformKind = {
	name,
	numbering,
	oneLine: false,
	silent: [],
	aftersaleTypes: ["REFUND_BEFORE_SHIP", "REFUND_ONLY", "RETURN_REFUND", "EXCHANGE"],
	create: (parts) => new XiaohongshuSimulator(parts),
};

class XiaohongshuSimulator implements PlatformSimulator {
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
	readonly gatewayPath = `/${name}${gatewayPath}`;
	readonly authPath = `/${name}${authPath}`;
	readonly messagePath = "";
	readonly shops: Shops;
	readonly #parts: PlatformParts;
	readonly #gate: Gatekeeper;
	readonly #repeated = new RepeatedPages();
	readonly #decryptions = new DecryptionQuota();

	constructor(parts: PlatformParts) {
		this.#parts = parts;
		this.shops = new Shops(parts.journal, demoShops, lifetimes);
		this.#gate = new Gatekeeper(name, this.shops, parts);
	}

	handle(request: Received): Answer {
		const nowMs = this.#parts.faults.now(name);
		if (request.path === authPath) return authorise(request, this.shops, nowMs);
		if (request.path !== gatewayPath) return { status: 404, type: "text/plain", body: "not found" };
		const body = readBody(request);
		if (!body) return { status: 400, type: "text/plain", body: "POST application/json" };
		const method = typeof body.method === "string" ? body.method : "";
		try {
			return success(method, this.#answer(body, nowMs));
		} catch (err) {
			if (err instanceof XhsError) return failure(method, err);
			throw err;
		}
	}

	/** The platform stops telling while it may not: the seller's token has to be valid. */
	messages(change: MarketChange, shop: DemoShop, nowMs: number): HookMessage[] {
		if (this.shops.token(shop).expiresMs <= this.#parts.faults.now(name)) return [];
		return [messageOf(this.#parts.market, change, shop, nowMs)];
	}

	reset(): void {
		this.#gate.reset();
		this.#repeated.reset();
		this.#decryptions.reset();
	}

	#answer(body: XhsBody, nowMs: number): XhsObject | null {
		const method = systemText(body, "method");
		const ofSeller = sellerMethods.get(method);
		const ofApp = appMethods.get(method);
		if (!ofSeller && !ofApp) throw new XhsError(-2000400, `method不存在:${method}`);
		const appId = this.#gate.checkApp(body, method, nowMs);
		const { market, shelf, waybills, faults } = this.#parts;
		const shared = { market, shelf, waybills, faults, shops: this.shops };
		const memory = { repeated: this.#repeated, decryptions: this.#decryptions };
		const call = { ...shared, ...memory, args: new Arguments(body), appId, nowMs };
		if (!ofSeller) {
			this.#admit(appId, method, nowMs);
			return ofApp?.(call) ?? null;
		}
		const shop = this.#gate.checkToken(body, appId, nowMs);
		this.#admit(appId, method, nowMs);
		return ofSeller({ ...call, shop });
	}

	/** The last hurdles before the method itself: the quota, and the business saying no for no reason. */
	#admit(appId: string, method: string, nowMs: number): void {
		this.#gate.checkQuota(appId, method, nowMs);
		this.#parts.counters.called(name, method);
		if (this.#parts.faults.strike(name, ["business-error"])) throw refused("业务处理失败(模拟)");
	}
}
