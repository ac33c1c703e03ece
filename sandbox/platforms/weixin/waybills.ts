import { ownOrder } from "../shop-call.ts";
import type { WaybillNumber } from "../waybills.ts";
import type { Body } from "./body.ts";
import type { SellerCall, SellerMethod } from "./call.ts";
import { carriers } from "./carriers.ts";
import type { WxObject } from "./envelope.ts";
import { WxError } from "./errors.ts";

const base = "/channels/ec/logistics/ewaybill/biz";
const site = { site_code: "571001", site_name: "杭州余杭示例网点" };
const mostDigits = 2n ** 64n;

/** Carriers of the platform's that run their own branches. */
const direct: ReadonlySet<string> = new Set(["SF", "JD", "EMS", "DBKD"]);

/** One contract with each carrier. Source: account/get. */
const accounts: SellerMethod = ({ body, shop, waybills }) => {
	const wanted = body.text("delivery_id");
	body.flag("need_balance");
	const rows = carriers
		.filter(({ id }) => wanted === "" || id === wanted)
		.map(
			({ id }): WxObject => ({
				delivery_id: id,
				shop_id: shopNumber(shop.shopId),
				acct_id: accountOf(id),
				status: 3,
				available: waybills.left(shop, id),
				allocated: 10_000,
				recycled: 0,
				cancel: 0,
				...(!direct.has(id) && { site_info: { ...site, address: siteAddress } }),
			}),
		);
	const offset = body.optionalInt("offset", 0, 10_000) ?? 0;
	const limit = body.optionalInt("limit", 1, 100) ?? 10;
	return { total_num: rows.length, account_list: rows.slice(offset, offset + limit) };
};

const siteAddress: WxObject = {
	province: "浙江省",
	city: "杭州市",
	county: "余杭区",
	street: "仓前街道",
	address: "示例路1号",
};
const accountOf = (deliveryId: string): string => `acct-${deliveryId}`;
const shopNumber = (shopId: string): string => `6${Buffer.from(shopId).readUInt32BE()}`;

/** Source: template/get. */
const templates: SellerMethod = ({ body }) => {
	const wanted = body.text("delivery_id");
	const rows = carriers.filter(({ id }) => wanted === "" || id === wanted);
	return { total_template: rows.map(({ id }) => templatesOf(id)) };
};

const templatesOf = (deliveryId: string): WxObject => ({
	delivery_id: deliveryId,
	default_template_id: `${deliveryId}-1`,
	template_list: [
		{ template_id: `${deliveryId}-1`, template_name: "一联单", template_type: "single", is_default: true, options: [] },
		{
			template_id: `${deliveryId}-2`,
			template_name: "一联单(带备注)",
			template_type: "single",
			is_default: false,
			options: [],
		},
	],
});

/** Takes a number of the carrier's; the caller's own number of it makes a repetition the same. Source: order/create. */
const create: SellerMethod = (call) => {
	const { body, waybills, shop } = call;
	const key = waybillKey(body);
	const deliveryId = deliveryOf(body);
	if (body.needed("ewaybill_acct_id") !== accountOf(deliveryId)) throw new WxError(10025014, "account is wrong");
	if (body.needed("shop_id") !== shopNumber(shop.shopId)) throw new WxError(10025015, "shop_id is wrong");
	const siteCode = body.text("site_code");
	if (siteCode !== (direct.has(deliveryId) ? "" : site.site_code)) throw new WxError(10025013, "site_code is wrong");
	for (const who of ["sender", "receiver"]) {
		const person = body.object(who);
		for (const field of ["name", "mobile", "province", "address"]) person.needed(field);
	}
	const [ordered] = body.objects("ec_order_list");
	const orderId = ordered?.numericId("ec_order_id") ?? "";
	for (const goods of ordered?.objects("goods_list") ?? []) {
		goods.needed("good_name");
		goods.int("good_count", 1, 100_000);
	}
	if (!ownOrder(call, orderId)) throw new WxError(10025017, "ec_order_id is wrong");
	const trackingNo = waybills.take(shop, {
		orderId,
		carrier: deliveryId,
		key,
	});
	const template = body.text("template_id") || `${deliveryId}-1`;
	return {
		ewaybill_order_id: key,
		waybill_id: trackingNo,
		delivery_error_msg: "",
		print_info: printInfo(call, { orderId, trackingNo, key, carrier: deliveryId }, template),
	};
};

/** Source: print/get. */
const print: SellerMethod = (call) => {
	const waybill = waybillOf(call);
	return { print_info: printInfo(call, waybill, call.body.text("template_id") || `${waybill.carrier}-1`) };
};

/** Source: order/cancel. */
const cancel: SellerMethod = (call) => {
	const { body, waybills, shop } = call;
	const { trackingNo, carrier } = waybillOf(call);
	if (carrier !== deliveryOf(body) || trackingNo !== body.needed("waybill_id")) {
		throw new WxError(10025016, "waybill_id is wrong");
	}
	if (!waybills.cancel(shop, trackingNo)) throw new WxError(10025005, "ewaybill cancel fail: 包裹已揽收");
	return { delivery_error_msg: "" };
};

function waybillOf({ body, waybills, shop }: SellerCall): WaybillNumber {
	const waybill = waybills.ofKey(shop, waybillKey(body));
	if (!waybill) throw new WxError(10025016, "ewaybill order not exist");
	return waybill;
}

/** A uint64 inside a text. */
function waybillKey(body: Body): string {
	const key = body.needed("ewaybill_order_id");
	if (!/^\d{1,20}$/.test(key) || BigInt(key) >= mostDigits)
		throw new WxError(10025020, "ewaybill_order_id must be uint64");
	return key;
}

function deliveryOf(body: Body): string {
	const id = body.needed("delivery_id");
	if (!carriers.some((each) => each.id === id)) throw new WxError(10025012, "delivery_id is wrong");
	return id;
}

/** What the print client takes: base64 of the URI-encoded JSON. */
function printInfo(
	{ shop }: SellerCall,
	{ orderId, trackingNo, key, carrier }: Pick<WaybillNumber, "orderId" | "trackingNo" | "key" | "carrier">,
	template: string,
): string {
	const printData = { waybillId: trackingNo, ewaybillOrderId: key, orderId, storeName: shop.name };
	const content = { printData, template: { templateId: template, templateType: "single", deliveryId: carrier } };
	return Buffer.from(encodeURIComponent(JSON.stringify(content))).toString("base64");
}

export const waybillMethods: Readonly<Record<string, SellerMethod>> = {
	[`${base}/account/get`]: accounts,
	[`${base}/template/get`]: templates,
	[`${base}/order/create`]: create,
	[`${base}/order/cancel`]: cancel,
	[`${base}/print/get`]: print,
};
