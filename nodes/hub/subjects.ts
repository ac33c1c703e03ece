/** What happens in the hub: every event that a flow may start from, in both languages. */

import type { Words } from "../../config/words.ts";
import type { AftersaleVerb } from "../../services/aftersale/events.ts";
import type { PushVerb } from "../../services/erp/push-step.ts";
import type { OrderVerb } from "../../services/order/events.ts";
import type { ShipmentVerb } from "../../services/shipment/ship-step.ts";
import type { WaybillVerb } from "../../services/waybill/events.ts";

type Subject =
	| `hub.order.${OrderVerb}`
	| `hub.aftersale.${AftersaleVerb}`
	| `hub.push.${PushVerb}`
	| `hub.shipment.${ShipmentVerb}`
	| `hub.waybill.${WaybillVerb}`
	| "hub.stock.changed"
	| "hub.alert.raised"
	| "hub.alert.closed"
	| "hub.window.gap"
	| "hub.delivery.parked";

export const subjects: Readonly<Record<Subject, Words>> = {
	"hub.order.created": { zh: "新订单", en: "order: new" },
	"hub.order.changed": { zh: "订单变更", en: "order: changed" },
	"hub.order.ready": { zh: "订单可推送", en: "order: ready to push" },
	"hub.order.held": { zh: "订单被拦截", en: "order: held" },
	"hub.order.released": { zh: "订单解除拦截", en: "order: released" },
	"hub.order.shipped": { zh: "订单已发货", en: "order: shipped" },
	"hub.order.closed": { zh: "订单已关闭", en: "order: closed" },
	"hub.order.pushed": { zh: "订单已推送到 ERP", en: "order: the ERP has it" },
	"hub.order.push-rejected": { zh: "订单被 ERP 拒绝", en: "order: refused by the ERP" },
	"hub.order.push-parked": { zh: "订单推送已搁置", en: "order: push parked" },
	"hub.order.push-doubtful": { zh: "订单推送疑似", en: "order: push in doubt" },
	"hub.order.recall": { zh: "订单需从 ERP 撤回", en: "order: to be given back by the ERP" },
	"hub.order.recalled": { zh: "订单已从 ERP 撤回", en: "order: given back by the ERP" },
	"hub.order.recall-refused": { zh: "ERP 拒绝撤回订单", en: "order: not given back by the ERP" },
	"hub.order.parcel-shipped": { zh: "订单的一个包裹已发货", en: "order: a parcel shipped" },
	"hub.order.remarked": { zh: "订单已备注", en: "order: note written" },
	"hub.order.tagged": { zh: "订单已打标", en: "order: tags changed" },
	"hub.order.closed-in-hub": { zh: "订单在集成中心关闭", en: "order: closed in the hub" },
	"hub.order.reopened": { zh: "订单重新打开", en: "order: reopened" },
	"hub.aftersale.created": { zh: "新售后", en: "after-sale: new" },
	"hub.aftersale.changed": { zh: "售后变更", en: "after-sale: changed" },
	"hub.aftersale.decision-made": {
		zh: "售后已决定，待告知平台",
		en: "after-sale: decided, the platform is to be told",
	},
	"hub.aftersale.decision-doubtful": { zh: "售后决定疑似", en: "after-sale: decision in doubt" },
	"hub.aftersale.decision-done": { zh: "售后决定已生效", en: "after-sale: decision taken by the platform" },
	"hub.aftersale.decision-failed": { zh: "平台拒绝售后决定", en: "after-sale: decision refused by the platform" },
	"hub.aftersale.received": { zh: "退货已收到", en: "after-sale: goods received" },
	"hub.aftersale.pushed": { zh: "售后已推送到 ERP", en: "after-sale: the ERP has it" },
	"hub.aftersale.push-rejected": { zh: "售后被 ERP 拒绝", en: "after-sale: refused by the ERP" },
	"hub.aftersale.push-doubtful": { zh: "售后推送疑似", en: "after-sale: push in doubt" },
	"hub.aftersale.push-parked": { zh: "售后推送已搁置", en: "after-sale: push parked" },
	"hub.push.done": { zh: "ERP 单据：成功", en: "ERP document: ok" },
	"hub.push.rejected": { zh: "ERP 单据：拒绝", en: "ERP document: rejected" },
	"hub.push.doubtful": { zh: "ERP 单据：疑似", en: "ERP document: in doubt" },
	"hub.push.parked": { zh: "ERP 单据：已搁置", en: "ERP document: parked" },
	"hub.shipment.accepted": { zh: "包裹已接收，待告知平台", en: "shipment: accepted, the platform is to be told" },
	"hub.shipment.shipped": { zh: "包裹已告知平台", en: "shipment: told to the platform" },
	"hub.shipment.failed": { zh: "平台拒绝发货", en: "shipment: refused by the platform" },
	"hub.waybill.taken": { zh: "面单已取号", en: "waybill: number taken" },
	"hub.waybill.printed": { zh: "面单已打印", en: "waybill: printed" },
	"hub.waybill.recycled": { zh: "面单已回收", en: "waybill: number given back" },
	"hub.stock.changed": { zh: "ERP 库存变更", en: "stock: changed in the ERP" },
	"hub.alert.raised": { zh: "告警出现", en: "alert: raised" },
	"hub.alert.closed": { zh: "告警解除", en: "alert: over" },
	"hub.window.gap": { zh: "拉取出现数据缺口", en: "pull: gap in the data" },
	"hub.delivery.parked": { zh: "事件重试用尽，已搁置", en: "event: parked after its last attempt" },
};
