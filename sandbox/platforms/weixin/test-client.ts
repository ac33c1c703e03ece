import { demoShops } from "./demo-shop.ts";

/** An answer of the 微信小店 simulator. */
export type WxAnswer<T = object> = T & { errcode: number; errmsg: string };

const [shop] = demoShops;
if (!shop) throw new Error("no demo shop");

/** Calls a path of the shop API with the demo shop's first token, or another one. */
export function wx<T = object>(
	url: string,
	path: string,
	body: object | string = {},
	token = shop?.token.access ?? "",
): Promise<WxAnswer<T>> {
	return post<T>(`${url}/weixin/channels/ec/${path}?access_token=${encodeURIComponent(token)}`, body);
}

/** Asks for a token as the demo shop's app. */
export function stableToken(
	url: string,
	changes: object = {},
): Promise<WxAnswer<{ access_token: string; expires_in: number }>> {
	const app = { grant_type: "client_credential", appid: shop?.app.key, secret: shop?.app.secret };
	return post(`${url}/weixin/cgi-bin/stable_token`, { ...app, ...changes });
}

async function post<T>(url: string, body: object | string): Promise<WxAnswer<T>> {
	const text = typeof body === "string" ? body : JSON.stringify(body);
	const response = await fetch(url, { method: "POST", body: text });
	return (await response.json()) as WxAnswer<T>;
}

/** Unix seconds some seconds from now. */
export const inSeconds = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds;
