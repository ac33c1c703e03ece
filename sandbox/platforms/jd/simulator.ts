import { Gate } from "../gate.ts";
import { RepeatedPages } from "../list-faults.ts";
import type { PlatformKind, PlatformParts, PlatformSimulator } from "../platform.ts";
import { callsPerSecond } from "../quota.ts";
import { Shops } from "../shops.ts";
import { skeleton } from "../skeleton.ts";
import { Arguments } from "./arguments.ts";
import type { Method } from "./call.ts";
import { demoShops } from "./demo-shop.ts";
import { failure, type JdObject, success } from "./envelope.ts";
import { JdError } from "./errors.ts";
import { checkApp, checkToken, readParams } from "./gateway.ts";
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
/** Calls a second of one app to one method. */
const usualQuota = 40;

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
	create,
};

function create(parts: PlatformParts): PlatformSimulator {
	const shops = new Shops(parts.journal, demoShops);
	const repeated = new RepeatedPages();
	const gate = new Gate(name, shops, parts, {
		quota: callsPerSecond(() => usualQuota),
		outOfQuota: () => new JdError(2),
		businessError: () => new JdError(50),
	});

	function answer(api: string, params: ReadonlyMap<string, string>, nowMs: number): JdObject {
		const method = methods.get(api);
		if (!method) throw new JdError(15, api);
		const appKey = checkApp(gate, params, nowMs);
		const shop = checkToken(gate, params, appKey, nowMs);
		gate.admit(appKey, api, nowMs);
		return method({ ...parts, shops, repeated, args: Arguments.of(params.get("360buy_param_json")), shop, nowMs });
	}

	return {
		...skeleton(name, { gateway: routerPath, auth: "/oauth2/to_login" }, shops, [gate, repeated]),
		handle(request) {
			const nowMs = parts.faults.now(name);
			if (request.path !== routerPath) {
				return oauth(request, shops, nowMs) ?? { status: 404, type: "text/plain", body: "not found" };
			}
			try {
				const params = readParams(request);
				const method = params.get("method");
				if (!method) throw new JdError(14);
				return success(method, answer(method, params, nowMs));
			} catch (err) {
				if (err instanceof JdError) return failure(err);
				throw err;
			}
		},
	};
}
