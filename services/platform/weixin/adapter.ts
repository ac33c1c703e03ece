import type { PlatformAdapter } from "../adapter.ts";
import { epochSec } from "../record.ts";
import { readAftersale } from "./aftersale-reader.ts";
import { changed as changedAftersales, getAftersale } from "./aftersales.ts";
import { decisions } from "./decisions.ts";
import { hook } from "./hook.ts";
import { readOrder } from "./order-reader.ts";
import { changed as changedOrders, getOrder } from "./orders.ts";
import { products } from "./products.ts";
import { remark } from "./remark.ts";
import { reveal } from "./reveal.ts";
import { shipping } from "./ship.ts";
import { setStock } from "./stock.ts";
import { tokens } from "./token.ts";
import { waybills } from "./waybills.ts";

/** 微信小店, for a shop's own app. */
export const weixin: PlatformAdapter = {
	name: "weixin",
	// Some 10,000 calls a minute of one API are allowed; the token's calls are counted by the day.
	rates: { usual: 130, methods: { "/cgi-bin/stable_token": 1, "/cgi-bin/stable_token by force": 1 } },
	orders: {
		lists: [changedOrders],
		get: getOrder,
		modifiedAt: (raw) => epochSec(raw, "update_time"),
		read: readOrder,
	},
	aftersales: {
		lists: [changedAftersales],
		get: getAftersale,
		modifiedAt: (raw) => epochSec(raw, "update_time"),
		read: readAftersale,
	},
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
