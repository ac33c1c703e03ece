import { header, type Received } from "../../target.ts";
import type { Gate } from "../gate.ts";
import { type CallQuota, Quota } from "../quota.ts";
import type { DemoShop } from "../shops.ts";
import { invalid, missing, unauthorised, XhsError } from "./errors.ts";
import { callSign } from "./sign.ts";

/** Clocks may differ by this much; the platform does not say. */
const skewMs = 10 * 60_000;
/** Calls a second of one app, and of it to one method. */
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

/** A call must fit both quotas; a fault sets that of the method. */
export function callQuota(): CallQuota {
	const quota = new Quota();
	return {
		take: (appId, method, nowMs, perSecond) =>
			quota.take(`${appId}:${method}`, perSecond ?? methodQuota, nowMs) && quota.take(appId, appQuota, nowMs),
		reset: () => quota.reset(),
	};
}

/** App, version, timestamp and signature; the app's id. @throws XhsError */
export function checkApp(gate: Gate, body: XhsBody, method: string, nowMs: number): string {
	const appId = systemText(body, "appId");
	const app = gate.shops.ofApp(appId)?.app;
	if (!app) throw unauthorised("appId不存在");
	const version = systemText(body, "version");
	if (version !== "2.0") throw invalid("version", "应为2.0");
	const timestamp = systemText(body, "timestamp");
	checkTimestamp(timestamp, nowMs);
	if (systemText(body, "sign") === callSign({ method, appId, timestamp, version }, app.secret)) return appId;
	throw gate.wrongSignature(unauthorised("签名验证失败"));
}

/** The shop a token belongs to; it must be one of the app's own. @throws XhsError */
export function checkToken(gate: Gate, body: XhsBody, appId: string, nowMs: number): DemoShop {
	const session = gate.shops.session(systemText(body, "accessToken"), nowMs);
	if (session.state === "unknown" || session.shop.app.key !== appId) throw noUser("accessToken invalid");
	if (!gate.holds(session, nowMs)) throw noUser("accessToken expired");
	return session.shop;
}

function noUser(reason: string): XhsError {
	return unauthorised(`根据accessToken和appId获取mercuryUser失败：${reason}`);
}

/** Unix seconds; one of the platform's own examples has milliseconds. */
function checkTimestamp(text: string, nowMs: number): void {
	const ms = /^\d{10}$/.test(text) ? Number(text) * 1000 : /^\d{13}$/.test(text) ? Number(text) : null;
	if (ms === null || Math.abs(ms - nowMs) > skewMs) throw new XhsError(-2000400, "timestamp与服务器时间相差过大");
}
