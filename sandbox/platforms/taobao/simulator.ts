import { Gate } from "../gate.ts";
import { RepeatedPages } from "../list-faults.ts";
import { aftersaleTypes } from "../market-order.ts";
import type { PlatformKind, PlatformParts, PlatformSimulator } from "../platform.ts";
import { callsPerSecond } from "../quota.ts";
import { Shops } from "../shops.ts";
import { skeleton } from "../skeleton.ts";
import { addressMethods } from "./addresses.ts";
import { Arguments } from "./arguments.ts";
import type { OpenMethod, SellerMethod } from "./call.ts";
import { demoShops } from "./demo-shop.ts";
import { failure, success, type TopObject } from "./envelope.ts";
import { businessError, rateLimited, TopError } from "./errors.ts";
import { exchangeActionMethods } from "./exchange-actions.ts";
import { exchangeMethods } from "./exchanges.ts";
import { checkApp, checkSession, readRequest, type TopRequest, xmlRefusal } from "./gateway.ts";
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
/** Calls a second of one app to one method. */
const usualQuota = 100;

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
	create,
};

function create(parts: PlatformParts): PlatformSimulator {
	const shops = new Shops(parts.journal, demoShops);
	const repeated = new RepeatedPages();
	const quota = callsPerSecond(() => usualQuota);
	const gate = new Gate(name, shops, parts, { quota, outOfQuota: rateLimited, businessError });
	const messages = new MessageService(parts, shops);

	function answer(api: string, top: TopRequest, nowMs: number): TopObject {
		const method = methods.get(api);
		if (!method) throw new TopError(22, "isv.method-not-exists", `不存在的方法名:${api}`);
		const appKey = checkApp(gate, top, nowMs);
		const call = { ...parts, shops, repeated, args: new Arguments(top.params), appKey, nowMs };
		if (method.needs === "app") {
			gate.admit(appKey, api, nowMs);
			return method.run(call);
		}
		const shop = checkSession(gate, top, appKey, nowMs);
		gate.admit(appKey, api, nowMs);
		return method.run({ ...call, shop });
	}

	const paths = { gateway: routerPath, auth: authorizePath, messages: "/tmc" };
	return {
		...skeleton(name, paths, shops, [gate, repeated, messages]),
		handle(request) {
			const nowMs = parts.faults.now(name);
			if (request.path === "/token") return oauthToken(request, shops, nowMs);
			if (request.path === authorizePath) return authorizePage(request, shops, nowMs);
			if (request.path !== routerPath) return { status: 404, type: "text/plain", body: "not found" };
			const top = readRequest(request);
			if (top.params.get("format") !== "json") return xmlRefusal();
			try {
				if (request.method !== "POST" && request.method !== "GET") throw new TopError(9);
				const method = top.params.get("method");
				if (!method) throw new TopError(21);
				return success(method, answer(method, top, nowMs));
			} catch (err) {
				if (err instanceof TopError) return failure(err);
				throw err;
			}
		},
		connect: (socket) => messages.connect(socket),
	};
}
