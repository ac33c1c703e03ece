import type { Received } from "../../target.ts";
import { Gate } from "../gate.ts";
import { RepeatedPages } from "../list-faults.ts";
import type { PlatformKind, PlatformParts, PlatformSimulator } from "../platform.ts";
import { callsPerSecond } from "../quota.ts";
import { Shops } from "../shops.ts";
import { skeleton } from "../skeleton.ts";
import { Arguments } from "./arguments.ts";
import { type Method, usualPerSecond } from "./call.ts";
import { demoShops } from "./demo-shop.ts";
import { failure, type Payload, success } from "./envelope.ts";
import { businessError, KsError, rateLimited } from "./errors.ts";
import { expressMethods } from "./express.ts";
import { checkApp, checkToken, readParams } from "./gateway.ts";
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
	create,
};

/** Calls a second of one app to one API. */
const quotaOf = (api: string): number => methods.get(api)?.perSecond ?? usualPerSecond;

function create(parts: PlatformParts): PlatformSimulator {
	const shops = new Shops(parts.journal, demoShops, { lifetimeMs: accessLifetimeMs });
	const repeated = new RepeatedPages();
	const gate = new Gate(name, shops, parts, {
		quota: callsPerSecond(quotaOf),
		outOfQuota: ({ api, perSecond }) => rateLimited(api, perSecond ?? quotaOf(api)),
		businessError,
	});

	function answer(api: string, { verb, run }: Method, request: Received, nowMs: number): Payload {
		const params = readParams(request, verb);
		const appKey = checkApp(gate, params, api, nowMs);
		const shop = checkToken(gate, params, appKey, nowMs);
		gate.admit(appKey, api, nowMs);
		return run({ ...parts, shops, repeated, args: Arguments.read(params.get("param") ?? ""), shop, nowMs });
	}

	return {
		...skeleton(name, { auth: "/oauth/authorize" }, shops, [gate, repeated]),
		handle(request) {
			const nowMs = parts.faults.now(name);
			const authorised = oauth(request, shops, nowMs);
			if (authorised) return authorised;
			const api = request.path.slice(1).replaceAll("/", ".");
			const method = methods.get(api);
			if (!method) return { status: 404, type: "text/plain", body: "not found" };
			try {
				return success(answer(api, method, request, nowMs));
			} catch (err) {
				if (err instanceof KsError) return failure(err);
				throw err;
			}
		},
		messages,
	};
}
