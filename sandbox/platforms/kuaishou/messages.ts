import { createCipheriv, randomUUID } from "node:crypto";
import { stringify } from "lossless-json";
import type { MarketChange, OrderEvent } from "../market-order.ts";
import type { HookMessage } from "../messenger.ts";
import type { DemoShop } from "../shops.ts";
import type { KsObject } from "./envelope.ts";
import { handlingWay, orderStatus, refundStatus } from "./statuses.ts";

const orderEvents: Partial<Record<OrderEvent, string>> = {
	placed: "kwaishop_order_addOrder",
	paid: "kwaishop_order_paySuccess",
	address: "kwaishop_order_addressChange",
	memo: "kwaishop_order_addNote",
	shipped: "kwaishop_order_delivering",
	completed: "kwaishop_order_orderSuccess",
	closed: "kwaishop_order_orderFail",
};

const sellerId = 1_234_567_890;

/** The message about a change, encrypted with the app's message secret; none for what the platform does not tell of. */
export function messages(change: MarketChange, shop: DemoShop, nowMs: number): HookMessage[] {
	const told = change.event === "aftersale" ? aboutAftersale(change, nowMs) : aboutOrder(change, shop, nowMs);
	if (!told) return [];
	const plain = {
		eventId: randomUUID(),
		msgId: `msg-${nowMs}-${randomUUID().slice(0, 8)}`,
		bizId: told.bizId,
		userId: sellerId,
		openId: shop.sellerId,
		appKey: shop.app.key,
		event: told.event,
		info: stringify(told.info) ?? "", // JSON text inside the JSON
		createTime: nowMs,
		updateTime: nowMs,
		test: false,
	};
	return [
		{
			method: "POST",
			query: {},
			headers: { "content-type": "text/plain;charset=utf-8" },
			body: encrypted(stringify(plain) ?? "", shop.app.messageKey ?? ""),
			acked: ({ status, body }) => status === 200 && /^\{"result":1[,}]/.test(body.replace(/\s/g, "")),
		},
	];
}

interface Told {
	event: string;
	bizId: bigint;
	info: KsObject;
}

type OrderChange = Extract<MarketChange, { aftersale: null }>;
type AftersaleChange = Exclude<MarketChange, { aftersale: null }>;

function aboutOrder({ order, event }: OrderChange, shop: DemoShop, updateTime: number): Told | undefined {
	const name = orderEvents[event];
	const oid = BigInt(order.platformOrderId);
	if (!name) return undefined;
	if (event === "memo") {
		const { seller, flag } = order.memo;
		const told = { bizId: oid, note: seller, flag, operatorName: "客服01", operatorType: 1, type: 1, eventType: 1 };
		return { event: name, bizId: oid, info: { ...told, updateTime } };
	}
	const ids = { oid, openId: shop.sellerId };
	if (event === "address") {
		return {
			event: name,
			bizId: oid,
			info: { ...ids, seller_id: sellerId, buyerOpenId: order.buyer.openId, updateTime },
		};
	}
	if (event === "placed") {
		return {
			event: name,
			bizId: oid,
			info: { ...ids, sellerId, buyerOpenId: order.buyer.openId, createTime: order.placedMs },
		};
	}
	return { event: name, bizId: oid, info: { ...ids, sellerId, status: orderStatus(order), updateTime } };
}

function aboutAftersale({ order, aftersale, opened }: AftersaleChange, updateTime: number): Told {
	const refundId = BigInt(aftersale.platformAftersaleId);
	const info = {
		orderId: BigInt(order.platformOrderId),
		refundId,
		handlingWay: handlingWay(aftersale),
		specialRefundType: 0,
		status: refundStatus(aftersale),
		createTime: aftersale.createdMs,
	};
	if (opened) return { event: "kwaishop_aftersales_addRefund", bizId: refundId, info };
	return { event: "kwaishop_aftersales_updateRefund", bizId: refundId, info: { ...info, eventType: 1, updateTime } };
}

/** AES-128-CBC with the decoded secret as the key and sixteen zero bytes before, in Base64. */
function encrypted(plain: string, secret: string): string {
	const cipher = createCipheriv("aes-128-cbc", Buffer.from(secret, "base64"), Buffer.alloc(16));
	return Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]).toString("base64");
}
