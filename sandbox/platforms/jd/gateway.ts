import { beijingMs } from "../../beijing.ts";
import { header, type Received } from "../../target.ts";
import type { PlatformParts } from "../platform.ts";
import { Quota } from "../quota.ts";
import type { DemoShop, Shops } from "../shops.ts";
import { JdError } from "./errors.ts";
import { isSigned } from "./sign.ts";

/** Clocks may differ by this much. */
const skewMs = 6 * 60_000;
/** Calls a second of one app to one method, unless a fault sets another quota. */
const defaultQuota = 40;

/** Every parameter of a call: the query and the form body together. @throws JdError */
export function readParams(request: Received): ReadonlyMap<string, string> {
	if (request.method !== "POST" && request.method !== "GET") throw new JdError(43, request.method);
	const params = new Map(request.query);
	if (request.method === "GET" || request.body === "") return params;
	if (!/^application\/x-www-form-urlencoded/i.test(header(request, "content-type"))) {
		throw new JdError(43, "Content-Type应为application/x-www-form-urlencoded");
	}
	for (const [name, value] of new URLSearchParams(request.body)) params.set(name, value);
	return params;
}

/** Checks what every call must carry, in the gateway's order. Every check throws JdError. */
export class Gatekeeper {
	readonly #platform: string;
	readonly #shops: Shops;
	readonly #parts: Pick<PlatformParts, "counters" | "faults">;
	readonly #quota = new Quota();

	constructor(platform: string, shops: Shops, parts: Pick<PlatformParts, "counters" | "faults">) {
		this.#platform = platform;
		this.#shops = shops;
		this.#parts = parts;
	}

	/** Version, time, app and signature; the app's key. */
	checkApp(params: ReadonlyMap<string, string>, nowMs: number): string {
		if (!params.get("v")) throw new JdError(4);
		if (params.get("v") !== "2.0") throw new JdError(5);
		checkTimestamp(params.get("timestamp") ?? "", nowMs);
		const appKey = params.get("app_key");
		if (!appKey) throw new JdError(20);
		const secret = this.#shops.all.find(({ app }) => app.key === appKey)?.app.secret;
		if (secret === undefined) throw new JdError(21);
		if (params.get("sign") && isSigned(params, secret)) return appKey;
		this.#parts.counters.of(this.#platform).refusedSignatures += 1;
		throw new JdError(params.get("sign") ? 12 : 11);
	}

	/** The shop whose token it is; it must be one of the app's own. */
	checkToken(params: ReadonlyMap<string, string>, appKey: string, nowMs: number): DemoShop {
		const { counters, faults } = this.#parts;
		const access = params.get("access_token");
		if (!access) throw new JdError(18);
		const session = this.#shops.session(access, nowMs);
		if (session.state === "unknown" || session.shop.app.key !== appKey) throw new JdError(19);
		const struck = session.state === "valid" && faults.strike(this.#platform, ["expired-token"]);
		if (session.state === "valid" && !struck) return session.shop;
		if (struck) this.#shops.expire(session.shop, nowMs);
		counters.of(this.#platform).expiredTokens += 1;
		throw new JdError(19, "已过期");
	}

	/** One more call of that app to that method must fit into this second. */
	checkQuota(appKey: string, method: string, nowMs: number): void {
		const { counters, faults } = this.#parts;
		const perSecond = faults.standing(this.#platform, "rate-limit") ?? defaultQuota;
		const struck = faults.strike(this.#platform, ["rate-limit"]);
		if (!struck && this.#quota.take(`${appKey}:${method}`, perSecond, nowMs)) return;
		counters.of(this.#platform).outOfQuota += 1;
		throw new JdError(2);
	}

	reset(): void {
		this.#quota.reset();
	}
}

/** "2021-05-07 09:20:39", or with milliseconds and zone: "2021-05-07 09:20:39.683+0800". */
function checkTimestamp(text: string, nowMs: number): void {
	if (text === "") throw new JdError(7);
	const [, seconds = ""] = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)(?:\.\d{3}\+0800)?$/.exec(text) ?? [];
	const ms = beijingMs(seconds);
	if (ms === null || Math.abs(ms - nowMs) > skewMs) throw new JdError(8);
}
