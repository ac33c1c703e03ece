import type { FaultName } from "../../faults.ts";
import type { Answer, Received } from "../../target.ts";
import { RepeatedPages } from "../list-faults.ts";
import { aftersaleTypes } from "../market-order.ts";
import type { MessageSocket } from "../messenger.ts";
import type { PlatformKind, PlatformParts, PlatformSimulator } from "../platform.ts";
import { Shops } from "../shops.ts";
import { addressMethods } from "./addresses.ts";
import { Arguments } from "./arguments.ts";
import type { OpenMethod, SellerMethod } from "./call.ts";
import { demoShops } from "./demo-shop.ts";
import { failure, success, type TopObject } from "./envelope.ts";
import { businessError, TopError } from "./errors.ts";
import { exchangeActionMethods } from "./exchange-actions.ts";
import { exchangeMethods } from "./exchanges.ts";
import { Gatekeeper, readRequest, type TopRequest, xmlRefusal } from "./gateway.ts";
import { numbering } from "./numbering.ts";
import { privacyMethods } from "./privacy.ts";
import { productMethods } from "./products.ts";
import { refundActionMethods } from "./refund-actions.ts";
import { refundMethods } from "./refunds.ts";
import { refusalMethods } from "./refusals.ts";
import { carrierMethods, shippingMethods } from "./shipping.ts";
import { MessageService } from "./tmc.ts";
import { tmcMethods } from "./tmc-methods.ts";
import { authorizePage, oauthToken, tokenMethods } from "./tokens.ts";
import { tradeMethods } from "./trades.ts";
import { waybillMethods } from "./waybills.ts";

const name = "taobao";
const routerPath = "/router/rest";
const authorizePath = "/oauth/authorize";

/** Every method there is, by whether it acts for a seller and needs a session, or only an app. */
type TopMethod = { needs: "session"; run: SellerMethod } | { needs: "app"; run: OpenMethod };
const sellerMethods: Readonly<Record<string, SellerMethod>> = {
	...tradeMethods,
	...shippingMethods,
	...privacyMethods,
	...refundMethods,
	...refundActionMethods,
	...refusalMethods,
	...exchangeMethods,
	...exchangeActionMethods,
	...addressMethods,
	...productMethods,
	...waybillMethods,
	...tmcMethods,
};
const appMethods: Readonly<Record<string, OpenMethod>> = { ...carrierMethods, ...tokenMethods };
const methods: ReadonlyMap<string, TopMethod> = new Map<string, TopMethod>([
	...Object.entries(sellerMethods).map(([api, run]): [string, TopMethod] => [api, { needs: "session", run }]),
	...Object.entries(appMethods).map(([api, run]): [string, TopMethod] => [api, { needs: "app", run }]),
]);

/** 淘宝 / 天猫: the TOP gateway at /taobao/router/rest, OAuth at /taobao/oauth/authorize and /taobao/token, TMC at /taobao/tmc. */
export const taobao: PlatformKind = {
	name,
	numbering,
	oneLine: false,
	silent: [],
	aftersaleTypes,
	create: (parts) => new TaobaoSimulator(parts),
};

class TaobaoSimulator implements PlatformSimulator {
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
	readonly gatewayPath = `/${name}${routerPath}`;
	readonly authPath = `/${name}${authorizePath}`;
	readonly messagePath = `/${name}/tmc`;
	readonly shops: Shops;
	readonly #parts: PlatformParts;
	readonly #gate: Gatekeeper;
	readonly #repeated = new RepeatedPages();
	readonly #messages: MessageService;

	constructor(parts: PlatformParts) {
		this.#parts = parts;
		this.shops = new Shops(parts.journal, demoShops);
		this.#gate = new Gatekeeper(name, this.shops, parts);
		this.#messages = new MessageService(parts, this.shops);
	}

	handle(request: Received): Answer {
		const nowMs = this.#parts.faults.now(name);
		if (request.path === "/token") return oauthToken(request, this.shops, nowMs);
		if (request.path === authorizePath) return authorizePage(request, this.shops, nowMs);
		if (request.path !== routerPath) return { status: 404, type: "text/plain", body: "not found" };
		const top = readRequest(request);
		if (top.params.get("format") !== "json") return xmlRefusal();
		try {
			if (request.method !== "POST" && request.method !== "GET") throw new TopError(9);
			const method = top.params.get("method");
			if (!method) throw new TopError(21);
			return success(method, this.#answer(method, top, nowMs));
		} catch (err) {
			if (err instanceof TopError) return failure(err);
			throw err;
		}
	}

	connect(socket: MessageSocket): void {
		this.#messages.connect(socket);
	}

	reset(): void {
		this.#gate.reset();
		this.#messages.reset();
		this.#repeated.reset();
	}

	#answer(api: string, top: TopRequest, nowMs: number): TopObject {
		const method = methods.get(api);
		if (!method) throw new TopError(22, "isv.method-not-exists", `不存在的方法名:${api}`);
		const { market, faults, shelf, waybills } = this.#parts;
		const appKey = this.#gate.checkApp(top, nowMs);
		const args = new Arguments(top.params);
		const call = { args, appKey, nowMs, market, faults, shelf, waybills, shops: this.shops, repeated: this.#repeated };
		if (method.needs === "app") {
			this.#admit(appKey, api, nowMs);
			return method.run(call);
		}
		const shop = this.#gate.checkSession(top, appKey, nowMs);
		this.#admit(appKey, api, nowMs);
		return method.run({ ...call, shop });
	}

	/** The last hurdles before the method itself: the quota, and the business saying no for no reason. */
	#admit(appKey: string, api: string, nowMs: number): void {
		this.#gate.checkQuota(appKey, api, nowMs);
		this.#parts.counters.called(name, api);
		if (this.#parts.faults.strike(name, ["business-error"])) throw businessError();
	}
}
