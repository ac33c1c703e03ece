import type { RawRecord } from "../record.ts";

/** A refund as `taobao.refund.get` answers it, invented. `changes` replace fields; `undefined` removes one. */
export const sampleRefund = (changes: RawRecord = {}): RawRecord => ({
	refund_id: "184000000000000001",
	tid: "4187263549012345678",
	oid: "4187263549012345680",
	status: "WAIT_SELLER_AGREE",
	dispute_type: "REFUND",
	refund_phase: "onsale",
	refund_version: 1773795907000,
	refund_fee: "36.95",
	num: 1,
	num_iid: 680000000002,
	outer_id: "LID-STD",
	sku: "5000000000009|规格:标准",
	title: "杯盖",
	reason: "多拍/拍错/不想要",
	desc: "拍错了",
	has_good_return: false,
	good_status: "BUYER_NOT_RECEIVED",
	order_status: "WAIT_SELLER_SEND_GOODS",
	created: "2026-03-18 08:46:40",
	modified: "2026-03-18 08:47:10",
	cs_status: 1,
	refund_remind_timeout: { exist_timeout: true, remind_type: 3, timeout: "2026-03-20 08:46:40" },
	...changes,
});

/** An exchange as `tmall.exchange.get` answers it, with the numbers that the adapter adds. */
export const sampleExchange = (changes: RawRecord = {}): RawRecord => ({
	dispute_id: "184000000000000002",
	biz_order_id: "4187263549012345679",
	tid: "4187263549012345678",
	oid: "4187263549012345679",
	status: 1,
	refund_phase: "onsale",
	refund_version: 1773795907000,
	num: 2,
	bought_sku: "5000000000001",
	exchange_sku: "5000000000002",
	title: "加厚保温杯",
	reason: "发错颜色",
	desc: "要白色的",
	time_out: "2026-03-20 08:46:40",
	created: "2026-03-18 08:46:40",
	modified: "2026-03-18 08:47:10",
	...changes,
});
