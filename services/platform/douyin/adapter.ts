import type { PlatformAdapter } from "../adapter.ts";
import { aftersales } from "./aftersales.ts";
import { decisions } from "./decisions.ts";
import { hook } from "./hook.ts";
import { orders } from "./orders.ts";
import { products } from "./products.ts";
import { remark } from "./remark.ts";
import { reveal } from "./reveal.ts";
import { shipping } from "./ship.ts";
import { setStock } from "./stock.ts";
import { tokens } from "./token.ts";
import { waybills } from "./waybills.ts";

/** 抖店, over the gateway of its open platform. */
export const douyin: PlatformAdapter = {
	name: "douyin",
	/** The platform tells 600, 900, 180 and 500 a second for these, and nothing for the others. */
	rates: {
		usual: 40,
		methods: { "order.searchList": 400, "order.orderDetail": 600, "product.listV2": 120, "afterSale.List": 350 },
	},
	orders,
	aftersales,
	products,
	shipping,
	tokens,
	decisions,
	remark,
	setStock,
	reveal,
	waybills,
	hook,
};
