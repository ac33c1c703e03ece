/** Documents as the platform sends them, for tests. Nobody in them exists. */
import type { ShopAccess } from "../adapter.ts";
import { parseJson, type RawRecord } from "../record.ts";

const region = `"province":{"name":"广东省","id":"440000"},"city":{"name":"深圳市","id":"440300"},
	"town":{"name":"南山区","id":"440305"},"street":{"name":"粤海街道","id":"440305007"}`;

/** Of `order.orderDetail`: two lines, a discount of the shop and the platform each, no freight. */
const orderJson = `{"order_id":"6935512345678901234","order_level":2,"order_type":0,"shop_id":12345678,
	"order_status":2,"order_status_desc":"备货中","main_status":2,"main_status_desc":"备货中",
	"create_time":1762790100,"update_time":1762790410,"pay_time":1762790160,"finish_time":0,"ship_time":0,
	"exp_ship_time":1762962960,"pay_type":2,"order_amount":15800,"pay_amount":14800,"post_amount":0,
	"promotion_amount":1000,"promotion_shop_amount":500,"promotion_platform_amount":500,"promotion_talent_amount":0,
	"post_receiver":"","encrypt_post_receiver":"$oC1k9Q==$kP/3Zs+w==$1$$","post_tel":"",
	"encrypt_post_tel":"#9gF+3/kQ==#Zm9vYmFy#1*CgkIARCt##",
	"post_addr":{${region},"detail":"","encrypt_detail":"$Yt8/aa==$MTIz$1$$"},
	"mask_post_receiver":"张*","mask_post_tel":"138****0000","mask_post_addr":{${region},"detail":"科技园****"},
	"buyer_words":"请发顺丰","seller_words":"加急","seller_remark_stars":5,"doudian_open_id":"1@#XyZ","logistics_info":[],
	"sku_order_list":[
		{"order_id":"6935512345678901235","parent_order_id":"6935512345678901234","order_status":2,"main_status":2,
		"product_id":3456789012345678901,"product_id_str":"3456789012345678901","sku_id":1723456789012345678,
		"product_name":"纯棉四件套","product_pic":"https://img.example/a.jpg","code":"SJT-180-BLUE","out_sku_id":"90001",
		"spec":[{"name":"颜色","value":"蓝色"},{"name":"尺寸","value":"1.8m"}],"item_num":2,"origin_amount":5900,
		"sum_amount":11800,"pay_amount":11000,"post_amount":0,"given_product_type":"","pre_sale_type":0,
		"after_sale_info":{"after_sale_status":0,"after_sale_type":0,"refund_status":0}},
		{"order_id":"6935512345678901236","parent_order_id":"6935512345678901234","order_status":2,"main_status":2,
		"product_id":3456789012345678902,"product_id_str":"3456789012345678902","sku_id":1723456789012345679,
		"product_name":"枕芯","product_pic":"https://img.example/b.jpg","code":"","out_sku_id":"90002",
		"spec":[],"item_num":1,"origin_amount":4000,
		"sum_amount":4000,"pay_amount":3800,"post_amount":0,"given_product_type":"","pre_sale_type":0,
		"after_sale_info":{"after_sale_status":0,"after_sale_type":0,"refund_status":0}}]}`;

/** Of `afterSale.Detail`: one line, the goods are back. */
const aftersaleJson = `{"process_info":{"after_sale_info":{"after_sale_id":7042212345678909999,"after_sale_status":11,
	"after_sale_status_desc":"待商家收货","after_sale_type":0,"refund_status":1,"refund_total_amount":14800,
	"refund_post_amount":0,"apply_time":1762880000,"update_time":1762970000,"reason":"不想要了","reason_code":1,
	"reason_remark":"颜色不对","evidence":["https://img.example/e.jpg"],"status_deadline":1763488400},
	"logistics_info":{"return":{"tracking_no":"YT8800000000099","company_name":"圆通快递","company_code":"yuantong"}},
	"record_logs_list":[]},
	"order_info":{"shop_order_id":6935512345678901234,"sku_order_infos":[{"sku_order_id":6935512345678901235,
	"order_status":3,"pay_amount":14800,"post_amount":0,"item_quantity":2,"sku_id":1723456789012345678,
	"product_id":3456789012345678901,"product_name":"纯棉四件套","shop_sku_code":"SJT-180-BLUE","after_sale_item_count":1}]}}`;

/** `lines[n]`: what is changed in the n-th line. */
export function sampleOrder(changes: RawRecord = {}, lines: readonly RawRecord[] = []): RawRecord {
	const order = { ...(parseJson(orderJson) as RawRecord), ...changes };
	const list = order.sku_order_list as RawRecord[];
	return { ...order, sku_order_list: list.map((line, at) => ({ ...line, ...lines[at] })) };
}

/** `changes`: of `after_sale_info`. */
export function sampleAftersale(changes: RawRecord = {}): RawRecord {
	const aftersale = parseJson(aftersaleJson) as { process_info: RawRecord };
	const info = { ...(aftersale.process_info.after_sale_info as RawRecord), ...changes };
	return { ...aftersale, process_info: { ...aftersale.process_info, after_sale_info: info } };
}

export const sampleShop: ShopAccess = {
	shopId: "shop-1",
	sellerId: "12345678",
	gatewayUrl: "https://gateway.example",
	authUrl: "https://auth.example/authorize?service_id=77",
	messageUrl: "",
	appKey: "7123456789012345678",
	appSecret: "secret-of-the-app",
	signSecret: "",
	messageToken: "",
	messageKey: "",
	accessToken: "access-1",
	refreshToken: "refresh-1",
};
