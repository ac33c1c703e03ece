import { header, type Received } from "../../target.ts";
import type { Gate } from "../gate.ts";
import type { DemoShop } from "../shops.ts";
import { invalid, KsError, missing, refused, signatureWrong, timestampWrong } from "./errors.ts";
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

/** App, method, version, time and signature; the app's key. @throws KsError */
export function checkApp(gate: Gate, params: Params, api: string, nowMs: number): string {
	for (const name of ["appkey", "method", "version", "param", "timestamp", "signMethod", "sign"]) {
		if (!params.get(name)) throw missing(name);
	}
	if (params.get("method") !== api) throw invalid("method", "与请求路径不一致");
	if (params.get("version") !== "1") throw invalid("version", "应为1");
	const timestamp = params.get("timestamp") ?? "";
	if (!/^\d{13}$/.test(timestamp)) throw invalid("timestamp", "应为毫秒");
	if (Math.abs(Number(timestamp) - nowMs) > skewMs) throw timestampWrong();
	const app = gate.shops.ofApp(params.get("appkey"))?.app;
	const signMethod = signMethods.find((each) => each === params.get("signMethod"));
	if (app?.signSecret && signMethod && isSigned(params, app.signSecret, signMethod)) return app.key;
	throw gate.wrongSignature(signatureWrong());
}

/** The shop a token belongs to; it must be one of the app's own. @throws KsError */
export function checkToken(gate: Gate, params: Params, appKey: string, nowMs: number): DemoShop {
	const access = params.get("access_token");
	if (!access) throw missing("access_token");
	const session = gate.shops.session(access, nowMs);
	if (session.state === "unknown" || session.shop.app.key !== appKey) throw new KsError(24, "鉴权失败");
	if (!gate.holds(session, nowMs)) throw new KsError(24, "TOKEN过期");
	return session.shop;
}
