import type { PlatformAdapter } from "../adapter.ts";
import { aftersales } from "./aftersales.ts";
import { decisions } from "./decisions.ts";
import { orders } from "./orders.ts";
import { products } from "./products.ts";
import { remark } from "./remark.ts";
import { reveal } from "./reveal.ts";
import { shipping } from "./ship.ts";
import { setStock } from "./stock.ts";
import { tokens } from "./token.ts";
import { waybills } from "./waybills.ts";

/** 京东 (POP sellers), over routerjson. It tells nothing by itself: what changed is found by asking. */
export const jd: PlatformAdapter = {
	name: "jd",
	/** The quota of an app stands in 京东's console, and differs from app to app. */
	rates: { usual: 30, methods: {} },
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
};
