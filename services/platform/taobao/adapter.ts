import type { PlatformAdapter } from "../adapter.ts";
import { aftersales } from "./aftersales.ts";
import { decisions } from "./decisions.ts";
import { remark } from "./memo.ts";
import { orders } from "./orders.ts";
import { products } from "./products.ts";
import { reveal } from "./reveal.ts";
import { shipping } from "./ship.ts";
import { socket } from "./socket.ts";
import { setStock } from "./stock.ts";
import { tokens } from "./token.ts";
import { waybills } from "./waybills.ts";

/** 淘宝 and 天猫, over TOP. */
export const taobao: PlatformAdapter = {
	name: "taobao",
	rates: { usual: 80, methods: {} },
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
