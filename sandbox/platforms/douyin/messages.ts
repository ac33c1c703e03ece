import { randomBytes } from "node:crypto";
import { stringify } from "lossless-json";
import type { Aftersale, MarketChange, MarketOrder, OrderEvent } from "../market-order.ts";
import type { HookMessage } from "../messenger.ts";
import type { DemoShop } from "../shops.ts";
import type { DoudianObject } from "./envelope.ts";
import { eventSign } from "./sign.ts";
import { aftersaleStatus, aftersaleTypes, refundStatus, statusesOf } from "./statuses.ts";

interface Told {
	tag: number;
	data: DoudianObject;
}

/**
 * What a change has to tell: signed lists of messages whose `data` is JSON text with ids as numbers. What happens to an
 * after-sale in one step is told in one call, a payment in two: hours may lie between it and the platform's check.
 */
export function messages(change: MarketChange, shop: DemoShop, nowMs: number): HookMessage[] {
	if (change.event === "aftersale") return [call(ofAftersale(change, nowMs), shop, nowMs)];
	return ofOrder(change.order, change.event, nowMs).map((told) => call([told], shop, nowMs));
}

function call(told: Told[], shop: DemoShop, nowMs: number): HookMessage {
	const list = told.map(({ tag, data }, at) => ({
		tag: String(tag),
		msg_id: messageId(at, nowMs),
		data: stringify({ shop_id: Number(shop.sellerId), ...data }) ?? "",
	}));
	const body = JSON.stringify(list);
	const { key, secret } = shop.app;
	return {
		method: "POST",
		query: {},
		headers: { "content-type": "application/json", "app-id": key, "event-sign": eventSign(key, body, secret) },
		body,
		acked: ({ status, body: answer }) => status === 200 && /"code"\s*:\s*0\b/.test(answer),
	};
}

/** 19 digits, the place in the call, and when it was made. */
function messageId(at: number, nowMs: number): string {
	const number = 7_100_000_000_000_000_000n + BigInt(randomBytes(6).readUIntBE(0, 6));
	return `${number}:${at}:${Math.floor(nowMs / 1000)}`;
}

/** Tags of what happens to an order. A payment is told as paid, and as checked. */
const orderTags: Record<OrderEvent, number[]> = {
	placed: [100],
	paid: [110, 101],
	address: [105],
	memo: [113],
	shipped: [102],
	reshipped: [104],
	completed: [103],
	closed: [106],
	touched: [126],
};
const partlyShipped = 108;

function ofOrder(order: MarketOrder, event: OrderEvent, nowMs: number): Told[] {
	const partly = event === "shipped" && order.status === "PART_SHIPPED";
	return (partly ? [partlyShipped] : orderTags[event]).map((tag) => ({
		tag,
		data: {
			p_id: BigInt(order.platformOrderId),
			s_ids: order.lines.map(({ lineId }) => BigInt(lineId)),
			order_status: statusesOf(order).order,
			order_type: 0,
			biz: 2,
			...(event === "placed"
				? { create_time: Math.floor(order.placedMs / 1000) }
				: { update_time: Math.floor(nowMs / 1000) }),
			...(event === "memo" && { remark: order.memo.seller, star: order.memo.flag }),
		},
	}));
}

function ofAftersale({ order, ...change }: MarketChange & { event: "aftersale" }, nowMs: number): Told[] {
	const { aftersale, opened } = change;
	return (opened ? [200] : tagsOf(aftersale)).map((tag) => ({
		tag,
		data: {
			aftersale_id: BigInt(aftersale.platformAftersaleId),
			p_id: BigInt(order.platformOrderId),
			s_id: BigInt(aftersale.lineId),
			aftersale_status: aftersaleStatus(aftersale)[0],
			aftersale_type: aftersaleTypes[aftersale.type][0],
			refund_amount: aftersale.refundFen,
			refund_status: refundStatus(aftersale),
			update_time: Math.floor(nowMs / 1000),
		},
	}));
}

const deadlineChanged = 209;

function tagsOf({ status, type, returnParcel }: Aftersale): number[] {
	switch (status) {
		case "WAIT_BUYER_RETURN":
			return [202];
		case "WAIT_SELLER_RECEIVE":
			return [203];
		case "WAIT_SELLER_SHIP":
			return [type === "RESEND" ? 227 : deadlineChanged];
		case "WAIT_BUYER_CONFIRM":
			return [type === "RESEND" ? 226 : 211];
		case "REFUSED":
			return [returnParcel || type === "RETURN_REFUND" ? 205 : 204];
		case "DONE":
			return refundStatus({ status, type }) === 3 ? [201, 206] : [207];
		case "CLOSED":
			return [207];
		case "APPLIED":
			return [208];
	}
}
