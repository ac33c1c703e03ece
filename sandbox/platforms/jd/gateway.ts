import { beijingMs } from "../../beijing.ts";
import { header, type Received } from "../../target.ts";
import type { Gate } from "../gate.ts";
import type { DemoShop } from "../shops.ts";
import { JdError } from "./errors.ts";
import { isSigned } from "./sign.ts";

/** Clocks may differ by this much. */
const skewMs = 6 * 60_000;

type Params = ReadonlyMap<string, string>;

/** Every parameter of a call: the query and the form body together. @throws JdError */
export function readParams(request: Received): Params {
	if (request.method !== "POST" && request.method !== "GET") throw new JdError(43, request.method);
	const params = new Map(request.query);
	if (request.method === "GET" || request.body === "") return params;
	if (!/^application\/x-www-form-urlencoded/i.test(header(request, "content-type"))) {
		throw new JdError(43, "Content-Type应为application/x-www-form-urlencoded");
	}
	for (const [name, value] of new URLSearchParams(request.body)) params.set(name, value);
	return params;
}

/** Version, time, app and signature, in the gateway's order; the app's key. @throws JdError */
export function checkApp(gate: Gate, params: Params, nowMs: number): string {
	if (!params.get("v")) throw new JdError(4);
	if (params.get("v") !== "2.0") throw new JdError(5);
	checkTimestamp(params.get("timestamp") ?? "", nowMs);
	const appKey = params.get("app_key");
	if (!appKey) throw new JdError(20);
	const app = gate.shops.ofApp(appKey)?.app;
	if (!app) throw new JdError(21);
	if (params.get("sign") && isSigned(params, app.secret)) return appKey;
	throw gate.wrongSignature(new JdError(params.get("sign") ? 12 : 11));
}

/** The shop whose token it is; it must be one of the app's own. @throws JdError */
export function checkToken(gate: Gate, params: Params, appKey: string, nowMs: number): DemoShop {
	const access = params.get("access_token");
	if (!access) throw new JdError(18);
	const session = gate.shops.session(access, nowMs);
	if (session.state === "unknown" || session.shop.app.key !== appKey) throw new JdError(19);
	if (!gate.holds(session, nowMs)) throw new JdError(19, "已过期");
	return session.shop;
}

/** "2021-05-07 09:20:39", or with milliseconds and zone: "2021-05-07 09:20:39.683+0800". */
function checkTimestamp(text: string, nowMs: number): void {
	if (text === "") throw new JdError(7);
	const [, seconds = ""] = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)(?:\.\d{3}\+0800)?$/.exec(text) ?? [];
	const ms = beijingMs(seconds);
	if (ms === null || Math.abs(ms - nowMs) > skewMs) throw new JdError(8);
}
