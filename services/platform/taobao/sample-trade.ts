import type { RawRecord } from "../record.ts";

/** A trade as `taobao.trade.fullinfo.get` answers it, invented. `changes` replace fields; `undefined` removes one. */
export function sampleTrade(changes: RawRecord = {}, lineChanges: readonly RawRecord[] = [{}, {}]): RawRecord {
	const lines = [cup, lid].slice(0, lineChanges.length);
	return {
		tid: "4187263549012345678",
		tid_str: "4187263549012345678",
		type: "fixed",
		status: "WAIT_SELLER_SEND_GOODS",
		buyer_nick: "~A1b2C3",
		buyer_open_uid: "AAEkY9",
		created: "2026-03-18 08:40:01",
		pay_time: "2026-03-18 08:41:32",
		modified: "2026-03-18 08:47:10",
		payment: "109.00",
		total_fee: "118.00",
		post_fee: "0.00",
		shipping_type: "free",
		seller_flag: 1,
		seller_memo: "加急",
		buyer_message: "请发顺丰",
		receiver_name: "王**",
		receiver_mobile: "*******1234",
		receiver_state: "广东省",
		receiver_city: "深圳市",
		receiver_district: "南山区",
		receiver_town: "粤海街道",
		receiver_address: "****",
		oaid: "1xK9abcd+/Q==",
		orders: { order: lines.map((line, index) => ({ ...line, ...lineChanges[index] })) },
		...changes,
	};
}

const cup: RawRecord = {
	oid: "4187263549012345679",
	oid_str: "4187263549012345679",
	num_iid: 680000000001,
	sku_id: "5000000000001",
	outer_iid: "CUP",
	outer_sku_id: "CUP-BK-500",
	title: "加厚保温杯",
	sku_properties_name: "颜色:黑色;容量:500ml",
	num: 2,
	price: "39.00",
	payment: "78.00",
	divide_order_fee: "72.05",
	part_mjz_discount: "5.95",
	status: "WAIT_SELLER_SEND_GOODS",
	refund_status: "NO_REFUND",
	pic_path: "https://img.example/1.jpg",
};

const lid: RawRecord = {
	oid: "4187263549012345680",
	oid_str: "4187263549012345680",
	num_iid: 680000000002,
	sku_id: "5000000000009",
	outer_iid: "LID",
	outer_sku_id: "LID-STD",
	title: "杯盖",
	sku_properties_name: "规格:标准",
	num: 1,
	price: "40.00",
	payment: "40.00",
	divide_order_fee: "36.95",
	part_mjz_discount: "3.05",
	status: "WAIT_SELLER_SEND_GOODS",
	refund_status: "NO_REFUND",
	pic_path: "https://img.example/2.jpg",
};
