import type { Answer, Received } from "../../target.ts";
import { Gate } from "../gate.ts";
import { RepeatedPages } from "../list-faults.ts";
import type { PlatformKind, PlatformParts, PlatformSimulator } from "../platform.ts";
import { callsPerSecond } from "../quota.ts";
import { Shops } from "../shops.ts";
import { skeleton } from "../skeleton.ts";
import { addressMethods } from "./addresses.ts";
import { aftersaleActionMethods } from "./aftersale-actions.ts";
import { aftersaleMethods } from "./aftersales.ts";
import { Body } from "./body.ts";
import type { SellerMethod } from "./call.ts";
import { demoShops } from "./demo-shop.ts";
import { bare, failure, success } from "./envelope.ts";
import { businessError, rateLimited, WxError } from "./errors.ts";
import { checkToken } from "./gateway.ts";
import { numbering } from "./numbering.ts";
import { orderMethods } from "./orders.ts";
import { productMethods } from "./products.ts";
import { pushesOf } from "./pushes.ts";
import { RefundPace } from "./refund-pace.ts";
import { shippingMethods } from "./shipping.ts";
import { knownTypes } from "./statuses.ts";
import { lifetimeMs, StableToken } from "./tokens.ts";
import { waybillMethods } from "./waybills.ts";

const name = "weixin";
const tokenPath = "/cgi-bin/stable_token";
/** Some 10,000 calls a minute of one API and shop. */
const callsASecond = 160;

const methods: ReadonlyMap<string, SellerMethod> = new Map(
	Object.entries({
		...orderMethods,
		...shippingMethods,
		...aftersaleMethods,
		...aftersaleActionMethods,
		...addressMethods,
		...productMethods,
		...waybillMethods,
	}),
);

/** 微信小店: the shop API below /weixin/channels/ec and the token endpoint at /weixin/cgi-bin/stable_token. */
export const weixin: PlatformKind = {
	name,
	numbering,
	oneLine: false,
	silent: [],
	aftersaleTypes: knownTypes,
	create,
};

/** An app proves itself by its secret: there is no page for consent. */
function create(parts: PlatformParts): PlatformSimulator {
	const shops = new Shops(parts.journal, demoShops, { lifetimeMs });
	const repeated = new RepeatedPages();
	const refundPace = new RefundPace();
	const tokens = new StableToken(shops, parts.counters);
	const quota = callsPerSecond(() => callsASecond);
	const gate = new Gate(name, shops, parts, { quota, outOfQuota: rateLimited, businessError });

	function token({ method, body }: Received, nowMs: number): Answer {
		mustBePost(method);
		const answer = tokens.answer(Body.of(body), nowMs);
		parts.counters.called(name, tokenPath);
		return bare(answer);
	}

	function call({ method, path, query, body }: Received, nowMs: number): Answer {
		const run = methods.get(path);
		if (!run) throw new WxError(40066, "invalid url");
		mustBePost(method);
		const shop = checkToken(gate, query.get("access_token") ?? "", nowMs);
		gate.admit(shop.app.key, path, nowMs);
		return success(run({ ...parts, shops, repeated, refundPace, body: Body.of(body), shop, nowMs }));
	}

	return {
		...skeleton(name, {}, shops, [gate, tokens, repeated, refundPace]),
		handle(request) {
			const nowMs = parts.faults.now(name);
			try {
				return request.path === tokenPath ? token(request, nowMs) : call(request, nowMs);
			} catch (err) {
				if (err instanceof WxError) return failure(err, nowMs);
				throw err;
			}
		},
		messages: pushesOf,
	};
}

/** Queries are POSTs as well. */
function mustBePost(method: string): void {
	if (method !== "POST") throw new WxError(43002, "require POST method");
}
