/** 旺店通旗舰版 as its simulator in the sandbox knows it. */
import type { DialectCase } from "../driver.contract.ts";
import { wdt } from "./driver.ts";

/** An order of one line, open or given back. */
function trade(tid: string, pieces: number, priceYuan: number, totalYuan: number, postYuan: number, isOff = false) {
	const discount = Math.round((priceYuan * pieces - totalYuan) * 100) / 100;
	const due = isOff ? 0 : Math.round((totalYuan + postYuan) * 100) / 100;
	return {
		shop_no: "SHOP01",
		rawTradeList: [
			{
				tid,
				process_status: 10,
				trade_status: isOff ? 80 : 30,
				refund_status: isOff ? 3 : 0,
				pay_status: 2,
				order_count: 1,
				goods_count: pieces,
				pay_method: 1,
				trade_time: "2026-01-02 03:04:05",
				pay_time: "2026-01-02 03:05:00",
				end_time: null,
				buyer_nick: "j***y",
				receiver_name: "张**",
				receiver_mobile: "*******8888",
				receiver_area: "浙江省 杭州市 西湖区",
				receiver_address: "****",
				post_amount: postYuan,
				discount: 0,
				receivable: due,
				delivery_term: 1,
				is_auto_wms: false,
				warehouse_no: "",
			},
		],
		rawTradeOrderList: [
			{
				tid,
				oid: `${tid}-1`,
				status: isOff ? 80 : 30,
				refund_status: isOff ? 5 : 0,
				goods_id: "CUP-BK-500",
				spec_id: "CUP-BK-500",
				goods_no: "CUP-BK-500",
				spec_no: "CUP-BK-500",
				goods_name: "马克杯",
				num: pieces,
				price: priceYuan,
				discount,
				adjust_amount: 0,
				share_discount: 0,
				total_amount: totalYuan,
				refund_amount: isOff ? totalYuan : 0,
				remark: "",
				json: "",
			},
		],
	};
}

export const wdtCase: DialectCase = {
	driver: wdt,
	connection: (sandboxUrl) => ({
		id: "wdt-test",
		dialect: "wdt",
		name: "wdt",
		url: `${sandboxUrl}/erp/wdt`,
		settings: { shopNo: "SHOP01" },
		secrets: { sid: "wdt-demo", key: "demo-key-of-wdt", secret: "demo-secret-of-wdt:demo-salt-of-wdt" },
	}),
	document: (number) => trade(number, 3, 33.34, 100, 6),
	documents: {
		change: (number) => trade(number, 2, 33.33, 66.66, 0),
		cancel: (number) => trade(number, 3, 33.34, 100, 6, true),
		aftersale: (refund_no, tid) => ({
			shop_no: "SHOP01",
			order_list: [
				{
					refund_no,
					tid,
					oid: `${tid}-1`,
					type: 2,
					status: 2,
					num: 1,
					refund_version: "1",
					refund_amount: 33.33,
					actual_refund_amount: 33.33,
					title: "马克杯",
					spec_no: "CUP-BK-500",
					buyer_nick: "j***y",
					is_aftersale: 1,
					reason: "七天无理由",
				},
			],
		}),
	},
	required: {
		drop: ({ rawTradeList, ...rest }) => ({
			...rest,
			rawTradeList: [{ ...(rawTradeList as object[])[0], buyer_nick: "" }],
		}),
		named: "rawTradeList[0].buyer_nick",
	},
	wrongSecrets: { secret: "wrong:demo-salt-of-wdt" },
	wrongSecretWords: "签名错误",
};
