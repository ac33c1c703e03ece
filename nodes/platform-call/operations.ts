/**
 * What a flow may read at a platform that no other node brings: actions of the service `platform.<name>`. Each answers a
 * list; `gives`: what of a row reaches the flow. Names, phones and addresses stay behind, a seller's own too.
 */
import type { RefusalReason, ReturnAddress, ShippedLine } from "../../services/platform/adapter.ts";
import type { WaybillAccount, WaybillTemplate } from "../../services/platform/waybill.ts";

export const operationFields = ["orderNo", "aftersaleNo", "carrier"] as const;
export type OperationField = (typeof operationFields)[number];

interface Operation {
	zh: string;
	en: string;
	ofShop: boolean; // false: the same for every shop of the platform
	fields: readonly OperationField[]; // needed
	gives: readonly string[];
}

const only = <Row>(...names: (keyof Row & string)[]): readonly string[] => names;

export const operations: Readonly<Record<string, Operation>> = {
	shipped: {
		zh: "订单在平台上的发货情况",
		en: "What was shipped of an order",
		ofShop: true,
		fields: ["orderNo"],
		gives: only<ShippedLine>("carrier", "trackingNo", "lineId"),
	},
	carriers: {
		zh: "平台支持的快递公司",
		en: "The platform's carriers",
		ofShop: false,
		fields: [],
		gives: only<{ carrier: string; code: string }>("carrier", "code"),
	},
	"aftersales.reasons": {
		zh: "售后可用的拒绝原因",
		en: "Reasons an after-sale may be refused for",
		ofShop: true,
		fields: ["aftersaleNo"],
		gives: only<RefusalReason>("code", "text", "needsProof"),
	},
	"aftersales.addresses": {
		zh: "店铺的退货地址编号",
		en: "Ids of the shop's addresses for returns",
		ofShop: true,
		fields: [],
		gives: only<ReturnAddress>("id", "isDefault"),
	},
	"waybill.accounts": {
		zh: "电子面单账号与余量",
		en: "Waybill accounts and what is left of them",
		ofShop: true,
		fields: ["carrier"],
		gives: only<WaybillAccount>("carrier", "branchCode", "branchName", "accountCode", "left"),
	},
	"waybill.templates": {
		zh: "电子面单模板",
		en: "Waybill templates",
		ofShop: true,
		fields: ["carrier"],
		gives: only<WaybillTemplate>("id", "name", "url"),
	},
};
