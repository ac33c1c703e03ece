import type { Counters } from "../../counters.ts";
import type { FaultPlan } from "../../faults.ts";
import { header, type Received } from "../../target.ts";
import type { DemoShop, Shops } from "../shops.ts";
import { PddError } from "./errors.ts";
import { Quotas } from "./quotas.ts";
import { sign } from "./sign.ts";

/** Clocks may differ by this much. */
export const skewMs = 10 * 60_000;

export type Params = ReadonlyMap<string, string>;

/** Every parameter of a call: those of the query and of the body together. A body is flat JSON or a form. */
export function readParams(request: Received): Params {
	const { method, query, body } = request;
	if (method !== "POST") throw new PddError(10002);
	const type = header(request, "content-type");
	const params = new Map(query);
	if (type.startsWith("application/json")) for (const [name, text] of flatJson(body)) params.set(name, text);
	else if (type.startsWith("application/x-www-form-urlencoded") || body === "") {
		for (const [name, text] of new URLSearchParams(body)) params.set(name, text);
	} else throw new PddError(10000, "Content-Type不支持");
	return params;
}

/** Numbers as they were written; objects and lists must come as the JSON text that was signed. */
function flatJson(body: string): [name: string, text: string][] {
	let root: unknown;
	try {
		root = JSON.parse(body, (_key, value: unknown, context?: { source?: string }) =>
			typeof value === "number" ? (context?.source ?? String(value)) : value,
		);
	} catch {
		throw new PddError(10000, "请求内容不是JSON");
	}
	if (typeof root !== "object" || root === null || Array.isArray(root))
		throw new PddError(10000, "请求内容不是JSON对象");
	return Object.entries(root).map(([name, value]: [string, unknown]) => {
		if (typeof value === "string" || typeof value === "boolean") return [name, String(value)];
		throw new PddError(10000, `${name}应为文本`);
	});
}

/** Checks what every call must carry, in the gateway's order. Every check throws PddError. */
export class Gatekeeper {
	readonly #shops: Shops;
	readonly #counters: Counters;
	readonly #faults: FaultPlan;
	readonly #target: string;
	readonly #quotas = new Quotas();

	constructor(target: string, shops: Shops, { counters, faults }: { counters: Counters; faults: FaultPlan }) {
		this.#target = target;
		this.#shops = shops;
		this.#counters = counters;
		this.#faults = faults;
	}

	/** App, timestamp, format and signature; returns the app's key. */
	checkApp(params: Params, nowMs: number): string {
		const appKey = params.get("client_id");
		const secret = this.#shops.all.find(({ app }) => app.key === appKey)?.app.secret;
		if (!appKey || secret === undefined) throw new PddError(10016);
		const timestamp = params.get("timestamp") ?? "";
		if (!/^\d{10}$/.test(timestamp) || Math.abs(Number(timestamp) * 1000 - nowMs) > skewMs) {
			throw new PddError(10001, "公共参数错误:timestamp");
		}
		if ((params.get("data_type") || "JSON") !== "JSON") throw new PddError(10001, "公共参数错误:data_type");
		if ((params.get("version") || "V1") !== "V1") throw new PddError(10001, "公共参数错误:version");
		if (params.get("sign") === sign(params, secret)) return appKey;
		this.#counters.of(this.#target).refusedSignatures += 1;
		throw new PddError(20004);
	}

	/** The shop a token belongs to; it must have been given to this app. */
	checkToken(params: Params, appKey: string, nowMs: number): DemoShop {
		const access = params.get("access_token");
		if (!access) throw new PddError(10019, "access_token不能为空");
		const session = this.#shops.session(access, nowMs);
		if (session.state === "unknown") throw new PddError(10019, "access_token无效");
		const { shop, state } = session;
		if (shop.app.key !== appKey) throw new PddError(20032);
		const struck = state === "valid" && this.#faults.strike(this.#target, ["expired-token"]);
		if (struck) this.#shops.expire(shop, nowMs);
		else if (state === "valid") return shop;
		this.#counters.of(this.#target).expiredTokens += 1;
		throw new PddError(10019);
	}

	/** One more call of that app to that API must fit. */
	checkQuota(appKey: string, api: string, nowMs: number): void {
		const perSecond = this.#faults.standing(this.#target, "rate-limit");
		const struck = this.#faults.strike(this.#target, ["rate-limit"]);
		if (!struck && this.#quotas.take(appKey, api, nowMs, perSecond)) return;
		this.#counters.of(this.#target).outOfQuota += 1;
		throw new PddError(struck ? 52101 : 52102);
	}

	reset(): void {
		this.#quotas.reset();
	}
}
