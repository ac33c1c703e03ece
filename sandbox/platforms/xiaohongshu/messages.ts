import { randomUUID } from "node:crypto";
import { yuan } from "../../money.ts";
import type { Market } from "../market.ts";
import type { Aftersale, AftersaleStatus, MarketChange, MarketOrder } from "../market-order.ts";
import type { HookAnswer, HookMessage } from "../messenger.ts";
import type { DemoShop } from "../shops.ts";
import { openAddressId } from "./order-document.ts";
import { messageSign } from "./sign.ts";
import { orderStatus, returnTypes } from "./statuses.ts";

/** Parameters the seller wrote into the address the messages go to: they are signed as they read, not as they travel. */
const query = { channel: "小红书" };

/** What a change causes: one call with one message in its list. */
export function messageOf(market: Market, change: MarketChange, shop: DemoShop, nowMs: number): HookMessage {
	const [msgTag, data] = contentOf(market, change, shop);
	const body = JSON.stringify([{ msgTag, sellerId: shop.sellerId, data: JSON.stringify(data) }]);
	const signed = { "app-key": shop.app.key, timestamp: String(Math.floor(nowMs / 1000)) };
	const path = `/api/v1/hooks/${shop.platform}/${shop.shopId}`;
	const sign = messageSign(path, new Map(Object.entries({ ...signed, ...query })), shop.app.secret);
	const headers = { ...signed, sign, "content-type": "application/json;charset=utf-8" };
	return { method: "POST", query, headers, body, acked };
}

function contentOf(market: Market, change: MarketChange, shop: DemoShop): [msgTag: string, data: object] {
	const { order } = change;
	if (change.event === "aftersale") return [aftersaleTag(change), aftersaleData(order, change.aftersale)];
	const { platformOrderId: orderId, modifiedMs: updateTime } = order;
	switch (change.event) {
		case "address":
			return ["msg_fulfillment_receiver_change", { orderId, openAddressId: openAddressId(shop, order), updateTime }];
		case "memo": {
			const remark = { sellerRemarkContent: order.memo.seller, sellerRemarkOperator: shop.name };
			return ["msg_fulfillment_seller_remark_change", { orderId, ...remark, updateTime }];
		}
		case "touched": {
			const promiseLastShipTime = (order.paidMs ?? order.placedMs) + 48 * 3_600_000;
			return ["msg_fulfillment_delivery_time_change", { orderId, promiseLastShipTime, updateTime }];
		}
		default: {
			const status = orderStatus(market, order);
			const parcel = { packageId: randomUUID(), packageStatus: status };
			return ["msg_fulfillment_status_change", { orderId, orderStatus: status, updateTime, ...parcel }];
		}
	}
}

const aftersaleTags: Readonly<Partial<Record<AftersaleStatus, string>>> = {
	WAIT_BUYER_RETURN: "msg_after_sale_audit_pass",
	WAIT_SELLER_SHIP: "msg_after_sale_confirm_receive",
	DONE: "msg_after_sale_refund_finished",
};

function aftersaleTag({ aftersale, opened }: { aftersale: Aftersale; opened: boolean }): string {
	if (opened) return "msg_after_sale_create";
	if (aftersale.status === "REFUSED" && aftersale.returnParcel) return "msg_after_sale_reject_receive";
	return aftersaleTags[aftersale.status] ?? "msg_after_sale_update";
}

function aftersaleData(order: MarketOrder, aftersale: Aftersale): object {
	return {
		returnsId: aftersale.platformAftersaleId,
		orderId: order.platformOrderId,
		returnType: returnTypes[aftersale.type],
		requestFrom: 1,
		refundFee: yuan(aftersale.refundFen),
		updateTime: aftersale.modifiedMs,
	};
}

function acked({ status, body }: HookAnswer): boolean {
	if (status !== 200) return false;
	try {
		return (JSON.parse(body) as { success?: unknown } | null)?.success === true;
	} catch {
		return false;
	}
}
