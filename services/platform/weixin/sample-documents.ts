import type { RawRecord } from "../record.ts";

/** What a test changes of an order: fields of its own and of its parts. `undefined` removes one. */
export interface OrderChanges {
	own?: RawRecord;
	lines?: readonly RawRecord[]; // one entry a line, laid over the sample line
	prices?: RawRecord;
	delivery?: RawRecord;
}

/** An order as `order/get` answers it, invented. */
export function sampleOrder({ own, lines = [{}], prices, delivery }: OrderChanges = {}): RawRecord {
	return {
		order_id: "3720293415509954816",
		status: 20,
		create_time: 1762790100,
		update_time: 1762790170,
		openid: "oAbCdEfGh1234567890",
		unionid: "",
		is_present: false,
		order_detail: {
			product_infos: lines.map((changes) => ({ ...bedding, ...changes })),
			pay_info: { prepay_id: "wx1111", prepay_time: 1762790110, pay_time: 1762790160, payment_method: 1 },
			price_info: {
				product_price: 31600,
				order_price: 30600,
				freight: 0,
				discounted_price: 1000,
				merchant_receieve_price: 30600,
				...prices,
			},
			delivery_info: {
				deliver_method: 0,
				address_info: {
					user_name: "张*",
					province_name: "广东省",
					city_name: "深圳市",
					county_name: "南山区",
					detail_info: "****",
					tel_number: "138****0000",
					hash_code: "5a7f0c2b9e",
				},
				delivery_product_info: [],
				...delivery,
			},
			ext_info: { customer_notes: "请发顺丰", merchant_notes: "", order_scene: 2 },
		},
		aftersale_detail: { aftersale_order_list: [], on_aftersale_order_cnt: 0 },
		...own,
	};
}

const bedding: RawRecord = {
	product_id: "10000083030598",
	sku_id: "1877618409",
	sku_cnt: 2,
	title: "纯棉四件套",
	thumb_img: "https://img.example/a.jpg",
	sku_attrs: [
		{ attr_key: "颜色", attr_value: "蓝色" },
		{ attr_key: "尺寸", attr_value: "1.8米" },
	],
	sku_code: "SJT-180-BLUE",
	sale_price: 15800,
	real_price: 30600,
	estimate_price: 30600,
	on_aftersale_sku_cnt: 0,
	finish_aftersale_sku_cnt: 0,
	delivery_deadline: 1762962960,
	sku_deliver_info: { stock_type: 0 },
};

/** A parcel of an order, as `delivery_product_info` shows it. */
export const sampleParcel = (changes: RawRecord = {}): RawRecord => ({
	waybill_id: "SF1234567890123",
	delivery_id: "SF",
	deliver_type: 1,
	delivery_time: 1762800000,
	product_infos: [{ product_id: "10000083030598", sku_id: "1877618409", product_cnt: 2 }],
	...changes,
});

/** An after-sale as `getAftersale` brings it: `parcels` are those of its order. */
export const sampleAftersale = (changes: RawRecord = {}, parcels: readonly RawRecord[] = []): RawRecord => ({
	after_sale_order_id: "2000000123456789",
	order_id: "3720293415509954816",
	type: "RETURN",
	sub_type: "DEFAULT",
	status: "USER_WAIT_RETURN",
	reason: "NO_LONGER_WANT",
	create_time: 1762880000,
	update_time: 1762883600,
	deadline_at: 1763488380,
	product_info: { product_id: "10000083030598", sku_id: "1877618409", sku_code: "SJT-180-BLUE", count: 1 },
	details: { desc: "不想要了", receive_product: true, media_id_list: ["m-1"] },
	refund_info: { amount: 15300 },
	return_info: { waybill_id: "", delivery_id: "", delivery_name: "" },
	merchant_upload_info: { reject_reason: "", refund_certificates: [] },
	order: {
		order_id: "3720293415509954816",
		order_detail: { product_infos: [bedding], delivery_info: { delivery_product_info: parcels } },
	},
	...changes,
});
