import { toBeijing } from "../../../config/beijing.ts";
import { hubError } from "../../../config/errors.ts";
import type { PlatformOrder } from "../../order/order.ts";
import type { Documents, PullRules } from "../adapter.ts";
import { isRecord, type RawRecord, time, wrappedList } from "../record.ts";
import { ask, type Steps } from "../steps.ts";
import { numberedList } from "./numbered-list.ts";
import { readOrder, tradeId } from "./order-reader.ts";
import { type Params, reads } from "./request.ts";

const day = 24 * 3_600_000;

/** Of trades and refunds alike: no lag is documented, and what is listed late is met again in the overlap. */
export const rules: PullRules = {
	windowMs: day,
	lagMs: 0,
	overlapMs: 120_000,
	pageSize: 50, // up to 100 are allowed, 40 to 50 advised
	historyMs: 90 * day,
	mostRows: 5_000, // no depth is documented; so many are read within minutes
	rereadOpenMs: null,
};

/** Sent in full: the platform's default leaves pre-authorised trades out, and of refunds all but the first two. */
export const tradeTypes = "guarantee_trade,auto_delivery,ec,cod,step,pre_auth_type";

export const modifiedWindow = ({ from, to }: { from: Date; to: Date }): Params => ({
	start_modified: toBeijing(from),
	end_modified: toBeijing(to),
});

const detailMethod = "taobao.trade.fullinfo.get";

/** The platform answers nothing that is not named. The OAID comes only with all of the receiver's fields and `created`. */
const tradeFields = [
	"tid,tid_str,type,status,step_trade_status,step_paid_fee,created,pay_time,modified,consign_time,end_time",
	"payment,total_fee,discount_fee,adjust_fee,post_fee,received_payment,cod_fee,cod_status",
	"seller_nick,buyer_nick,buyer_open_uid,buyer_message,seller_memo,seller_flag,has_buyer_message",
	"receiver_name,receiver_state,receiver_city,receiver_district,receiver_town,receiver_address",
	"receiver_zip,receiver_mobile,receiver_phone,receiver_country,oaid",
	"shipping_type,is_part_consign,est_con_time,timeout_action_time,promotion_details,orders.*",
].join(",");

/**
 * Trades by the time they changed. The list knows no memo and no receiver, so each trade is fetched by itself.
 * Source: taobao.trades.sold.increment.get: a window of at most a day, three months back.
 */
const changed = numberedList({
	name: "changed",
	rules,
	method: "taobao.trades.sold.increment.get",
	fields: "tid,tid_str,modified",
	window: (query) => ({ ...modifiedWindow(query), type: tradeTypes }),
	useHasNext: true,
	rows: (payload) => wrappedList(payload, "trades", "trade"),
	listed: (trade) => ({ id: tradeId(trade), modifiedAt: time(trade, "modified") }),
});

/** A trade with the fields named. Source: taobao.trade.fullinfo.get. */
export function* getTrade(tid: string, fields: string): Steps<RawRecord> {
	return yield* ask(
		reads(detailMethod, { tid, fields }, ({ trade }) => {
			if (!isRecord(trade)) throw hubError("PLATFORM_BAD_RESPONSE", `${detailMethod}: no trade`);
			return trade;
		}),
	);
}

export const orders: Documents<PlatformOrder> = {
	lists: [changed],
	get: (orderNo) => getTrade(orderNo, tradeFields),
	modifiedAt: (trade) => time(trade, "modified"),
	read: readOrder,
};
