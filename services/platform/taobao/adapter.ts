import type { PlatformAdapter } from "../adapter.ts";
import { time } from "../record.ts";
import { carriers } from "./carriers.ts";
import { toOrder } from "./order-reader.ts";
import * as orders from "./orders.ts";
import { readShip, shippedLines, shipRequest } from "./ship.ts";
import { readToken, refreshRequest } from "./token.ts";

const minute = 60_000;
const day = 24 * 60 * minute;

/** 淘宝 and 天猫, over TOP. */
export const taobao: PlatformAdapter = {
	name: "taobao",
	rules: {
		orders: {
			windowMs: 30 * minute,
			lagMs: 0, // no lag is documented: what is listed late is met again in the overlap
			overlapMs: 2 * minute,
			pageSize: orders.pageSize,
			historyMs: 90 * day,
		},
		callsPerSecond: 80,
	},
	carriers,
	can: { partShip: true, manyParcels: true },
	countOrdersRequest: orders.countOrdersRequest,
	readOrderCount: orders.readOrderCount,
	listOrdersRequest: orders.listOrdersRequest,
	readOrderList: orders.readOrderList,
	orderRequest: orders.orderRequest,
	readOrder: orders.readOrder,
	modifiedAt: (raw) => time(raw, "modified"),
	toOrder,
	shippedLines,
	shipRequest,
	readShip,
	refreshRequest,
	readToken,
};
