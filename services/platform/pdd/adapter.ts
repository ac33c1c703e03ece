import type { PlatformAdapter } from "../adapter.ts";
import { aftersales } from "./aftersales.ts";
import { decisions } from "./decisions.ts";
import { orders } from "./orders.ts";
import { products } from "./products.ts";
import { remark } from "./remark.ts";
import { reveal } from "./reveal.ts";
import { shipping } from "./ship.ts";
import { socket } from "./socket.ts";
import { setStock } from "./stock.ts";
import { tokens } from "./token.ts";
import { waybills } from "./waybills.ts";

/** 拼多多, over its open platform (POP) and message server (PMC). */
export const pdd: PlatformAdapter = {
	name: "pdd",
	// As SDKs list the limits, a bit below: of orders 3000 a minute, of after-sales 100 in ten seconds, of goods 600 a minute.
	rates: {
		usual: 40,
		methods: {
			"pdd.order.number.list.increment.get": 40,
			"pdd.order.information.get": 80,
			"pdd.refund.list.increment.get": 8,
			"pdd.refund.information.get": 80,
			"pdd.goods.list.get": 8,
			"pdd.open.decrypt.batch": 0.09, // one in ten seconds
		},
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
	socket,
};
