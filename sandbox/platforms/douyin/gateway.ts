import { beijingMs } from "../../beijing.ts";
import { header, type Received } from "../../target.ts";
import type { Gate } from "../gate.ts";
import type { DemoShop } from "../shops.ts";
import { DoudianError } from "./errors.ts";
import { sign, signMethods } from "./sign.ts";

/** Clocks may differ by this much. */
const skewMs = 10 * 60_000;
const quotas: Readonly<Record<string, number>> = {
	"order.searchList": 600,
	"order.orderDetail": 900,
	"product.listV2": 180,
	"afterSale.List": 500,
	"order.logisticsCompanyList": 500,
};

/** Calls a second of one app and shop to a method. */
export const quotaOf = (method: string): number => quotas[method] ?? 100;

const badSystemParam = (subCode: string, subMsg: string): DoudianError => new DoudianError(40003, subCode, subMsg);

/**
 * Verb, form, app, method, version, timestamp and signature over the body as received, in the gateway's order; the app's
 * key. @throws DoudianError
 */
export function checkApp(gate: Gate, request: Received, method: string, nowMs: number): string {
	const { query, body } = request;
	if (request.method !== "POST" || !header(request, "content-type").startsWith("application/json")) {
		throw badSystemParam("isv.parameter-format-invalid", "请使用POST application/json");
	}
	const appKey = needed(query, "app_key", "isv.app-id-missing");
	const app = gate.shops.ofApp(appKey)?.app;
	if (!app) throw badSystemParam("isv.app-id-invalid", "app_key不存在");
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
	if (signMethod && given === sign(query, body, app.secret, signMethod)) return appKey;
	throw gate.wrongSignature(badSystemParam("isv.signature-invalid", "签名校验失败"));
}

/** The shop an access token belongs to; it must be one of the app's own. @throws DoudianError */
export function checkToken(gate: Gate, { query }: Received, appKey: string, nowMs: number): DemoShop {
	const access = needed(query, "access_token", "isv.access-token-missing");
	const session = gate.shops.session(access, nowMs);
	if (session.state === "unknown") throw badSystemParam("isv.access-token-no-existed", "access_token不存在");
	if (session.shop.app.key !== appKey) throw badSystemParam("isv.access-token-invalid", "access_token与应用不匹配");
	if (!gate.holds(session, nowMs)) throw badSystemParam("isv.access-token-expired", "access_token已过期");
	return session.shop;
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
