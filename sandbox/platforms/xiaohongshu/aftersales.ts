import { late, shiftAftersales } from "../list-faults.ts";
import { aftersaleDetail, aftersaleRow } from "./aftersale-document.ts";
import { aftersaleOf, type SellerCall, type SellerMethod } from "./call.ts";
import type { XhsObject } from "./envelope.ts";
import { invalid, missing } from "./errors.ts";
import { windowOf } from "./orders.ts";
import { aftersaleStatus, returnTypes } from "./statuses.ts";

const deepest = 50_000;

/**
 * After-sales by the time they changed (`timeType` 2), newest first; those of one order, or those applied for in a
 * window (1), are not simulated. Source: afterSale.listAfterSaleInfos.
 */
const list: SellerMethod = (call) => {
	const { args, market, shop, repeated, nowMs } = call;
	const timeType = args.int("timeType", 1, 2);
	if (timeType === 1) throw invalid("timeType", "沙箱仅支持2");
	const { fromMs, toMs } = windowOf(args, timeType, 1, nowMs);
	const pageNo = args.int("pageNo", 1, deepest);
	const pageSize = args.int("pageSize", 1, 100);
	if (pageNo * pageSize > deepest) throw invalid("pageNo", `pageNo*pageSize不能超过${deepest}`);
	const statuses = args.ints("statuses");
	const types = args.ints("returnTypes");
	const found = market.aftersalesBetween(shop.platform, shop.shopId, fromMs, toMs).filter((aftersale) => {
		const rightStatus = statuses.length === 0 || statuses.includes(aftersaleStatus(aftersale));
		return rightStatus && (types.length === 0 || types.includes(returnTypes[aftersale.type] ?? 0));
	});
	const aftersales = late(call, found);
	const shown = repeated.page(call, pageNo, `aftersales:${fromMs}:${toMs}:${pageSize}`);
	const rows = aftersales
		.slice((shown - 1) * pageSize, shown * pageSize)
		.map(({ platformAftersaleId }) => rowOf(call, platformAftersaleId));
	shiftAftersales(call, aftersales);
	const totalCount = aftersales.length;
	return { totalCount, pageNo, pageSize, maxPageNo: Math.ceil(totalCount / pageSize), afterSaleBasicInfos: rows };
};

function rowOf(call: SellerCall, returnsId: string): XhsObject {
	const { order, aftersale } = aftersaleOf(call, returnsId);
	return aftersaleRow(order, aftersale);
}

/** Source: afterSale.getAfterSaleInfo. */
const detail: SellerMethod = (call) => {
	const returnsId = call.args.text("returnsId");
	if (!returnsId) throw missing("returnsId");
	const withRecords = call.args.flag("needNegotiateRecord");
	const { order, aftersale } = aftersaleOf(call, returnsId);
	return { ...aftersaleDetail(call.shop, order, aftersale), ...(withRecords && { negotiateRecords: [] }) };
};

export const aftersaleMethods: Readonly<Record<string, SellerMethod>> = {
	"afterSale.listAfterSaleInfos": list,
	"afterSale.getAfterSaleInfo": detail,
};
