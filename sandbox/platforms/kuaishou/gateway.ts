import type { Counters } from "../../counters.ts";
import type { FaultPlan } from "../../faults.ts";
import { header, type Received } from "../../target.ts";
import { Quota } from "../quota.ts";
import type { DemoShop, Shops } from "../shops.ts";
import { invalid, KsError, missing, rateLimited, refused, signatureWrong, timestampWrong } from "./errors.ts";
import { isSigned, signMethods } from "./sign.ts";

type Params = ReadonlyMap<string, string>;

/** Clocks may differ by this much; the platform tells no number, this is what others take. */
const skewMs = 10 * 60_000;

/** Every parameter of a call. A form may have some of them in the query. */
export function readParams(request: Received, verb: "GET" | "POST"): Params {
	if (request.method !== verb) throw refused(`请求方式错误，应为${verb}`);
	const params = new Map(request.query);
	if (verb === "GET") return params;
	if (!header(request, "content-type").startsWith("application/x-www-form-urlencoded")) {
		throw refused("Content-Type应为application/x-www-form-urlencoded");
	}
	for (const [name, value] of new URLSearchParams(request.body)) params.set(name, value);
	return params;
}

/** Checks what every call must carry. Every check throws KsError. */
export class Gatekeeper {
	readonly #target: string;
	readonly #shops: Shops;
	readonly #counters: Counters;
	readonly #faults: FaultPlan;
	readonly #quota = new Quota();

	constructor(target: string, shops: Shops, { counters, faults }: { counters: Counters; faults: FaultPlan }) {
		this.#target = target;
		this.#shops = shops;
		this.#counters = counters;
		this.#faults = faults;
	}

	/** App, method, version, time and signature; returns the app's key. */
	checkApp(params: Params, api: string, nowMs: number): string {
		for (const name of ["appkey", "method", "version", "param", "timestamp", "signMethod", "sign"]) {
			if (!params.get(name)) throw missing(name);
		}
		if (params.get("method") !== api) throw invalid("method", "与请求路径不一致");
		if (params.get("version") !== "1") throw invalid("version", "应为1");
		const timestamp = params.get("timestamp") ?? "";
		if (!/^\d{13}$/.test(timestamp)) throw invalid("timestamp", "应为毫秒");
		if (Math.abs(Number(timestamp) - nowMs) > skewMs) throw timestampWrong();
		const appKey = params.get("appkey") ?? "";
		const app = this.#shops.all.find((shop) => shop.app.key === appKey)?.app;
		const signMethod = signMethods.find((each) => each === params.get("signMethod"));
		if (app?.signSecret && signMethod && isSigned(params, app.signSecret, signMethod)) return appKey;
		this.#counters.of(this.#target).refusedSignatures += 1;
		throw signatureWrong();
	}

	/** The shop a token belongs to; it must be one of the app's own. */
	checkToken(params: Params, appKey: string, nowMs: number): DemoShop {
		const access = params.get("access_token");
		if (!access) throw missing("access_token");
		const session = this.#shops.session(access, nowMs);
		if (session.state === "unknown" || session.shop.app.key !== appKey) throw new KsError(24, "鉴权失败");
		const { shop } = session;
		const struck = session.state === "valid" && this.#faults.strike(this.#target, ["expired-token"]);
		if (struck) this.#shops.expire(shop, nowMs);
		else if (session.state === "valid") return shop;
		this.#counters.of(this.#target).expiredTokens += 1;
		throw new KsError(24, "TOKEN过期");
	}

	/** One more call of that app to that method must fit into this second. */
	checkQuota(appKey: string, api: string, usual: number, nowMs: number): void {
		const perSecond = this.#faults.standing(this.#target, "rate-limit") ?? usual;
		const struck = this.#faults.strike(this.#target, ["rate-limit"]);
		if (!struck && this.#quota.take(`${appKey}:${api}`, perSecond, nowMs)) return;
		this.#counters.of(this.#target).outOfQuota += 1;
		throw rateLimited(api, perSecond);
	}

	reset(): void {
		this.#quota.reset();
	}
}
