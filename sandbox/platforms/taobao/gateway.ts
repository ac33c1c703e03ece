import { beijingMs } from "../../beijing.ts";
import { type Answer, header, type Received } from "../../target.ts";
import type { Gate } from "../gate.ts";
import type { DemoShop } from "../shops.ts";
import { TopError } from "./errors.ts";
import { isSigned, type SignMethod } from "./sign.ts";

/** Clocks may differ by this much. */
const skewMs = 10 * 60_000;

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

/** App, version, timestamp and signature, in the gateway's order; the app's key. @throws TopError */
export function checkApp(gate: Gate, { params, signedBody }: TopRequest, nowMs: number): string {
	const appKey = params.get("app_key");
	if (!appKey) throw new TopError(28);
	const app = gate.shops.ofApp(appKey)?.app;
	if (!app) throw new TopError(29, "isv.appkey-not-exists", "app_key不存在");
	if (!params.get("v")) throw new TopError(32);
	if (params.get("v") !== "2.0") throw new TopError(33);
	checkTimestamp(params.get("timestamp") ?? "", nowMs);
	const method = signMethods.find((each) => each === params.get("sign_method"));
	if (params.get("sign") && method && isSigned(params, app.secret, method, signedBody)) return appKey;
	throw gate.wrongSignature(new TopError(params.get("sign") ? 25 : 24));
}

/** The shop a session belongs to; it must be one of the app's own. @throws TopError */
export function checkSession(gate: Gate, { params }: TopRequest, appKey: string, nowMs: number): DemoShop {
	const access = params.get("session");
	if (!access) throw new TopError(26);
	const session = gate.shops.session(access, nowMs);
	if (session.state === "unknown" || session.shop.app.key !== appKey) {
		throw new TopError(27, "invalid-sessionkey", "SessionKey非法");
	}
	if (!gate.holds(session, nowMs)) throw new TopError(27, "session-expired", "授权已过期");
	return session.shop;
}

/** Beijing time, or epoch milliseconds as one official SDK sends it. */
function checkTimestamp(text: string, nowMs: number): void {
	if (text === "") throw new TopError(30);
	const ms = /^\d{13}$/.test(text) ? Number(text) : beijingMs(text);
	if (ms === null || Math.abs(ms - nowMs) > skewMs) {
		throw new TopError(31, "isv.timestamp-out-of-range", "timestamp与服务器时间相差超过10分钟");
	}
}
