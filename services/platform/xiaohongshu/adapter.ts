import type { PlatformAdapter } from "../adapter.ts";
import { epochMs } from "../record.ts";
import { aftersaleModifiedAt, readAftersale } from "./aftersale-reader.ts";
import { changedAftersales, getAftersale } from "./aftersales.ts";
import { decisions } from "./decisions.ts";
import { hook } from "./hook.ts";
import { readOrder } from "./order-reader.ts";
import { changedOrders } from "./orders.ts";
import { productModifiedAt, readProduct } from "./product-reader.ts";
import { getProduct, shelf } from "./products.ts";
import { getOrder } from "./receiver.ts";
import { remark } from "./remark.ts";
import { reveal } from "./reveal.ts";
import { shipping } from "./ship.ts";
import { setStock } from "./stock.ts";
import { tokens } from "./token.ts";
import { waybills } from "./waybills.ts";

/** 小红书, over the open API of 千帆 (ark). */
export const xiaohongshu: PlatformAdapter = {
	name: "xiaohongshu",
	// 100 calls a second of one app, whatever the method. An order takes three of them: most are theirs.
	rates: {
		usual: 3,
		methods: {
			"order.getOrderList": 8,
			"order.getOrderDetail": 24,
			"order.getOrderReceiverInfo": 24,
			"data.batchDesensitise": 24,
			"afterSale.getAfterSaleInfo": 4,
			"product.getItemInfo": 4,
			"order.orderDeliver": 6,
		},
	},
	orders: {
		lists: [changedOrders],
		get: getOrder,
		modifiedAt: (raw) => epochMs(raw, "updateTime"),
		read: readOrder,
	},
	aftersales: {
		lists: [changedAftersales],
		get: getAftersale,
		modifiedAt: aftersaleModifiedAt,
		read: readAftersale,
	},
	products: { lists: [shelf], get: getProduct, modifiedAt: productModifiedAt, read: readProduct },
	shipping,
	tokens,
	decisions,
	remark,
	setStock,
	reveal,
	waybills,
	hook,
};
