import type { FaultName } from "../../faults.ts";
import type { Answer, Received } from "../../target.ts";
import { RepeatedPages } from "../list-faults.ts";
import { aftersaleTypes } from "../market-order.ts";
import type { MessageSocket } from "../messenger.ts";
import type { PlatformKind, PlatformParts, PlatformSimulator } from "../platform.ts";
import { Shops } from "../shops.ts";
import { Arguments } from "./arguments.ts";
import type { Api, Apis } from "./call.ts";
import { demoShops } from "./demo-shop.ts";
import { failure, success } from "./envelope.ts";
import { PddError, refused } from "./errors.ts";
import { Gatekeeper, type Params, readParams } from "./gateway.ts";
import { goodsApis } from "./goods.ts";
import { MessageServer } from "./message-server.ts";
import { numbering } from "./numbering.ts";
import { orderApis } from "./orders.ts";
import { privacyApis } from "./privacy.ts";
import { refundActionApis } from "./refund-actions.ts";
import { refundApis } from "./refunds.ts";
import { shippingApis } from "./shipping.ts";
import { authorize, tokenApis, tokenLifetimes } from "./tokens.ts";
import { waybillApis } from "./waybills.ts";

const name = "pdd";
const routerPath = "/api/router";
const authPath = "/service-market/auth";
const messagePath = "/message";

const apis: Apis = {
	...orderApis,
	...refundApis,
	...refundActionApis,
	...shippingApis,
	...privacyApis,
	...goodsApis,
	...waybillApis,
	...tokenApis,
};

/** 拼多多: the gateway at /pdd/api/router, the page where sellers agree, and the message server below /pdd/message. */
export const pdd: PlatformKind = {
	name,
	numbering,
	oneLine: true,
	silent: [],
	aftersaleTypes,
	create: (parts) => new PddSimulator(parts),
};

class PddSimulator implements PlatformSimulator {
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
	readonly authPath = `/${name}${authPath}`;
	readonly messagePath = `/${name}${messagePath}`;
	readonly shops: Shops;
	readonly #parts: PlatformParts;
	readonly #gate: Gatekeeper;
	readonly #repeated = new RepeatedPages();
	readonly #messages: MessageServer;

	constructor(parts: PlatformParts) {
		this.#parts = parts;
		this.shops = new Shops(parts.journal, demoShops, tokenLifetimes);
		this.#gate = new Gatekeeper(name, this.shops, parts);
		this.#messages = new MessageServer({ ...parts, shops: this.shops, platform: name });
		parts.market.watch(name, (change) => this.#messages.told(change));
	}

	handle(request: Received): Answer {
		const nowMs = this.#parts.faults.now(name);
		if (request.path === authPath) return authorize(request, this.shops, nowMs);
		if (request.path !== routerPath) return { status: 404, type: "text/plain", body: "not found" };
		try {
			const params = readParams(request);
			const type = params.get("type") ?? "";
			const api = Object.hasOwn(apis, type) ? apis[type] : undefined;
			if (!api) throw new PddError(10017);
			return success(api.root, this.#answer(type, api, params, nowMs));
		} catch (err) {
			if (err instanceof PddError) return failure(err);
			throw err;
		}
	}

	connect(socket: MessageSocket, request: Received): void {
		this.#messages.connect(socket, request);
	}

	reset(): void {
		this.#gate.reset();
		this.#repeated.reset();
		this.#messages.reset();
	}

	#answer(type: string, api: Api, params: Params, nowMs: number): ReturnType<Api["run"]> {
		const { market, shelf, waybills, faults } = this.#parts;
		const appKey = this.#gate.checkApp(params, nowMs);
		const shared = { market, shelf, waybills, faults, shops: this.shops, repeated: this.#repeated };
		const call = { ...shared, args: new Arguments(params), appKey, nowMs };
		if (api.needs === "app") {
			this.#admit(appKey, type, nowMs);
			return api.run(call);
		}
		const shop = this.#gate.checkToken(params, appKey, nowMs);
		this.#admit(appKey, type, nowMs);
		return api.run({ ...call, shop });
	}

	/** The last hurdles before the API itself: the quota, and the business saying no for no reason. */
	#admit(appKey: string, type: string, nowMs: number): void {
		this.#gate.checkQuota(appKey, type, nowMs);
		this.#parts.counters.called(name, type);
		if (this.#parts.faults.strike(name, ["business-error"])) throw refused("业务处理失败");
	}
}
