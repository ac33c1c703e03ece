import { beijingMs } from "../../beijing.ts";
import type { Counters } from "../../counters.ts";
import type { FaultPlan } from "../../faults.ts";
import { type Answer, header, type Received } from "../../target.ts";
import { Quota } from "../quota.ts";
import type { DemoShop, Shops } from "../shops.ts";
import { rateLimited, TopError } from "./errors.ts";
import { isSigned, type SignMethod } from "./sign.ts";

/** Clocks may differ by this much. */
const skewMs = 10 * 60_000;
/** Calls a second of one app to one method, unless a fault sets another quota. */
const defaultQuota = 100;

const signMethods: readonly SignMethod[] = ["md5", "hmac", "hmac-sha256"];

/** Every parameter of a call: the query and the form body together, or the query alone when the body is a text. */
export interface TopRequest {
	params: ReadonlyMap<string, string>;
	/** The body as it is signed: empty for a form. */
	signedBody: string;
}

export function readRequest(request: Received): TopRequest {
	const isText = /json|xml|plain/.test(header(request, "content-type"));
	const params = new Map(request.query);
	if (isText) return { params, signedBody: request.body };
	for (const [name, value] of new URLSearchParams(request.body)) params.set(name, value);
	return { params, signedBody: "" };
}

/** The answer to a caller who wants XML, which this simulator only speaks to say no. */
export function xmlRefusal(): Answer {
	const body = `<?xml version="1.0" encoding="utf-8" ?><error_response><code>23</code><msg>Invalid Format</msg></error_response>`;
	return { status: 200, type: "text/xml;charset=UTF-8", body };
}

/** Checks what every call must carry, in the gateway's order. Every check throws TopError. */
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

	/** App, version, timestamp and signature; returns the app's key. */
	checkApp({ params, signedBody }: TopRequest, nowMs: number): string {
		const appKey = params.get("app_key");
		if (!appKey) throw new TopError(28);
		const secret = this.#shops.all.find(({ app }) => app.key === appKey)?.app.secret;
		if (secret === undefined) throw new TopError(29, "isv.appkey-not-exists", "app_key不存在");
		if (!params.get("v")) throw new TopError(32);
		if (params.get("v") !== "2.0") throw new TopError(33);
		checkTimestamp(params.get("timestamp") ?? "", nowMs);
		const method = signMethods.find((each) => each === params.get("sign_method"));
		if (params.get("sign") && method && isSigned(params, secret, method, signedBody)) return appKey;
		this.#counters.of(this.#target).refusedSignatures += 1;
		throw new TopError(params.get("sign") ? 25 : 24);
	}

	/** The shop a session belongs to; it must be one of the app's own. */
	checkSession({ params }: TopRequest, appKey: string, nowMs: number): DemoShop {
		const access = params.get("session");
		if (!access) throw new TopError(26);
		const session = this.#shops.session(access, nowMs);
		if (session.state === "unknown" || session.shop.app.key !== appKey) {
			throw new TopError(27, "invalid-sessionkey", "SessionKey非法");
		}
		const { shop } = session;
		const struck = session.state === "valid" && this.#faults.strike(this.#target, ["expired-token"]);
		if (struck) this.#shops.expire(shop, nowMs);
		else if (session.state === "valid") return shop;
		this.#counters.of(this.#target).expiredTokens += 1;
		throw new TopError(27, "session-expired", "授权已过期");
	}

	/** One more call of that app to that method must fit into this second. */
	checkQuota(appKey: string, method: string, nowMs: number): void {
		const perSecond = this.#faults.standing(this.#target, "rate-limit") ?? defaultQuota;
		const struck = this.#faults.strike(this.#target, ["rate-limit"]);
		if (!struck && this.#quota.take(`${appKey}:${method}`, perSecond, nowMs)) return;
		this.#counters.of(this.#target).outOfQuota += 1;
		throw rateLimited();
	}

	reset(): void {
		this.#quota.reset();
	}
}

/** Beijing time, or epoch milliseconds as one official SDK sends it. */
function checkTimestamp(text: string, nowMs: number): void {
	if (text === "") throw new TopError(30);
	const ms = /^\d{13}$/.test(text) ? Number(text) : beijingMs(text);
	if (ms === null || Math.abs(ms - nowMs) > skewMs) {
		throw new TopError(31, "isv.timestamp-out-of-range", "timestamp与服务器时间相差超过10分钟");
	}
}
