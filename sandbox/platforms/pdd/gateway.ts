import { header, type Received } from "../../target.ts";
import type { Gate } from "../gate.ts";
import type { DemoShop } from "../shops.ts";
import { PddError } from "./errors.ts";
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

/** App, timestamp, format and signature, in the gateway's order; the app's key. @throws PddError */
export function checkApp(gate: Gate, params: Params, nowMs: number): string {
	const app = gate.shops.ofApp(params.get("client_id"))?.app;
	if (!app) throw new PddError(10016);
	const timestamp = params.get("timestamp") ?? "";
	if (!/^\d{10}$/.test(timestamp) || Math.abs(Number(timestamp) * 1000 - nowMs) > skewMs) {
		throw new PddError(10001, "公共参数错误:timestamp");
	}
	if ((params.get("data_type") || "JSON") !== "JSON") throw new PddError(10001, "公共参数错误:data_type");
	if ((params.get("version") || "V1") !== "V1") throw new PddError(10001, "公共参数错误:version");
	if (params.get("sign") === sign(params, app.secret)) return app.key;
	throw gate.wrongSignature(new PddError(20004));
}

/** The shop a token belongs to; it must have been given to this app. @throws PddError */
export function checkToken(gate: Gate, params: Params, appKey: string, nowMs: number): DemoShop {
	const access = params.get("access_token");
	if (!access) throw new PddError(10019, "access_token不能为空");
	const session = gate.shops.session(access, nowMs);
	if (session.state === "unknown") throw new PddError(10019, "access_token无效");
	if (session.shop.app.key !== appKey) throw new PddError(20032);
	if (!gate.holds(session, nowMs)) throw new PddError(10019);
	return session.shop;
}
