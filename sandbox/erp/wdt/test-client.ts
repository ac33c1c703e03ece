import { sign } from "./sign.ts";
import { wdt } from "./simulator.ts";

const { sid = "", key = "", secret = "" } = wdt.credentials;
const [signing = "", salt = ""] = secret.split(":");

export interface WdtAnswer {
	status: number;
	message?: string;
	data?: {
		new_count?: number;
		chg_count?: number;
		error_list?: { no: string; error: string }[];
		order?: Record<string, unknown>[];
		total_count?: number;
	};
}

/** A signed call. `params` are added to the public ones, or replace them; a signature among them is sent as it is. */
export async function callWdt(
	url: string,
	method: string,
	args: unknown[],
	params: Record<string, string> = {},
): Promise<WdtAnswer> {
	const body = JSON.stringify(args);
	const timestamp = String(Math.floor(Date.now() / 1_000) - 1_325_347_200);
	const query = new URLSearchParams({ sid, key, salt, method, v: "1.0", timestamp, ...params });
	if (!params.sign) query.set("sign", sign(query, body, signing));
	const response = await fetch(`${url}/erp/wdt?${query}`, { method: "POST", body });
	return (await response.json()) as WdtAnswer;
}

/** An order with all that is required: three pieces of one SKU for 100 yuan, freight 6. */
export function pushedTrade(tid: string, over: object = {}, lineOver: object = {}): { trade: object; lines: object[] } {
	const trade = {
		tid,
		process_status: 10,
		trade_status: 30,
		refund_status: 0,
		pay_status: 2,
		order_count: 1,
		goods_count: 3,
		pay_method: 1,
		trade_time: "2026-01-02 03:04:05",
		end_time: null,
		buyer_nick: "j***y",
		receiver_name: "张**",
		receiver_mobile: "*******8888",
		receiver_area: "浙江省 杭州市 西湖区",
		receiver_address: "****",
		post_amount: 6,
		discount: 0,
		receivable: 106,
		delivery_term: 1,
		is_auto_wms: false,
		warehouse_no: "",
		...over,
	};
	const line = {
		tid: trade.tid,
		oid: `${tid}-1`,
		status: 30,
		refund_status: 0,
		goods_id: "CUP-BK-500",
		spec_id: "CUP-BK-500",
		goods_no: "CUP-BK-500",
		spec_no: "CUP-BK-500",
		goods_name: "马克杯",
		num: 3,
		price: 33.34,
		discount: 0.02,
		adjust_amount: 0,
		share_discount: 0,
		total_amount: 100,
		refund_amount: 0,
		remark: "",
		json: "",
		...lineOver,
	};
	return { trade, lines: [line] };
}
