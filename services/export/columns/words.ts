/** Codes of what is exported, beside those of config/words.ts. */
import type { Words } from "../../../config/words.ts";
import type { AftersaleStatus, AftersaleType } from "../../aftersale/aftersale.ts";
import type { PushKind } from "../../erp/driver.ts";
import type { PushState } from "../../erp/push.model.ts";
import type { OrderLine } from "../../order/order.ts";
import type { ProductStatus } from "../../product/product.ts";
import type { ShipmentState } from "../../shipment/shipment.model.ts";
import type { LinkSource } from "../../sku/sku-link.ts";

export const lineRefunds: Readonly<Record<OrderLine["refund"], Words>> = {
	NONE: { zh: "", en: "" },
	APPLIED: { zh: "退款中", en: "applied" },
	DONE: { zh: "已退款", en: "done" },
};

export const aftersaleTypes: Readonly<Record<AftersaleType, Words>> = {
	REFUND_BEFORE_SHIP: { zh: "发货前退款", en: "refund before shipping" },
	REFUND_ONLY: { zh: "仅退款", en: "refund only" },
	RETURN_REFUND: { zh: "退货退款", en: "return and refund" },
	EXCHANGE: { zh: "换货", en: "exchange" },
	RESEND: { zh: "补发", en: "resend" },
	REPAIR: { zh: "维修", en: "repair" },
	PRICE_PROTECT: { zh: "价保", en: "price protection" },
	REJECTED: { zh: "拒收", en: "refused at the door" },
};

export const aftersaleStatuses: Readonly<Record<AftersaleStatus, Words>> = {
	APPLIED: { zh: "待商家处理", en: "to be answered" },
	WAIT_BUYER_RETURN: { zh: "待买家退货", en: "buyer to return" },
	WAIT_SELLER_RECEIVE: { zh: "待商家收货", en: "seller to receive" },
	WAIT_SELLER_SHIP: { zh: "待商家发货", en: "seller to ship" },
	WAIT_BUYER_CONFIRM: { zh: "待买家确认", en: "buyer to confirm" },
	PLATFORM_HANDLING: { zh: "平台处理中", en: "with the platform" },
	REFUSED: { zh: "已拒绝", en: "refused" },
	DONE: { zh: "已完成", en: "done" },
	CLOSED: { zh: "已关闭", en: "closed" },
};

export const shipmentStates: Readonly<Record<ShipmentState, Words>> = {
	WAITING: { zh: "待放行", en: "waiting for a flow" },
	PENDING: { zh: "待回传", en: "to be told" },
	SENDING: { zh: "回传中", en: "being told" },
	SHIPPED: { zh: "已发货", en: "shipped" },
	FAILED: { zh: "回传失败", en: "failed" },
	HELD: { zh: "订单已拦截", en: "order held" },
};

export const pushStates: Readonly<Record<PushState, Words>> = {
	PENDING: { zh: "待推送", en: "to be sent" },
	SENDING: { zh: "推送中", en: "being sent" },
	OK: { zh: "已推送", en: "done" },
	REJECTED: { zh: "ERP 拒绝", en: "refused" },
	IN_DOUBT: { zh: "疑似", en: "in doubt" },
	PARKED: { zh: "已搁置", en: "parked" },
};

export const pushKinds: Readonly<Record<PushKind, Words>> = {
	order: { zh: "订单", en: "order" },
	change: { zh: "订单变更", en: "change" },
	cancel: { zh: "取消", en: "cancel" },
	aftersale: { zh: "售后", en: "after-sale" },
};

export const productStatuses: Readonly<Record<ProductStatus, Words>> = {
	ON_SALE: { zh: "在售", en: "on sale" },
	OFF_SALE: { zh: "已下架", en: "off sale" },
	DELETED: { zh: "已删除", en: "deleted" },
};

export const linkSources: Readonly<Record<LinkSource, Words>> = {
	manual: { zh: "人工", en: "by hand" },
	auto: { zh: "自动", en: "automatic" },
};
