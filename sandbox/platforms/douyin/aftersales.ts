import { late, shiftAftersales } from "../list-faults.ts";
import { aftersaleDetail, aftersaleRow } from "./aftersale-record.ts";
import { aftersaleOf, type SellerMethod } from "./call.ts";
import { invalidParam, missingParam } from "./errors.ts";
import type { Params } from "./params.ts";

const deepestRow = 50_000;
const historyMs = 184 * 24 * 3_600_000;

/** After-sales of a window of changes; pages start at 0. Source: afterSale.List. */
const list: SellerMethod = (call) => {
	const { params, market, shop, nowMs, repeated } = call;
	const size = params.int("size", null, 1, 100);
	const asked = params.int("page", null, 0, deepestRow);
	if ((asked + 1) * size > deepestRow) throw invalidParam("page", `最多查询${deepestRow}条`);
	const { fromMs, toMs } = windowOf(params, nowMs);
	const ascending = orderOf(params) === "update_time asc";
	const all = late(call, market.aftersalesBetween(shop.platform, shop.shopId, fromMs, toMs));
	if (ascending) all.reverse();
	const query = `aftersales:${fromMs}:${toMs}:${size}:${ascending}`;
	const page = repeated.page(call, asked, query, 0);
	const items = all
		.slice(page * size, (page + 1) * size)
		.map((aftersale) => aftersaleRow(call.market.orderOf(aftersale), aftersale));
	const total = all.length;
	shiftAftersales(call, all);
	return { page: asked, size, total, has_more: total > (asked + 1) * size, items };
};

function windowOf(params: Params, nowMs: number): { fromMs: number; toMs: number } {
	if (!params.has("update_start_time")) throw missingParam("update_start_time");
	const fromMs = params.time("update_start_time");
	const toMs = params.time("update_end_time");
	if (fromMs > toMs) throw invalidParam("update_end_time", "结束时间早于开始时间");
	if (fromMs < nowMs - historyMs) throw invalidParam("update_start_time", "只能查询近6个月的售后单");
	return { fromMs, toMs };
}

/** The order must name the time that is asked by. */
function orderOf(params: Params): string {
	const [order = "", ...others] = params.texts("order_by", 2);
	if (others.length > 0 || !/^update_time (asc|desc)$/.test(order)) {
		throw invalidParam("order_by", "按更新时间查询时应为update_time asc或update_time desc");
	}
	return order;
}

/** Source: afterSale.Detail. */
const detail: SellerMethod = (call) => {
	const { order, aftersale } = aftersaleOf(call, call.params.neededText("after_sale_id"));
	return aftersaleDetail(order, aftersale, call.params.bool("need_operation_record", false));
};

export const aftersaleMethods: Readonly<Record<string, SellerMethod>> = {
	"afterSale.List": list,
	"afterSale.Detail": detail,
};
