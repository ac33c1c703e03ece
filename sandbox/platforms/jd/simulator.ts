import type { FaultName } from "../../faults.ts";
import type { Answer, Received } from "../../target.ts";
import { RepeatedPages } from "../list-faults.ts";
import type { PlatformKind, PlatformParts, PlatformSimulator } from "../platform.ts";
import { Shops } from "../shops.ts";
import { Arguments } from "./arguments.ts";
import type { Method } from "./call.ts";
import { demoShops } from "./demo-shop.ts";
import { failure, type JdObject, success } from "./envelope.ts";
import { JdError } from "./errors.ts";
import { Gatekeeper, readParams } from "./gateway.ts";
import { goodsMethods } from "./goods.ts";
import { numbering } from "./numbering.ts";
import { orderMethods } from "./orders.ts";
import { privacyMethods } from "./privacy.ts";
import { refundMethods } from "./refunds.ts";
import { serviceActionMethods } from "./service-actions.ts";
import { serviceMethods } from "./services.ts";
import { shippingMethods } from "./shipping.ts";
import { oauth } from "./tokens.ts";
import { waybillMethods } from "./waybills.ts";

const name = "jd";
const routerPath = "/routerjson";

const methods: ReadonlyMap<string, Method> = new Map(
	Object.entries({
		...orderMethods,
		...shippingMethods,
		...refundMethods,
		...serviceMethods,
		...serviceActionMethods,
		...goodsMethods,
		...privacyMethods,
		...waybillMethods,
	}),
);

/** 京东: routerjson at /jd/routerjson and OAuth below /jd/oauth2. It sends no messages: it is polled. */
export const jd: PlatformKind = {
	name,
	numbering,
	oneLine: false,
	silent: ["memo", "address"],
	aftersaleTypes: ["REFUND_BEFORE_SHIP", "REFUND_ONLY", "RETURN_REFUND", "EXCHANGE", "RESEND", "REPAIR"],
	create: (parts) => new JdSimulator(parts),
};

class JdSimulator implements PlatformSimulator {
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
	readonly authPath = `/${name}/oauth2/to_login`;
	readonly messagePath = "";
	readonly shops: Shops;
	readonly #parts: PlatformParts;
	readonly #gate: Gatekeeper;
	readonly #repeated = new RepeatedPages();

	constructor(parts: PlatformParts) {
		this.#parts = parts;
		this.shops = new Shops(parts.journal, demoShops);
		this.#gate = new Gatekeeper(name, this.shops, parts);
	}

	handle(request: Received): Answer {
		const nowMs = this.#parts.faults.now(name);
		if (request.path !== routerPath) {
			return oauth(request, this.shops, nowMs) ?? { status: 404, type: "text/plain", body: "not found" };
		}
		try {
			const params = readParams(request);
			const method = params.get("method");
			if (!method) throw new JdError(14);
			return success(method, this.#answer(method, params, nowMs));
		} catch (err) {
			if (err instanceof JdError) return failure(err);
			throw err;
		}
	}

	reset(): void {
		this.#gate.reset();
		this.#repeated.reset();
	}

	#answer(api: string, params: ReadonlyMap<string, string>, nowMs: number): JdObject {
		const { counters, faults } = this.#parts;
		const method = methods.get(api);
		if (!method) throw new JdError(15, api);
		const appKey = this.#gate.checkApp(params, nowMs);
		const shop = this.#gate.checkToken(params, appKey, nowMs);
		this.#gate.checkQuota(appKey, api, nowMs);
		counters.called(name, api);
		if (faults.strike(name, ["business-error"])) throw new JdError(50);
		const args = Arguments.of(params.get("360buy_param_json"));
		return method({ ...this.#parts, args, shop, nowMs, repeated: this.#repeated });
	}
}
