import { describe, expect, it } from "vitest";
import type { NumberedList } from "../adapter.ts";
import { aftersales } from "./aftersales.ts";
import { orders } from "./orders.ts";
import { products } from "./products.ts";
import { remark } from "./remark.ts";
import { reveal } from "./reveal.ts";
import { sampleOrder, sampleShop } from "./samples.ts";
import { setStock } from "./stock.ts";
import { tokens } from "./token.ts";
import { now, walk } from "./walk.ts";
import { waybills } from "./waybills.ts";

const window = { from: new Date(1762790400_000), to: new Date(1762791000_000) };
const [ordersList] = orders.lists as [NumberedList];
const [aftersalesList] = aftersales.lists as [NumberedList];
const [productsList] = products.lists as [NumberedList];

describe("lists", () => {
	it("count and show orders by the time they changed, oldest first, whole, from page 0", () => {
		const counted = walk(ordersList.count(window), ['{"total":7,"shop_order_list":[]}']);
		expect(counted.value).toBe(7);
		const row = sampleOrder();
		const { asked, value } = walk(ordersList.page(window, 1), [JSON.stringify({ total: 7, shop_order_list: [row] })]);
		expect(asked[0]?.body).toBe(
			'{"order_asc":true,"order_by":"update_time","page":0,"size":100,"update_time_end":1762791000,"update_time_start":1762790400}',
		);
		expect(value).toEqual([{ id: "6935512345678901234", modifiedAt: new Date(1762790410_000), raw: row }]);
	});

	it("show after-sales from page 0 and products from page 1", () => {
		const item = '{"aftersale_info":{"aftersale_id":"7042212345678909999","update_time":1762883600}}';
		const aftersale = walk(aftersalesList.page(window, 2), [`{"items":[${item}]}`]);
		expect(JSON.parse(aftersale.asked[0]?.body ?? "")).toMatchObject({ page: 1, order_by: ["update_time asc"] });
		expect(aftersale.value).toEqual([{ id: "7042212345678909999", modifiedAt: new Date(1762883600_000) }]);
		const row = '{"product_id":3456789012345678901,"update_time":1762700000}';
		const product = walk(productsList.page(window, 1), [`{"data":[${row}]}`]);
		expect(product.asked[0]?.body).toBe('{"page":1,"size":100}');
		expect(product.value).toEqual([{ id: "3456789012345678901", modifiedAt: new Date(1762700000_000) }]);
	});

	it.each(['{"shop_order_list":[{"order_id":"1"}]}', '{"shop_order_list":[{"update_time":1}]}', '{"total":1}'])(
		"cannot be read with a row that names nothing: %s",
		(data) => {
			const bad = expect.objectContaining({ type: "PLATFORM_BAD_RESPONSE" });
			expect(() => walk(ordersList.page(window, 1), [data])).toThrow(bad);
		},
	);
});

describe("other calls", () => {
	it("set a note and a flag, and may be repeated", () => {
		const { asked } = walk(remark({ orderNo: "69", text: "加急", flag: "orange" }), []);
		const body = '{"is_add_star":"true","order_id":"69","remark":"加急","star":"4"}';
		expect(asked).toEqual([{ method: "order.addOrderRemark", body, repeatable: true }]);
		expect(walk(remark({ orderNo: "69", text: "", flag: "" }), []).asked[0]?.body).toBe(
			'{"is_add_star":"false","order_id":"69","remark":""}',
		);
	});

	it.each<[string, string, "" | "yellow"]>([
		["a note of 61 signs", "好".repeat(61), ""],
		["a flag the platform has not", "好", "yellow"],
	])("refuse %s before anything is sent", (_what, text, flag) => {
		const invalid = expect.objectContaining({ type: "INVALID" });
		expect(() => walk(remark({ orderNo: "69", text, flag }), [])).toThrow(invalid);
	});

	it("set stock with ids as whole numbers", () => {
		const level = {
			productNo: "3456789012345678901",
			platformSkuId: "1723456789012345679",
			quantity: 7,
			requestId: "r",
		};
		expect(walk(setStock(level), []).asked[0]).toMatchObject({
			body: '{"incremental":false,"product_id":3456789012345678901,"sku_id":1723456789012345679,"stock_num":7}',
			repeatable: true,
		});
	});

	it("read a product with its SKUs' names", () => {
		const raw = `{"product_id":3456789012345678901,"product_id_str":"3456789012345678901","outer_product_id":"SJT",
			"name":"纯棉四件套","status":1,"check_status":3,"img":"","pic":["https://img.example/p.jpg"],
			"update_time":"2025-11-10 08:00:00","specs":[{"name":"颜色","values":[{"id":11,"name":"蓝色"}]},
			{"name":"尺寸","values":[{"id":21,"name":"1.8m"}]}],"spec_prices":[{"sku_id":1723456789012345679,
			"code":"SJT-180","price":15800,"stock_num":12,"spec_detail_ids":[11,21]}]}`;
		const { value } = walk(products.get("3456789012345678901"), [raw]);
		expect(products.read("shop-1", value)).toEqual({
			platform: "douyin",
			shopId: "shop-1",
			productNo: "3456789012345678901",
			outerCode: "SJT",
			title: "纯棉四件套",
			imageUrl: "https://img.example/p.jpg",
			status: "OFF_SALE",
			rawStatus: "1/3",
			modifiedAt: new Date("2025-11-10T00:00:00Z"),
			skus: [
				{
					platformSkuId: "1723456789012345679",
					outerSku: "SJT-180",
					spec: "颜色:蓝色;尺寸:1.8m",
					barcode: "",
					imageUrl: "",
					priceFen: 15800,
					stock: 12,
					onSale: false,
				},
			],
		});
	});

	it("ask for name, phone and address in one call", () => {
		const order = sampleOrder();
		const cipher = (order.encrypt_post_tel ?? "") as string;
		const row = (cipher_text: unknown, decrypt_text: string, more: object = {}) => ({
			cipher_text,
			decrypt_text,
			...more,
		});
		const virtual = { is_virtual_tel: true, phone_no_a: "18477770000", phone_no_b: "1234", expire_time: 1762890000 };
		const decrypt_infos = [
			row(cipher, "18477770000-1234", virtual),
			row("$Yt8/aa==$MTIz$1$$", "科技园路1号"),
			row(order.encrypt_post_receiver, "张三"),
		];
		const { asked, value } = walk(reveal(order), [JSON.stringify({ decrypt_infos })]);
		expect(asked).toHaveLength(1);
		expect(value).toEqual({
			name: "张三",
			phone: "18477770000-1234",
			address: "科技园路1号",
			province: "广东省",
			city: "深圳市",
			district: "南山区",
			town: "粤海街道",
			phoneExpiresAt: new Date(1762890000_000),
		});
		const failed = JSON.stringify({
			decrypt_infos: decrypt_infos.map((info) => ({ ...info, err_no: 5, err_msg: "超限" })),
		});
		expect(() => walk(reveal(order), [failed])).toThrow("超限, err_no 5");
		const blank = sampleOrder({ encrypt_post_tel: "" });
		expect(() => walk(reveal(blank), [])).toThrow(expect.objectContaining({ type: "INVALID" }));
	});

	it("renew a token by its refresh token, or as the seller's own app", () => {
		const data = ['{"access_token":"a","refresh_token":"r","expires_in":3000,"shop_id":12345678}'];
		const { asked, value } = walk(tokens.refresh(), data);
		expect(asked[0]?.body).toBe('{"grant_type":"refresh_token","refresh_token":"refresh-1"}');
		expect(value).toEqual({ access: "a", refresh: "r", expiresAt: new Date(now.getTime() + 3_000_000) });
		const own = walk(tokens.refresh(), data, { ...sampleShop, refreshToken: "" }).asked[0];
		expect(own?.body).toBe('{"code":"","grant_type":"authorization_self","shop_id":"12345678"}');
	});

	it("keep the service's number that the shop's address has", () => {
		const url = new URL(tokens.authorizeUrl?.(sampleShop, "https://hub.example/back", "s-1") ?? "");
		expect(url.searchParams.get("service_id")).toBe("77");
		expect(url.searchParams.get("state")).toBe("s-1");
	});

	it("tell a waybill's refusal that comes under the code of success", () => {
		const wish = {
			orderNo: "6935512345678901234",
			carrier: "SF",
			branchCode: "",
			accountCode: "",
			sender: {
				name: "仓",
				phone: "139",
				province: "浙江省",
				city: "杭州市",
				district: "余杭区",
				town: "",
				address: "1号",
			},
			parcelNo: 2,
			goods: [{ title: "纯棉四件套", quantity: 1 }],
			weightGram: null,
			templateUrl: "https://print.example/1.xml",
		};
		const failed = '{"ebill_infos":[],"err_infos":[{"err_code":"21","err_msg":"余额不足"}]}';
		const steps = waybills.take(sampleOrder(), wish);
		expect(() => walk(steps, [failed])).toThrow("余额不足, err_code 21");
		const taken = walk(waybills.take(sampleOrder(), wish), [
			'{"ebill_infos":[{"track_no":"SF1380000000001"}],"err_infos":[]}',
			'{"waybill_infos":[{"track_no":"SF1380000000001","print_data":"P","sign":"S"}],"err_infos":[]}',
		]);
		expect(taken.asked[0]).toMatchObject({ method: "logistics.newCreateOrder", repeatable: false });
		expect(taken.asked[0]?.body).toContain('"pack_id":"2"');
		expect(taken.value.printData).toBe(
			'{"encryptedData":"P","signature":"S","templateURL":"https://print.example/1.xml"}',
		);
	});
});
