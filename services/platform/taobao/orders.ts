import { toBeijing } from "../../../config/beijing.ts";
import { hubError } from "../../../config/errors.ts";
import type { HttpAnswer, HttpRequest, Listed, PageQuery, ShopAccess, WindowQuery } from "../adapter.ts";
import { isRecord, type RawRecord, requiredText, text, time, wrappedList } from "../record.ts";
import { payloadOf } from "./answer.ts";
import { topRequest } from "./request.ts";

export const pageSize = 50; // up to 100 are allowed, 40 to 50 advised

const listMethod = "taobao.trades.sold.increment.get";
const detailMethod = "taobao.trade.fullinfo.get";

/** Sent in full: the platform's default leaves pre-authorised trades out. */
const tradeTypes = "guarantee_trade,auto_delivery,ec,cod,step,pre_auth_type";

/** The platform answers nothing that is not named. The OAID comes only with all of the receiver's fields and `created`. */
const tradeFields = [
	..."tid,tid_str,type,status,step_trade_status,step_paid_fee,created,pay_time,modified,consign_time,end_time".split(
		",",
	),
	..."payment,total_fee,discount_fee,adjust_fee,post_fee,received_payment,cod_fee,cod_status".split(","),
	..."seller_nick,buyer_nick,buyer_open_uid,buyer_message,seller_memo,seller_flag,has_buyer_message".split(","),
	..."receiver_name,receiver_state,receiver_city,receiver_district,receiver_town,receiver_address".split(","),
	..."receiver_zip,receiver_mobile,receiver_phone,receiver_country,oaid".split(","),
	..."shipping_type,is_part_consign,est_con_time,timeout_action_time,promotion_details,orders.*".split(","),
];

/**
 * How many trades changed in the window. Only without `use_has_next` is `total_results` answered.
 * Source: taobao.trades.sold.increment.get: a window of at most a day (30 min advised), three months back.
 */
export function countOrdersRequest(shop: ShopAccess, query: WindowQuery, now: Date): HttpRequest {
	const params = { ...windowParams(query), fields: "tid", page_no: "1", page_size: "1", use_has_next: "false" };
	return topRequest(shop, listMethod, params, now);
}

export function readOrderCount(answer: HttpAnswer): number {
	const total = Number(text(payloadOf(listMethod, answer), "total_results"));
	if (!Number.isSafeInteger(total) || total < 0) throw badList("total_results is not a number");
	return total;
}

/** One page, sorted by `modified`, the newest first. */
export function listOrdersRequest(shop: ShopAccess, query: PageQuery, now: Date): HttpRequest {
	const paging = { page_no: String(query.page), page_size: String(pageSize), use_has_next: "true" };
	const params = { ...windowParams(query), ...paging, fields: "tid,tid_str,modified" };
	return topRequest(shop, listMethod, params, now);
}

export function readOrderList(answer: HttpAnswer): Listed[] {
	const payload = payloadOf(listMethod, answer);
	try {
		const trades = wrappedList(payload, "trades", "trade");
		return trades.map((trade) => ({ id: tradeId(trade), modifiedAt: time(trade, "modified") }));
	} catch (err) {
		// A row without a number or a stamp names no record that could be put aside: the page as a whole is unreadable.
		throw badList((err as Error).message);
	}
}

export function orderRequest(shop: ShopAccess, orderNo: string, now: Date): HttpRequest {
	return topRequest(shop, detailMethod, { tid: orderNo, fields: tradeFields.join(",") }, now);
}

export function readOrder(answer: HttpAnswer): RawRecord {
	const { trade } = payloadOf(detailMethod, answer);
	if (!isRecord(trade)) throw hubError("PLATFORM_BAD_RESPONSE", `${detailMethod}: no trade`);
	return trade;
}

/** `tid` is a JSON number of 19 digits; `tid_str` is the same as text. */
export const tradeId = (trade: RawRecord): string => text(trade, "tid_str") || requiredText(trade, "tid");

const windowParams = ({ from, to }: WindowQuery): Record<string, string> => ({
	start_modified: toBeijing(from),
	end_modified: toBeijing(to),
	type: tradeTypes,
});

const badList = (why: string): Error => hubError("PLATFORM_BAD_RESPONSE", `${listMethod}: ${why}`);
