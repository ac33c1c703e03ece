/** Documents as the queries of 旺店通 show them. */
import { beijing } from "../../beijing.ts";
import type { ErpDocument } from "../document.ts";
import type { Fields } from "./fields.ts";

export const ownPlatform = 127;

/** An order of `sales.RawTrade.search`. `pushed`: what came last, unknown after a restart. */
export function shownTrade(document: ErpDocument, pushed?: { row: Fields; lines: Fields[] }): Fields {
	const { sequence, key, cancelled, shipping, takenMs } = document;
	const process_status = shipping.state === "done" ? 40 : cancelled ? 70 : 20;
	const own = { platform_id: ownPlatform, process_status, created: beijing(takenMs), modified: beijing(takenMs) };
	return {
		...pushed?.row,
		rec_id: sequence,
		tid: key,
		...own,
		trade_orders: (pushed?.lines ?? []).map((line, at) => ({ ...line, rec_id: sequence * 100 + at, ...own })),
		discount_list: [],
	};
}

/** A row of `aftersales.refund.RawRefund.search`. */
export function shownRefund(document: ErpDocument, pushed?: Fields): Fields {
	const { sequence, key, orderNo, takenMs } = document;
	return {
		...pushed,
		refund_id: sequence,
		platform_id: ownPlatform,
		refund_no: key,
		tid: orderNo,
		process_status: 15,
		created: beijing(takenMs),
		modified: beijing(takenMs),
	};
}

/** Carriers have the names and codes that the users of the ERP gave them. */
const carrierNames: Readonly<Record<string, string>> = {
	SF: "顺丰速运",
	ZTO: "中通快递",
	YTO: "圆通速递",
	STO: "申通快递",
	YUNDA: "韵达快递",
	JD: "京东快递",
};

/** A dispatch of `wms.stockout.Sales.queryWithDetail`. */
export function shownDispatch({ sequence, key, lines, shipping }: ErpDocument): Fields {
	return {
		stockout_id: sequence,
		order_no: `CK${sequence}`,
		src_order_no: `JY${sequence}`,
		trade_no: `JY${sequence}`,
		src_trade_no: key,
		order_type: 1,
		status: 110,
		consign_time: beijing(shipping.shippedMs),
		logistics_code: `WL-${shipping.carrier}`,
		logistics_name: carrierNames[shipping.carrier] ?? shipping.carrier,
		logistics_no: shipping.trackingNo,
		platform_id: ownPlatform,
		details_list: lines.map(({ sku, quantity }, at) => ({
			rec_id: sequence * 100 + at,
			spec_no: sku,
			goods_count: `${quantity}.0000`,
			src_tid: key,
		})),
		logistics_list: [],
	};
}
