import { seal, signatureOf } from "../../print/seal.ts";
import type { MarketOrder } from "../market-order.ts";
import type { DemoShop } from "../shops.ts";
import { type Apis, orderOf, type ShopCall } from "./call.ts";
import { companies } from "./carriers.ts";
import type { PddObject } from "./envelope.ts";
import { invalid, refused } from "./errors.ts";
import { ciphersOf, isTold } from "./privacy.ts";

const mostAtOnce = 10;

type Fields = Record<string, unknown>;

/** The contracts with a company's branches. Source: pdd.waybill.search. */
function search({ args, waybills, shop }: ShopCall): PddObject {
	const wished = args.text("wp_code");
	const columns = companies
		.filter(({ code }) => wished === null || code === wished)
		.map(({ code, carrier, name }) => {
			const quantity = waybills.left(shop, carrier);
			return {
				wp_code: code,
				wp_type: 2,
				branch_account_cols: [
					{
						branch_code: `${code}571001`,
						branch_name: `${name}余杭网点`,
						quantity,
						allocated_quantity: 10_000 - quantity,
						cancel_quantity: 0,
						recycled_quantity: 0,
						shipp_address_cols: [{ province: "浙江省", city: "杭州市", district: "余杭区", detail: "文一西路 969 号" }],
						service_info_cols: [],
					},
				],
			};
		});
	return { waybill_apply_subscription_cols: columns };
}

function templates({ args }: ShopCall): PddObject {
	const wished = args.text("wp_code");
	const datas = companies
		.filter(({ code }) => wished === null || code === wished)
		.map(({ id, code, name }) => ({
			wp_code: code,
			standard_templates: [
				{
					standard_template_id: id,
					standard_template_name: `${name}标准模板`,
					standard_template_url: templateOf(code),
					standard_waybill_type: 1,
				},
			],
		}));
	return { result: { datas } };
}

function templateOf(code: string): string {
	return `https://file-link.example/${code.toLowerCase()}_std`;
}

/** Numbers for up to ten parcels. The receivers must be the orders' own ciphertexts. Source: pdd.waybill.get. */
function take(call: ShopCall): PddObject {
	const name = "param_waybill_cloud_print_apply_new_request";
	const request = call.args.object(name);
	const company = companyOf(request.wp_code);
	const sender = fieldsOf(request.sender, "sender");
	const { province, city, district, detail } = fieldsOf(sender.address, "sender.address");
	if (![sender.name, sender.mobile ?? sender.phone, province, city, district, detail].every(isText)) {
		throw invalid("sender", "不完整");
	}
	const wishes = request.trade_order_info_dtos;
	if (!Array.isArray(wishes) || wishes.length < 1 || wishes.length > mostAtOnce) {
		throw invalid("trade_order_info_dtos", `应为1-${mostAtOnce}个`);
	}
	const modules = wishes.map((wish) => takeOne(call, company.code, fieldsOf(wish, "trade_order_info_dtos")));
	return { modules };
}

function takeOne(call: ShopCall, wpCode: string, wish: Fields): PddObject {
	const { waybills, shop } = call;
	const company = companyOf(wpCode);
	const info = fieldsOf(wish.order_info, "order_info");
	const pack = fieldsOf(wish.package_info, "package_info");
	const [orderSn] = Array.isArray(info.trade_order_list) ? info.trade_order_list : [];
	if (info.order_channels_type !== "PDD" || !isText(orderSn)) throw invalid("order_info", "不完整");
	if (!isText(wish.object_id)) throw invalid("object_id", "不能为空");
	if (!Array.isArray(pack.items) || pack.items.length === 0) throw invalid("package_info.items", "不能为空");
	if (String(wish.user_id) !== shop.sellerId || typeof wish.user_id !== "number") throw invalid("user_id", "不正确");
	if (wish.template_url !== templateOf(company.code)) throw invalid("template_url", "不存在");
	const order = orderOf(call, orderSn);
	mustBeReceiver(order, fieldsOf(wish.recipient, "recipient"));
	const key = `${company.code}:${orderSn}:${String(pack.id)}`;
	const trackingNo = waybills.take(shop, {
		orderId: orderSn,
		carrier: company.carrier,
		key,
	});
	return {
		object_id: wish.object_id,
		waybill_code: trackingNo,
		parent_waybill_code: "",
		print_data: printData(shop, company.code, trackingNo),
	};
}

function mustBeReceiver(order: MarketOrder, { name, mobile, address }: Fields): void {
	const ciphers = ciphersOf(order);
	const { province, city, district, detail } = fieldsOf(address, "recipient.address");
	const right = name === ciphers.name && mobile === ciphers.phone && detail === ciphers.address;
	if (!isTold(order) || !right) throw refused("收件人密文与订单不匹配");
	const { receiver } = order;
	if (province !== receiver.province || city !== receiver.city || district !== receiver.district) {
		throw refused("收件地址与订单不匹配");
	}
}

/** JSON text that only the print client can read. */
function printData(shop: DemoShop, wpCode: string, trackingNo: string): string {
	const encryptedData = seal({ platform: "pdd", trackingNo });
	return JSON.stringify({
		encryptedData,
		signature: signatureOf(encryptedData),
		templateUrl: templateOf(wpCode),
		ver: "3",
		userid: Number(shop.sellerId),
	});
}

/** Source: pdd.waybill.query.by.waybillcode. */
function query({ args, waybills, shop }: ShopCall): PddObject {
	const modules = args.objects("param_list", mostAtOnce).flatMap(({ object_id, waybill_code, wp_code }) => {
		const company = companyOf(wp_code);
		const known = waybills.find(shop, String(waybill_code));
		if (known?.carrier !== company.carrier || known.cancelled) return [];
		const { trackingNo } = known;
		const response = {
			object_id: String(object_id),
			waybill_code: trackingNo,
			print_data: printData(shop, company.code, trackingNo),
		};
		return [{ waybill_cloud_print_response: response }];
	});
	return { modules };
}

/** Source: pdd.waybill.cancel. */
function cancel({ args, waybills, shop }: ShopCall): PddObject {
	const company = companyOf(args.needed("wp_code"));
	const trackingNo = args.needed("waybill_code");
	if (waybills.find(shop, trackingNo)?.carrier !== company.carrier) throw refused("面单号不存在");
	return { cancel_result: waybills.cancel(shop, trackingNo) };
}

function companyOf(code: unknown): (typeof companies)[number] {
	const company = companies.find((each) => each.code === code);
	if (!company) throw invalid("wp_code", "快递公司不存在");
	return company;
}

function fieldsOf(value: unknown, name: string): Fields {
	if (typeof value !== "object" || value === null || Array.isArray(value)) throw invalid(name, "不能为空");
	return value as Fields;
}

function isText(value: unknown): value is string {
	return typeof value === "string" && value !== "";
}

export const waybillApis: Apis = {
	"pdd.waybill.search": { root: "pdd_waybill_search_response", needs: "token", run: search },
	"pdd.cloudprint.stdtemplates.get": {
		root: "pdd_cloudprint_stdtemplates_get_response",
		needs: "token",
		run: templates,
	},
	"pdd.waybill.get": { root: "pdd_waybill_get_response", needs: "token", run: take },
	"pdd.waybill.query.by.waybillcode": {
		root: "pdd_waybill_query_by_waybillcode_response",
		needs: "token",
		run: query,
	},
	"pdd.waybill.cancel": { root: "pdd_waybill_cancel_response", needs: "token", run: cancel },
};
