import type { Received } from "../../target.ts";
import { Gate } from "../gate.ts";
import { RepeatedPages } from "../list-faults.ts";
import type { PlatformKind, PlatformParts, PlatformSimulator } from "../platform.ts";
import { callsPerSecond } from "../quota.ts";
import { Shops } from "../shops.ts";
import { skeleton } from "../skeleton.ts";
import { addressMethods } from "./addresses.ts";
import { aftersaleMethods } from "./aftersales.ts";
import type { AppMethod, SellerMethod } from "./call.ts";
import { demoShops } from "./demo-shop.ts";
import { type DoudianObject, failure, success } from "./envelope.ts";
import { DoudianError, rateLimited, someBusinessError } from "./errors.ts";
import { checkApp, checkToken, quotaOf } from "./gateway.ts";
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
	create,
};

function create(parts: PlatformParts): PlatformSimulator {
	const shops = new Shops(parts.journal, demoShops, { lifetimeMs: accessLifetimeMs, refreshLifetimeMs });
	const repeated = new RepeatedPages();
	const requests = new KnownRequests(parts.journal, name);
	const quota = callsPerSecond(quotaOf);
	const gate = new Gate(name, shops, parts, { quota, outOfQuota: rateLimited, businessError: someBusinessError });

	function answer(method: string, request: Received, nowMs: number): DoudianObject | DoudianObject[] {
		const appKey = checkApp(gate, request, method, nowMs);
		const appMethod = appMethods.get(method);
		if (appMethod) {
			gate.admit(appKey, method, nowMs);
			return appMethod({ ...parts, shops, repeated, params: Params.ofBody(request.body), appKey, nowMs });
		}
		const shop = checkToken(gate, request, appKey, nowMs);
		gate.admit(`${appKey}:${shop.shopId}`, method, nowMs);
		const sellerMethod = sellerMethods.get(method);
		if (!sellerMethod) throw new Error(`no method ${method}`);
		const params = Params.ofBody(request.body);
		return sellerMethod({ ...parts, shops, repeated, requests, params, appKey, nowMs, shop });
	}

	return {
		...skeleton(name, { auth: authorizePath }, shops, [gate, repeated, requests]),
		handle(request) {
			const nowMs = parts.faults.now(name);
			if (request.path === authorizePath) return authorizePage(request, shops, nowMs);
			const method = methodOf(request.path);
			if (!appMethods.has(method) && !sellerMethods.has(method)) {
				return { status: 404, type: "text/plain", body: "404 page not found" };
			}
			try {
				return success(answer(method, request, nowMs), nowMs);
			} catch (err) {
				if (err instanceof DoudianError) return failure(err, nowMs);
				throw err;
			}
		},
		messages,
	};
}

/** "/order/searchList" -> "order.searchList"; "" for a path of no method. */
const methodOf = (path: string): string => (path.includes(".") ? "" : path.slice(1).replaceAll("/", "."));
