import { beijingMs } from "../../beijing.ts";
import type { Counters } from "../../counters.ts";
import type { FaultPlan } from "../../faults.ts";
import { header, type Received } from "../../target.ts";
import { Quota } from "../quota.ts";
import type { DemoShop, Shops } from "../shops.ts";
import { DoudianError, rateLimited } from "./errors.ts";
import { sign, signMethods } from "./sign.ts";

/** Clocks may differ by this much. */
const skewMs = 10 * 60_000;
/** Calls a second of one app and shop to one method, unless a fault sets another quota. */
const usualQuota = 100;
const quotas: Readonly<Record<string, number>> = {
	"order.searchList": 600,
	"order.orderDetail": 900,
	"product.listV2": 180,
	"afterSale.List": 500,
	"order.logisticsCompanyList": 500,
};

const badSystemParam = (subCode: string, subMsg: string): DoudianError => new DoudianError(40003, subCode, subMsg);

/** Checks what every call must carry, in the gateway's order. Every check throws DoudianError. */
export class Gatekeeper {
	readonly #shops: Shops;
	readonly #counters: Counters;
	readonly #faults: FaultPlan;
	readonly #target: string;
	readonly #quota = new Quota();

	constructor(target: string, shops: Shops, { counters, faults }: { counters: Counters; faults: FaultPlan }) {
		this.#target = target;
		this.#shops = shops;
		this.#counters = counters;
		this.#faults = faults;
	}

	/** Verb, form, app, method, version, timestamp and signature over the body as received; returns the app's key. */
	checkApp(request: Received, method: string, nowMs: number): string {
		const { query, body } = request;
		if (request.method !== "POST" || !header(request, "content-type").startsWith("application/json")) {
			throw badSystemParam("isv.parameter-format-invalid", "请使用POST application/json");
		}
		const appKey = needed(query, "app_key", "isv.app-id-missing");
		const secret = this.#shops.all.find(({ app }) => app.key === appKey)?.app.secret;
		if (secret === undefined) throw badSystemParam("isv.app-id-invalid", "app_key不存在");
		if (needed(query, "method", "isv.parameter-missing") !== method) {
			throw badSystemParam("isv.parameter-format-invalid", "method与请求路径不一致");
		}
		if (needed(query, "v", "isv.parameter-missing") !== "2") {
			throw badSystemParam("isv.parameter-format-invalid", "v应为2");
		}
		checkTimestamp(needed(query, "timestamp", "isv.parameter-missing"), nowMs);
		const given = needed(query, "sign", "isv.signature-missing");
		const wanted = query.get("sign_method") ?? "md5";
		const signMethod = signMethods.find((each) => each === wanted);
		if (signMethod && given === sign(query, body, secret, signMethod)) return appKey;
		this.#counters.of(this.#target).refusedSignatures += 1;
		throw badSystemParam("isv.signature-invalid", "签名校验失败");
	}

	/** The shop an access token belongs to; it must be one of the app's own. */
	checkToken({ query }: Received, appKey: string, nowMs: number): DemoShop {
		const access = needed(query, "access_token", "isv.access-token-missing");
		const session = this.#shops.session(access, nowMs);
		if (session.state === "unknown") throw badSystemParam("isv.access-token-no-existed", "access_token不存在");
		if (session.shop.app.key !== appKey) throw badSystemParam("isv.access-token-invalid", "access_token与应用不匹配");
		const struck = session.state === "valid" && this.#faults.strike(this.#target, ["expired-token"]);
		if (struck) this.#shops.expire(session.shop, nowMs);
		else if (session.state === "valid") return session.shop;
		this.#counters.of(this.#target).expiredTokens += 1;
		throw badSystemParam("isv.access-token-expired", "access_token已过期");
	}

	/** One more call of that app and shop to that method must fit into this second. */
	checkQuota(caller: string, method: string, nowMs: number): void {
		const perSecond = this.#faults.standing(this.#target, "rate-limit") ?? quotas[method] ?? usualQuota;
		const struck = this.#faults.strike(this.#target, ["rate-limit"]);
		if (!struck && this.#quota.take(`${caller}:${method}`, perSecond, nowMs)) return;
		this.#counters.of(this.#target).outOfQuota += 1;
		throw rateLimited();
	}

	reset(): void {
		this.#quota.reset();
	}
}

function needed(query: URLSearchParams, name: string, subCode: string): string {
	const value = query.get(name);
	if (!value) throw new DoudianError(40001, subCode, `缺少系统参数${name}`);
	return value;
}

/** Unix seconds, as the SDKs send it, or Beijing time, as the guide says. */
function checkTimestamp(text: string, nowMs: number): void {
	const ms = /^\d{10}$/.test(text) ? Number(text) * 1000 : beijingMs(text);
	if (ms === null) throw badSystemParam("isv.timestamp-format-error", "timestamp格式错误");
	if (Math.abs(ms - nowMs) > skewMs)
		throw badSystemParam("isv.timestamp-invalid", "timestamp与服务器时间相差超过10分钟");
}
