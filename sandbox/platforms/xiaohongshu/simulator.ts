import { Gate } from "../gate.ts";
import { RepeatedPages } from "../list-faults.ts";
import type { PlatformKind, PlatformParts, PlatformSimulator } from "../platform.ts";
import { Shops } from "../shops.ts";
import { skeleton } from "../skeleton.ts";
import { aftersaleActionMethods } from "./aftersale-actions.ts";
import { aftersaleMethods } from "./aftersales.ts";
import { Arguments } from "./arguments.ts";
import type { OpenMethod, SellerMethod } from "./call.ts";
import { DecryptionQuota } from "./decryption-quota.ts";
import { demoShops } from "./demo-shop.ts";
import { ebillMethods } from "./ebills.ts";
import { failure, success, type XhsObject } from "./envelope.ts";
import { rateLimited, refused, XhsError } from "./errors.ts";
import { callQuota, checkApp, checkToken, readBody, systemText, type XhsBody } from "./gateway.ts";
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
	create,
};

function create(parts: PlatformParts): PlatformSimulator {
	const { market, faults } = parts;
	const shops = new Shops(parts.journal, demoShops, lifetimes);
	const repeated = new RepeatedPages();
	const decryptions = new DecryptionQuota();
	const gate = new Gate(name, shops, parts, {
		quota: callQuota(),
		outOfQuota: rateLimited,
		businessError: () => refused("业务处理失败(模拟)"),
	});

	function answer(body: XhsBody, nowMs: number): XhsObject | null {
		const method = systemText(body, "method");
		const ofSeller = sellerMethods.get(method);
		const ofApp = appMethods.get(method);
		if (!ofSeller && !ofApp) throw new XhsError(-2000400, `method不存在:${method}`);
		const appId = checkApp(gate, body, method, nowMs);
		const call = { ...parts, shops, repeated, decryptions, args: new Arguments(body), appId, nowMs };
		if (!ofSeller) {
			gate.admit(appId, method, nowMs);
			return ofApp?.(call) ?? null;
		}
		const shop = checkToken(gate, body, appId, nowMs);
		gate.admit(appId, method, nowMs);
		return ofSeller({ ...call, shop });
	}

	return {
		...skeleton(name, { gateway: gatewayPath, auth: authPath }, shops, [gate, repeated, decryptions]),
		handle(request) {
			const nowMs = faults.now(name);
			if (request.path === authPath) return authorise(request, shops, nowMs);
			if (request.path !== gatewayPath) return { status: 404, type: "text/plain", body: "not found" };
			const body = readBody(request);
			if (!body) return { status: 400, type: "text/plain", body: "POST application/json" };
			const method = typeof body.method === "string" ? body.method : "";
			try {
				return success(method, answer(body, nowMs));
			} catch (err) {
				if (err instanceof XhsError) return failure(method, err);
				throw err;
			}
		},
		/** The platform stops telling while it may not: the seller's token has to be valid. */
		messages(change, shop, nowMs) {
			if (shops.token(shop).expiresMs <= faults.now(name)) return [];
			return [messageOf(market, change, shop, nowMs)];
		},
	};
}
