import { demoShops } from "./demo-shop.ts";
import { callSign } from "./sign.ts";

/** An answer of the 小红书 simulator, in either form. */
export interface ArkAnswer<T> {
	error_code?: number;
	error_msg?: string;
	code?: number;
	msg?: string;
	success: boolean;
	data: T;
}

const [demo] = demoShops;
if (!demo) throw new Error("no demo shop");
export const demoShop = demo;

export const gatewayPath = "/xiaohongshu/ark/open_api/v3/common_controller";

/** Calls a method as the demo shop, for tests. `changes` come after signing; one that is `undefined` is left out. */
export async function ark<T = Record<string, unknown>>(
	url: string,
	method: string,
	params: object = {},
	changes: Record<string, unknown> = {},
): Promise<ArkAnswer<T>> {
	const { key: appId, secret } = demoShop.app;
	const system = { method, appId, timestamp: String(Math.floor(Date.now() / 1000)), version: "2.0" };
	const { access: accessToken } = demoShop.token;
	const body = { ...system, sign: callSign(system, secret), accessToken, ...params, ...changes };
	const response = await fetch(`${url}${gatewayPath}`, {
		method: "POST",
		headers: { "content-type": "application/json;charset=utf-8" },
		body: JSON.stringify(body),
	});
	return (await response.json()) as ArkAnswer<T>;
}

/** Ships an order whole, by a number of 顺丰's; `params` come instead. */
export const deliverAs = (url: string, orderId: string, params: object = {}): Promise<ArkAnswer<unknown>> =>
	ark(url, "order.orderDeliver", {
		...{ orderId, expressCompanyCode: "shunfeng", expressNo: "SF1234567890123", unpack: false },
		...params,
	});

/** What names the receiver of an order as it is now. */
export async function openAddressId(url: string, orderId: string): Promise<string> {
	return (await ark<{ openAddressId: string }>(url, "order.getOrderDetail", { orderId })).data.openAddressId;
}

/** The last half hour but a little: what a list of changes may be asked for. */
export function lastMinutes(unitMs: number): { startTime: number; endTime: number; timeType: number } {
	const nowMs = Date.now();
	const [startTime, endTime] = [nowMs - 20 * 60_000, nowMs + 5_000].map((ms) => Math.floor(ms / unitMs));
	return { startTime: startTime ?? 0, endTime: endTime ?? 0, timeType: 2 };
}
