/** What an operation answers, by the names of nouns.ts. What is not listed answers an object that is not described. */
import type { JsonSchema } from "./json-schema.ts";
import { component } from "./shapes.ts";

/** By operation. `[noun]`: a list, {items} with `nextCursor` where it can be asked for page by page. */
export const answers: Readonly<Record<string, string | readonly [string]>> = {
	"account.login": "Tokens",
	"account.token": "Tokens",
	"account.refresh": "Tokens",
	"account.me": "Identity",
	"order.list": ["Order"],
	"order.get": "Order",
	"order.create": "Order",
	"order.hold": "Order",
	"order.release": "Order",
	"order.audit": "Order",
	"order.remark": "Order",
	"order.close": "Order",
	"order.reopen": "Order",
	"order.timeline": ["TimelineEntry"],
	"order.bulk": "BulkResults",
	"order.ship": "AcceptedShipments",
	"shipment.accept": "AcceptedShipments",
	"shipment.list": ["Shipment"],
	"aftersale.list": ["Aftersale"],
	"aftersale.get": "Aftersale",
	"aftersale.decide": "Aftersale",
	"aftersale.receive": "Aftersale",
	"aftersale.result": "Aftersale",
	"aftersale.timeline": ["TimelineEntry"],
	"erp.list": ["PushRow"],
	"erp.get": "Push",
	"erp.saveSkus": "SavedErpSkus",
	"sku.saveErpSkus": "SavedErpSkus",
	"sku.erpSkus": ["ErpSku"],
	"stock.save": "SavedStock",
	"shop.list": ["Shop"],
	"shop.get": "Shop",
	"shop.create": "Shop",
	"shop.update": "Shop",
	"rule.list": ["Rule"],
	"rule.get": "Rule",
	"rule.create": "Rule",
	"rule.update": "Rule",
	"connection.list": ["Connection"],
	"connection.get": "Connection",
	"connection.create": "Connection",
	"connection.update": "Connection",
	"user.list": ["User"],
	"user.get": "User",
	"user.create": "User",
	"user.update": "User",
	"client.list": ["Client"],
	"client.get": "Client",
	"client.create": "NewClient",
	"client.update": "Client",
	"alert.list": ["Alert"],
	"alert.settleByHand": "Alert",
	"audit.list": ["AuditEntry"],
	"order.summary": "OrderSummary",
	"order.repush": "Order",
	"order.rematch": "Order",
	"aftersale.summary": "AftersaleSummary",
	"shipment.import": "ImportedShipments",
	"shipment.retry": "Shipment",
	"waybill.list": ["Waybill"],
	"waybill.take": "Waybill",
	"waybill.get": "Waybill",
	"waybill.printed": "Waybill",
	"waybill.recycle": "Waybill",
	"waybill.printData": "PrintData",
	"product.list": ["Product"],
	"product.get": "Product",
	"sku.links": ["SkuLink"],
	"sku.link": "LinkedSku",
	"sku.unlink": "LinkedSku",
	"sku.unlinkOne": "LinkedSku",
	"sku.match": "SkuJob",
	"sku.job": "SkuJob",
	"stock.list": ["Stock"],
	"erp.retry": "Push",
	"erp.verify": "VerifiedPush",
	"erp.skip": "Push",
	"event.parked": ["Parked"],
	"event.replay": "SettledParked",
	"event.discard": "SettledParked",
};

/** `paged`: the operation takes a cursor. */
export function answerSchema(operation: string, paged: boolean): JsonSchema {
	const answer = answers[operation];
	if (typeof answer === "string") return component(answer);
	const items = { type: "array", items: answer ? component(answer[0]) : { type: "object" } };
	if (paged) {
		const nextCursor = { type: ["string", "null"], description: "null: this was the last page" };
		return { type: "object", properties: { items, nextCursor }, required: ["items", "nextCursor"] };
	}
	return answer ? { type: "object", properties: { items }, required: ["items"] } : { type: "object" };
}
