import { Gate } from "../gate.ts";
import { RepeatedPages } from "../list-faults.ts";
import { aftersaleTypes } from "../market-order.ts";
import type { PlatformKind, PlatformParts, PlatformSimulator } from "../platform.ts";
import { Shops } from "../shops.ts";
import { skeleton } from "../skeleton.ts";
import { Arguments } from "./arguments.ts";
import type { Api, Apis } from "./call.ts";
import { demoShops } from "./demo-shop.ts";
import { failure, type PddObject, success } from "./envelope.ts";
import { PddError, refused } from "./errors.ts";
import { checkApp, checkToken, type Params, readParams } from "./gateway.ts";
import { goodsApis } from "./goods.ts";
import { MessageServer } from "./message-server.ts";
import { numbering } from "./numbering.ts";
import { orderApis } from "./orders.ts";
import { privacyApis } from "./privacy.ts";
import { Quotas } from "./quotas.ts";
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
	create,
};

function create(parts: PlatformParts): PlatformSimulator {
	const shops = new Shops(parts.journal, demoShops, tokenLifetimes);
	const repeated = new RepeatedPages();
	const gate = new Gate(name, shops, parts, {
		quota: new Quotas(),
		outOfQuota: ({ struck }) => new PddError(struck ? 52101 : 52102),
		businessError: () => refused("业务处理失败"),
	});
	const messages = new MessageServer({ ...parts, shops, platform: name });
	parts.market.watch(name, (change) => messages.told(change));

	function answer(type: string, api: Api, params: Params, nowMs: number): PddObject {
		const appKey = checkApp(gate, params, nowMs);
		const call = { ...parts, shops, repeated, args: new Arguments(params), appKey, nowMs };
		if (api.needs === "app") {
			gate.admit(appKey, type, nowMs);
			return api.run(call);
		}
		const shop = checkToken(gate, params, appKey, nowMs);
		gate.admit(appKey, type, nowMs);
		return api.run({ ...call, shop });
	}

	const paths = { gateway: routerPath, auth: authPath, messages: messagePath };
	return {
		...skeleton(name, paths, shops, [gate, repeated, messages]),
		handle(request) {
			const nowMs = parts.faults.now(name);
			if (request.path === authPath) return authorize(request, shops, nowMs);
			if (request.path !== routerPath) return { status: 404, type: "text/plain", body: "not found" };
			try {
				const params = readParams(request);
				const type = params.get("type") ?? "";
				const api = Object.hasOwn(apis, type) ? apis[type] : undefined;
				if (!api) throw new PddError(10017);
				return success(api.root, answer(type, api, params, nowMs));
			} catch (err) {
				if (err instanceof PddError) return failure(err);
				throw err;
			}
		},
		connect: (socket, request) => messages.connect(socket, request),
	};
}
