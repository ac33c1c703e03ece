import { randomBytes, randomInt } from "node:crypto";
import { stringify } from "lossless-json";
import type { MarketChange, MarketOrder } from "../market-order.ts";
import type { HookMessage } from "../messenger.ts";
import type { DemoShop } from "../shops.ts";
import type { WxObject, WxValue } from "./envelope.ts";
import { seconds } from "./order.ts";
import { pushSignature, sealed } from "./push-crypto.ts";
import { aftersaleStatus } from "./statuses.ts";

/** What a change is called and tells; null: the platform tells nobody. Numbers come as text or as JSON numbers. */
function eventOf(change: MarketChange): WxObject | null {
	const { order } = change;
	const text: WxValue = order.platformOrderId;
	const number: WxValue = BigInt(order.platformOrderId);
	switch (change.event) {
		case "placed":
			return { Event: "channels_ec_order_new", order_info: { order_id: text } };
		case "paid":
			return {
				Event: "channels_ec_order_pay",
				order_info: { order_id: number, pay_time: String(seconds(order.paidMs ?? 0)) },
			};
		case "address":
			return { Event: "channels_ec_order_ext_info_update", order_info: { order_id: number, type: 1 } };
		case "memo":
			return { Event: "channels_ec_order_ext_info_update", order_info: { order_id: text, type: 2 } };
		case "shipped":
		case "reshipped":
			return {
				Event: "channels_ec_order_deliver",
				order_info: { order_id: number, finish_delivery: isAllSent(order) ? 1 : 0 },
			};
		case "completed":
			return { Event: "channels_ec_order_confirm", order_info: { order_id: text, confirm_type: 1 } };
		case "closed":
			return {
				Event: "channels_ec_order_cancel",
				order_info: { order_id: number, cancel_type: order.paidMs === null ? 1 : 3 },
			};
		case "touched":
			return null;
		case "aftersale": {
			const { aftersale } = change;
			const id = aftersale.status === "APPLIED" ? BigInt(aftersale.platformAftersaleId) : aftersale.platformAftersaleId;
			const about = { status: aftersaleStatus(aftersale), after_sale_order_id: id, order_id: text };
			return { Event: "channels_ec_aftersale_update", finder_shop_aftersale_status_update: about };
		}
	}
}

const isAllSent = (order: MarketOrder): boolean => order.lines.every((line) => line.shipped || line.closed);

/** The pushes of a change, in secure mode as JSON. */
export function pushesOf(change: MarketChange, shop: DemoShop, nowMs: number): HookMessage[] {
	const event = eventOf(change);
	if (!event) return [];
	const envelope = {
		ToUserName: shop.sellerId,
		FromUserName: change.order.buyer.openId,
		CreateTime: seconds(nowMs),
		MsgType: "event",
	};
	return [secured(stringify({ ...envelope, ...event }) ?? "", shop, nowMs)];
}

function secured(content: string, { app, sellerId }: DemoShop, nowMs: number): HookMessage {
	const { key: appId, messageToken = "", messageKey = "" } = app;
	const encrypted = sealed(content, { aesKey: messageKey, appId, random: randomBytes(16) });
	const timestamp = String(seconds(nowMs));
	const nonce = String(randomInt(1_000_000_000));
	return {
		method: "POST",
		query: {
			signature: pushSignature([messageToken, timestamp, nonce]),
			timestamp,
			nonce,
			openid: "o0000000000000000000000000000",
			encrypt_type: "aes",
			msg_signature: pushSignature([messageToken, timestamp, nonce, encrypted]),
		},
		headers: { "content-type": "application/json" },
		body: JSON.stringify({ ToUserName: sellerId, Encrypt: encrypted }),
		acked: ({ status, body }) => status === 200 && (body === "success" || body === ""),
	};
}
