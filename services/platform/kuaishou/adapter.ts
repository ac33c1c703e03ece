import type { PlatformAdapter } from "../adapter.ts";
import { readAftersale } from "./aftersale-reader.ts";
import { aftersaleModifiedAt, changedAftersales, getAftersale } from "./aftersales.ts";
import { decisions } from "./decisions.ts";
import { hook } from "./hook.ts";
import { readOrder } from "./order-reader.ts";
import { changedOrders, getOrder, orderModifiedAt } from "./orders.ts";
import { getProduct, productLists, productModifiedAt, readProduct } from "./products.ts";
import { remark } from "./remark.ts";
import { reveal } from "./reveal.ts";
import { shipping } from "./ship.ts";
import { setStock } from "./stock.ts";
import { tokens } from "./token.ts";
import { waybills } from "./waybills.ts";

/**
 * 快手小店. Amounts are fen, times Unix milliseconds, an order is one SKU. Known limits a second: 300 for the order list,
 * 100 for decrypting and for writes to goods; for the others none is told.
 */
export const kuaishou: PlatformAdapter = {
	name: "kuaishou",
	rates: { usual: 50, methods: { "open.order.cursor.list": 200 } },
	orders: { lists: [changedOrders], get: getOrder, modifiedAt: orderModifiedAt, read: readOrder },
	aftersales: { lists: [changedAftersales], get: getAftersale, modifiedAt: aftersaleModifiedAt, read: readAftersale },
	products: { lists: productLists, get: getProduct, modifiedAt: productModifiedAt, read: readProduct },
	shipping,
	tokens,
	decisions,
	remark,
	setStock,
	reveal,
	waybills,
	hook,
};
