import type { Counters } from "../../counters.ts";
import type { FaultPlan } from "../../faults.ts";
import { header, type Received } from "../../target.ts";
import { Quota } from "../quota.ts";
import type { DemoShop, Shops } from "../shops.ts";
import { invalid, missing, rateLimited, unauthorised, XhsError } from "./errors.ts";
import { callSign } from "./sign.ts";

/** Clocks may differ by this much; the platform does not say. */
const skewMs = 10 * 60_000;
/** Calls a second of one app, and to one method, unless a fault sets another quota of the method. */
const appQuota = 100;
const methodQuota = 200;

export type XhsBody = Readonly<Record<string, unknown>>;

/** The JSON object of a call. HTTP itself refuses what is no JSON by POST: null. */
export function readBody(request: Received): XhsBody | null {
	if (request.method !== "POST" || !/^application\/json\b/i.test(header(request, "content-type"))) return null;
	try {
		const body: unknown = JSON.parse(request.body);
		return typeof body === "object" && body !== null && !Array.isArray(body) ? (body as XhsBody) : null;
	} catch {
		return null;
	}
}

/** A system parameter: text, and never empty. */
export function systemText(body: XhsBody, name: string): string {
	const value = body[name];
	if (value === undefined || value === null || value === "") throw missing(name);
	if (typeof value !== "string") throw invalid(name, "应为字符串");
	return value;
}

/** Checks what every call must carry. Every check throws XhsError. */
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

	/** App, version, timestamp and signature; returns the app's id. */
	checkApp(body: XhsBody, method: string, nowMs: number): string {
		const appId = systemText(body, "appId");
		const secret = this.#shops.all.find(({ app }) => app.key === appId)?.app.secret;
		if (secret === undefined) throw unauthorised("appId不存在");
		const version = systemText(body, "version");
		if (version !== "2.0") throw invalid("version", "应为2.0");
		const timestamp = systemText(body, "timestamp");
		checkTimestamp(timestamp, nowMs);
		if (systemText(body, "sign") === callSign({ method, appId, timestamp, version }, secret)) return appId;
		this.#counters.of(this.#target).refusedSignatures += 1;
		throw unauthorised("签名验证失败");
	}

	/** The shop a token belongs to; it must be one of the app's own. */
	checkToken(body: XhsBody, appId: string, nowMs: number): DemoShop {
		const session = this.#shops.session(systemText(body, "accessToken"), nowMs);
		if (session.state === "unknown" || session.shop.app.key !== appId) throw noUser("accessToken invalid");
		if (session.state === "valid") {
			if (!this.#faults.strike(this.#target, ["expired-token"])) return session.shop;
			this.#shops.expire(session.shop, nowMs);
		}
		this.#counters.of(this.#target).expiredTokens += 1;
		throw noUser("accessToken expired");
	}

	/** One more call of that app, and of it to that method, must fit into this second. */
	checkQuota(appId: string, method: string, nowMs: number): void {
		const perMethod = this.#faults.standing(this.#target, "rate-limit") ?? methodQuota;
		const struck = this.#faults.strike(this.#target, ["rate-limit"]);
		const fits =
			!struck && this.#quota.take(`${appId}:${method}`, perMethod, nowMs) && this.#quota.take(appId, appQuota, nowMs);
		if (fits) return;
		this.#counters.of(this.#target).outOfQuota += 1;
		throw rateLimited();
	}

	reset(): void {
		this.#quota.reset();
	}
}

function noUser(reason: string): XhsError {
	return unauthorised(`根据accessToken和appId获取mercuryUser失败：${reason}`);
}

/** Unix seconds; one of the platform's own examples has milliseconds. */
function checkTimestamp(text: string, nowMs: number): void {
	const ms = /^\d{10}$/.test(text) ? Number(text) * 1000 : /^\d{13}$/.test(text) ? Number(text) : null;
	if (ms === null || Math.abs(ms - nowMs) > skewMs) throw new XhsError(-2000400, "timestamp与服务器时间相差过大");
}
